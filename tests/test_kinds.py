"""What each contact counts as: the first rule that fits, with the reason in words."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import Answers, Scores, default_policy, load, score

HEAD = (
    "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,state,subject,note,"
    "message_id"
)
MET = (
    "Ana Diaz,Acme,direct,Dana Osei,dana@acme.example,2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,"
    "interview,,,,\n"
)


def scored(rows: str, met: str = MET, as_of: str = "2026-04-15 12:00") -> Scores:
    log = load(
        [("log.csv", (HEAD + "\n" + met + rows).encode())],
        Answers(zone="America/New_York", calendar="US", complete="yes"),
    )
    assert log.set_aside.empty
    return score(log, default_policy(), pd.Timestamp(as_of, tz="America/New_York"))


def contact(
    at: str, sender: str = "candidate", channel: str = "email", kind: str = "", subject: str = "", note: str = "",
    state: str = "", who: str = "Dana Osei", message_id: str = "", receiver: str = "",
) -> str:  # fmt: skip
    """One row of the log."""
    to = receiver or {"candidate": "client", "client": "candidate", "agency": "client", "system": "candidate"}[sender]
    parties = f"Ana Diaz,Acme,direct,{who},,2026-{at},,{sender},{to},{channel},{kind},{state}"
    return f'{parties},"{subject}","{note}",{message_id}\n'


def classes(scores: Scores, met: int = 1) -> list[str]:
    """What the contacts after the interview count as."""
    return [str(c) for c in scores.contacts["class"].tolist()[met:]]


ASKED_BACK = contact("03-09 09:00", "client", "voicemail", note="Please call me back")


@pytest.mark.parametrize(
    ("rows", "counts_as"),
    [
        (contact("03-03 19:00", kind="thank_you"), ["thank_you"]),
        (contact("03-03 19:00", note="Dear Dana, thank you for the interview today."), ["thank_you"]),
        (contact("03-10 10:00", kind="follow_up"), ["follow_up"]),
        (contact("03-10 10:00", subject="Checking in", note="Any news on the position?"), ["follow_up"]),
        (contact("03-10 10:00", channel="voicemail", note="LVM"), ["follow_up"]),
        (contact("03-10 10:00", channel="call"), ["follow_up"]),
        (contact("03-10 10:00", "client", note="We are still meeting people."), ["employer"]),
        (contact("03-10 10:00", "agency", "call", note="chased for feedback"), ["agency"]),
        (contact("03-10 10:00", receiver="agency", note="how did it go?"), ["with_agency"]),
        (contact("03-10 10:00", "system", subject="Automatic reply: out of office"), ["automated"]),
        (contact("03-10 10:00", "client", subject="Out of Office: Checking in", note="I am away until Monday"),
         ["automated"]),
        (contact("03-10 10:00", kind="follow_up", state="planned"), ["not_happened"]),
        (contact("03-10 10:00", kind="follow_up", state="draft"), ["not_happened"]),
        (contact("03-10 10:00", kind="follow_up", state="cancelled"), ["not_happened"]),
        (contact("03-03 09:30", kind="logistics", note="running ten minutes late"), ["logistics"]),
        (contact("03-02 09:00", kind="follow_up"), ["other"]),
        (contact("03-10 10:00", "client", kind="rejection") + contact("03-11 10:00", kind="follow_up"),
         ["employer", "after_rejection"]),
    ],
    ids=[
        "a named thank-you", "thanks in the text", "a named follow-up", "asks for news", "left a voicemail",
        "a call without a note", "the employer writes", "the agency chases", "candidate to recruiter", "system mail",
        "out of office", "a planned contact", "a draft", "a cancelled one", "running late", "before the interview",
        "after the rejection",
    ],
)  # fmt: skip
def test_each_contact_is_counted_as_what_it_was(rows: str, counts_as: list[str]) -> None:
    assert classes(scored(rows)) == counts_as


def test_every_contact_has_a_reason_in_words_and_says_how_sure_it_is() -> None:
    contacts = scored(contact("03-10 10:00", channel="call") + contact("03-12 10:00", kind="follow_up")).contacts
    assert (contacts["why"] != "").all()
    assert contacts["why"].tolist()[1:] == ["a call without a note of its purpose", "the log names it"]
    assert contacts["sure"].tolist() == [1.0, 0.5, 1.0]


# Duplicates


def test_the_same_mail_from_two_systems_within_ten_minutes_is_one_contact() -> None:
    rows = contact("03-10 10:00", subject="Next steps") + contact("03-10 10:10", subject="next steps ")
    scores = scored(rows)
    assert classes(scores) == ["follow_up", "duplicate"]
    assert scores.contacts["duplicate_of"].tolist() == [-1, -1, 1]


def test_eleven_minutes_apart_they_are_two() -> None:
    rows = contact("03-10 10:00", subject="Next steps") + contact("03-10 10:11", subject="Next steps")
    assert classes(scored(rows)) == ["follow_up", "follow_up"]


def test_repeats_are_compared_with_the_first_and_never_chained() -> None:
    rows = "".join(contact(f"03-10 10:{minute:02d}", subject="Next steps") for minute in (0, 8, 16, 24))
    scores = scored(rows)
    assert classes(scores) == ["follow_up", "duplicate", "follow_up", "duplicate"]
    assert scores.contacts["duplicate_of"].tolist() == [-1, -1, 1, -1, 3]


def test_one_message_id_is_one_message_however_far_apart_it_was_logged() -> None:
    rows = contact("03-10 10:00", kind="follow_up", message_id="<m1@acme.example>") + contact(
        "03-12 09:00", kind="follow_up", subject="FW: news", message_id="<m1@acme.example>"
    )
    assert classes(scored(rows)) == ["follow_up", "duplicate"]


def test_calls_that_start_within_a_minute_are_one_call_and_a_minute_later_two() -> None:
    call = "no answer"
    near = contact("03-10 10:02:41", channel="call", note=call) + contact("03-10 10:02", channel="call", note="n/a")
    far = contact("03-10 10:02", channel="call", note=call) + contact("03-10 10:03:01", channel="call", note="n/a")
    assert sorted(classes(scored(near))) == ["duplicate", "follow_up"]
    assert classes(scored(far)) == ["follow_up", "follow_up"]


def test_an_exact_duplicate_is_one_contact_even_where_only_the_day_is_known() -> None:
    rows = contact("03-10", kind="follow_up", note="f/u") * 2
    assert sorted(classes(scored(rows))) == ["duplicate", "follow_up"]


# Replies, invited calls and courtesy


def test_the_first_message_after_the_employers_is_a_reply_the_second_is_not() -> None:
    rows = (
        contact("03-09 09:00", "client", note="What salary do you have in mind?")
        + contact("03-09 14:00", note="Around 70,000 a year would suit me.")
        + contact("03-10 14:00", note="Any news on the position?")
    )
    assert classes(scored(rows)) == ["employer", "reply", "follow_up"]


def test_asking_only_for_news_is_no_reply_unless_they_invited_it() -> None:
    news = contact("03-10 10:00", note="Any news on the position?")
    told = contact("03-09 09:00", "client", note="We are still meeting people.")
    invited = contact("03-09 09:00", "client", note="Feel free to check in when you like.")
    assert classes(scored(told + news)) == ["employer", "follow_up"]
    assert classes(scored(invited + news)) == ["employer", "reply"]


def test_a_reply_comes_within_five_business_days() -> None:
    wrote = contact("03-09 09:00", "client", note="What salary do you have in mind?")
    text = "Around 70,000 a year would suit me."
    assert classes(scored(wrote + contact("03-16 10:00", note=text)))[1] == "reply"
    assert classes(scored(wrote + contact("03-17 10:00", note=text)))[1] != "reply"


def test_a_call_they_asked_for_is_a_reply_whatever_the_log_calls_it() -> None:
    scores = scored(ASKED_BACK + contact("03-09 15:00", channel="call", kind="follow_up", note="no answer"))
    assert classes(scores) == ["employer", "reply"]
    assert scores.contacts["why"].iloc[2] == "the employer asked for this call"


def test_the_call_they_did_not_ask_for_is_a_follow_up() -> None:
    still = contact("03-09 09:00", "client", note="We are still meeting people.")
    assert classes(scored(still + contact("03-09 15:00", channel="call", kind="follow_up", note="no answer")))[1] == (
        "follow_up"
    )


def test_phone_tag_is_a_reply_and_no_chase() -> None:
    rows = ASKED_BACK + contact("03-10 10:00", channel="call", note="no answer")
    scores = scored(rows)
    assert classes(scores) == ["employer", "reply"]
    assert scores.candidates["over_contact"].tolist() == [100.0]


def test_thanks_for_letting_me_know_is_no_thank_you_for_the_interview() -> None:
    rows = contact("03-09 09:00", "client", note="It will be next week now.") + contact(
        "03-09 10:00", note="Thanks for letting me know."
    )
    assert classes(scored(rows)) == ["employer", "reply"]


def test_a_second_note_in_text_to_the_same_person_is_no_second_thank_you() -> None:
    text = "Dear Dana, thank you for the interview."
    found = classes(scored(contact("03-03 19:00", note=text) + contact("03-05 19:00", note=text + " Again!")))
    assert found[0] == "thank_you"
    assert found[1] != "thank_you"


def test_the_first_message_after_a_rejection_is_a_courtesy_that_costs_nothing_and_the_next_ones_do() -> None:
    rejected = contact("03-10 10:00", "client", kind="rejection")
    rows = [contact(f"03-{day} 10:00", note="Thank you for letting me know.") for day in (11, 12, 13, 16)]
    points = [float(scored(rejected + "".join(rows[:n])).candidates["over_contact"].iloc[0]) for n in (1, 2, 3, 4)]
    assert points == [100.0, 60.0, 30.0, 10.0]


def test_logistics_that_also_thanks_for_the_interview_is_a_thank_you() -> None:
    note = "Here are the references you asked for. Thank you for the interview yesterday!"
    assert classes(scored(contact("03-04 10:00", note=note))) in (["thank_you"], ["reply"])
    assert scored(contact("03-04 10:00", note=note)).candidates["thank_you_status"].tolist() == ["scored"]


# Before the interview, and after the moment


def test_what_came_before_the_first_interview_is_never_a_chase() -> None:
    rows = "".join(contact(f"03-0{day} 09:00", channel="voicemail", kind="follow_up") for day in (1, 2))
    scores = scored(rows)
    assert classes(scores) == ["other", "other"]
    assert scores.contacts["why"].tolist()[1:] == ["before the first interview"] * 2
    assert scores.candidates["over_contact_status"].tolist() == ["not scored"]


def test_contacts_after_the_moment_are_left_out_and_say_so() -> None:
    scores = scored(contact("03-10 10:00", kind="follow_up"), as_of="2026-03-09 12:00")
    assert scores.contacts["class"].tolist() == ["interview", "after_as_of"]
    assert scores.contacts["why"].iloc[1] == "after the moment of scoring"


def test_nothing_is_a_chase_after_an_offer() -> None:
    rows = contact("03-09 09:00", "client", kind="offer") + "".join(
        contact(f"03-{day} 10:00", channel="voicemail", kind="follow_up", note="LVM") for day in (10, 11, 12, 13)
    )
    word = scored(contact("03-03 19:00", kind="thank_you") + rows).candidates["over_contact"].iloc[0]
    assert word == 100.0


@pytest.mark.parametrize(
    ("note", "until", "answered"),
    [
        ("", "", 1),  # nothing known: the reading that favours the candidate
        ("", "2026-03-10 10:02", 1),  # two minutes are a talk
        ("", "2026-03-10 10:01:30", 0),
        ("no answer", "", -1),
        ("LVM", "", -1),
        ("LVM", "2026-03-10 10:05", -1),
        ("spoke to Dana", "2026-03-10 10:01", 1),
    ],
)
def test_a_call_was_a_conversation_by_its_words_else_its_length_else_in_doubt(
    note: str, until: str, answered: int
) -> None:
    row = contact("03-10 10:00", channel="call", kind="follow_up", note=note).replace("10:00,,", f"10:00,{until},")
    assert scored(row).contacts["answered"].tolist() == [0, answered]
