"""The same contact logged twice, in one system, in two, or for two vacancies: linked, counted once, never deleted."""

from __future__ import annotations

import itertools
import time
from typing import Final

import pandas as pd
import pytest

from analysis import FAMILIES, Answers, Scores, default_policy, load, score
from analysis.report import report

HEAD: Final = (
    "candidate,client,job,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,subject,note,"
    "message_id,state"
)
MET: Final = (
    "Kit Rae,Acme,,direct,Dana Osei,dana.osei@acme.example,2026-03-03 10:00,2026-03-03 11:00,client,candidate,"
    "in_person,interview,,,,"
)


def scored(*files: tuple[str, str], as_of: str = "2026-04-15 12:00") -> Scores:
    """The scores of files, each a name and its text."""
    answers = Answers(zone="America/New_York", calendar="US", complete="yes")
    log = load([(name, text.encode()) for name, text in files], answers)
    assert log.set_aside.empty, log.set_aside["message"].tolist()
    return score(log, default_policy(), pd.Timestamp(as_of, tz="America/New_York"))


def plain(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


def sent(
    at: str, subject: str = "", note: str = "", *, who: str = "Dana Osei", mail: str = "", kind: str = "follow_up",
    channel: str = "email", job: str = "", message_id: str = "", state: str = "",
) -> str:  # fmt: skip
    """One contact from the candidate to the employer."""
    return (
        f"Kit Rae,Acme,{job},direct,{who},{mail},2026-{at},,candidate,client,{channel},{kind},{subject},{note},"
        f"{message_id},{state}"
    )


def marks(scores: Scores) -> list[dict[str, object]]:
    """What each candidate scores, by name: every figure of the caseload."""
    columns = ["candidate", "overall", "scored_weight", "interviews", *FAMILIES, *(f"{f}_status" for f in FAMILIES)]
    return scores.candidates.sort_values("candidate")[columns].fillna(-1).to_dict("records")


def classes(scores: Scores) -> list[str]:
    return scores.contacts["class"].tolist()


def findings(scores: Scores) -> set[str]:
    return set(scores.findings["finding"])


LOG: Final = plain(
    MET,
    sent("03-03 18:00", "Thank you", "Dear Dana; thank you for the talk about the depot", kind="thank_you"),
    sent("03-11 10:05", "Next steps", "Any news?"),
    sent("03-12 10:05", "", "LVM", channel="voicemail"),
    sent("03-13", "Checking in", "any news?"),
)


def test_the_same_file_twice_adds_nothing() -> None:
    assert marks(scored(("a.csv", LOG), ("b.csv", LOG))) == marks(scored(("a.csv", LOG)))


def test_overlapping_halves_of_one_export_add_nothing() -> None:
    lines = LOG.splitlines()
    first, second = "\n".join(lines[:4]), "\n".join([lines[0], *lines[2:]])
    both = scored(("march.csv", first), ("spring.csv", second))
    assert marks(both) == marks(scored(("all.csv", LOG)))
    assert classes(both).count("duplicate") == 2
    assert len(both.contacts) == 7


def test_a_row_added_to_the_export_changes_its_digest_and_still_adds_nothing() -> None:
    newer = LOG.replace("candidate,client,job", "candidate,client,job", 1) + "\n\n"
    assert marks(scored(("a.csv", LOG), ("b.csv", newer))) == marks(scored(("a.csv", LOG)))


def test_the_same_contacts_in_another_layout_add_nothing() -> None:
    """A hand-kept sheet with other columns, days first, and no subject, beside the log."""
    sheet = (
        "Candidate Name;Company;Interviewer;Date and time;Sender;Receiver;Channel;Kind;Comment\n"
        "Rae, Kit;Acme;Dana Osei;03/03/2026 18:00;candidate;client;email;thank you;TY sent\n"
        "Rae, Kit;Acme;Dana Osei;11/03/2026 10:06;candidate;client;email;follow up;chased\n"
        "Rae, Kit;Acme;Dana Osei;12/03/2026 10:05;candidate;client;voicemail;follow up;LVM\n"
        "Rae, Kit;Acme;Dana Osei;27/03/2026 10:05;client;candidate;email;;still deciding\n"
    )
    alone = plain(
        *LOG.splitlines()[1:],
        "Kit Rae,Acme,,direct,Dana Osei,,2026-03-27 10:05,,client,candidate,email,,,still deciding,,",
    )
    both = scored(("log.csv", LOG), ("sheet.csv", sheet))
    assert classes(both).count("duplicate") == 3
    assert marks(both) == marks(scored(("log.csv", alone)))


def test_a_row_of_the_crm_with_the_day_only_is_the_mail_of_that_day_and_is_flagged() -> None:
    crm = plain(MET, sent("03-04", "", "TY sent", kind="thank_you"))
    mailbox = plain(sent("03-04 18:02", "Thank you", "Dear Dana", who="", mail="dana.osei@acme.example", kind=""))
    both = scored(("crm.csv", crm), ("mailbox.csv", mailbox))
    assert classes(both) == ["interview", "duplicate", "thank_you"]
    assert "same_contact" in findings(both)
    assert both.contacts["also"].tolist() == ["", "", "crm.csv line 3"]
    # 31 hours after the end, as the mailbox alone would say
    timed = plain(MET, sent("03-04 18:02", "Thank you", "Dear Dana", mail="dana.osei@acme.example", kind="thank_you"))
    assert marks(both) == marks(scored(("log.csv", timed)))


def test_a_courtesy_after_a_rejection_that_two_systems_hold_is_one_message() -> None:
    rejected = "Kit Rae,Acme,,direct,Dana Osei,,2026-03-10 10:00,,client,candidate,email,rejection,,,,"
    crm = plain(MET, rejected, sent("03-11", "", "thanked them", kind="courtesy"))
    mailbox = plain(sent("03-11 09:30", "Thank you anyway", kind=""))
    assert scored(("crm.csv", crm), ("m.csv", mailbox)).candidates["over_contact"].tolist() == [100.0]


def test_two_calls_of_a_day_in_one_system_stay_two_beside_one_of_the_other() -> None:
    crm = plain(MET, sent("03-10", "", "no answer", channel="call"), sent("03-10", "", "nobody there", channel="call"))
    phone = plain(sent("03-10 10:02", "", "", who="", channel="call"))
    both = scored(("crm.csv", crm), ("phone.csv", phone))
    assert classes(both).count("duplicate") == 1
    assert classes(both).count("follow_up") == 2


def test_a_day_and_a_minute_of_one_system_stay_two() -> None:
    one = scored(("crm.csv", plain(MET, sent("03-10", "", "chased"), sent("03-10 10:00", "", "wrote again"))))
    assert "duplicate" not in classes(one)


def test_two_people_written_to_on_one_day_stay_two() -> None:
    crm = plain(MET, sent("03-04", "", "TY", kind="thank_you", who="Kim Ray"))
    mailbox = plain(sent("03-04 18:02", "Thank you", who="Dana Osei", kind="thank_you"))
    assert "duplicate" not in classes(scored(("crm.csv", crm), ("mailbox.csv", mailbox)))


def test_a_thank_you_is_not_taken_for_the_chaser_of_the_same_day() -> None:
    crm = plain(MET, sent("03-10", "", "chased", kind="follow_up"))
    mailbox = plain(sent("03-10 09:00", "Thank you", kind="thank_you"))
    assert "duplicate" not in classes(scored(("crm.csv", crm), ("mailbox.csv", mailbox)))


@pytest.mark.parametrize(
    ("minute", "same"), [("10:05", True), ("10:15", True), ("10:16", False)], ids=["at once", "ten minutes", "later"]
)
def test_two_systems_stamp_one_mail_minutes_apart(minute: str, same: bool) -> None:
    """Ten minutes, as the policy says; the CRM names the interviewer, the mailbox her address."""
    crm = plain(MET, sent(f"03-10 {minute}", "", "chased Dana"))
    mailbox = plain(sent("03-10 10:05", "Any news?", who="", mail="dana.osei@acme.example", kind=""))
    assert ("duplicate" in classes(scored(("crm.csv", crm), ("mailbox.csv", mailbox)))) is same


def test_different_subjects_are_different_mails() -> None:
    crm = plain(MET, sent("03-10 10:05", "Parking at the depot", ""))
    mailbox = plain(sent("03-10 10:06", "Any news?", "", kind=""))
    assert "duplicate" not in classes(scored(("crm.csv", crm), ("mailbox.csv", mailbox)))


def test_two_short_mails_with_the_same_words_and_different_subjects_are_two() -> None:
    two = scored(
        ("log.csv", plain(MET, sent("03-10 10:00", "Parking", "Thanks"), sent("03-10 10:05", "Dates", "Thanks")))
    )
    assert "duplicate" not in classes(two)
    again = scored(("log.csv", plain(MET, sent("03-10 10:00", "Dates", "Thanks"), sent("03-10 10:05", "", "Thanks"))))
    assert classes(again).count("duplicate") == 1


def test_a_planned_call_is_not_the_call_that_was_made() -> None:
    log = plain(
        MET,
        sent("03-10 10:00", "", "call Dana", channel="call", state="planned"),
        sent("03-10 10:00", "", "no answer", channel="call"),
    )
    assert classes(scored(("log.csv", log))) == ["interview", "not_happened", "follow_up"]


def test_near_rows_are_compared_with_the_first_and_never_chained() -> None:
    rows = [sent(f"03-10 10:{minute:02d}", "Next steps") for minute in (0, 8, 16, 24)]
    scores = scored(("log.csv", plain(MET, *rows)))
    assert scores.contacts["duplicate_of"].tolist() == [-1, -1, 1, -1, 3]


def test_the_kind_that_one_system_names_is_the_kind_of_the_mail_in_the_other() -> None:
    crm = plain(MET, sent("03-03 18:00", "A word", "", kind="thank_you", message_id="<1@x.example>"))
    mailbox = plain(sent("03-03 17:58", "A word", "it was good to see the depot", kind="", message_id="<1@x.example>"))
    both = scored(("crm.csv", crm), ("mailbox.csv", mailbox))
    assert classes(both) == ["interview", "duplicate", "thank_you"]


def test_the_order_of_the_files_decides_nothing() -> None:
    crm = plain(MET, sent("03-04", "", "TY sent", kind="thank_you"), sent("03-11", "", "chased"))
    mailbox = plain(sent("03-04 18:02", "Thank you", kind=""), sent("03-11 09:00", "Any news?", kind=""))
    sheet = plain(sent("03-04", "", "thanked", kind="thank_you"), sent("03-11 09:05", "", "wrote"))
    files = [("crm.csv", crm), ("mailbox.csv", mailbox), ("sheet.csv", sheet)]
    found = [scored(*order) for order in itertools.permutations(files)]
    assert all(marks(each) == marks(found[0]) for each in found)
    assert all(classes(each).count("duplicate") == 4 for each in found)


def test_one_call_about_two_vacancies_is_one_episode_for_the_latest() -> None:
    second = MET.replace(",Acme,,", ",Acme,Planner,").replace("03-03", "03-05")
    calls = [
        sent(f"03-{day} 10:00", "", "no answer", channel="call", job=job)
        for day in (11, 18, 25)
        for job in ("Analyst", "Planner")
    ]
    scores = scored(("log.csv", plain(MET.replace(",Acme,,", ",Acme,Analyst,"), second, *calls)))
    table = scores.applications.set_index("job")
    # three unanswered episodes are 65; the other vacancy is chased with them and loses nothing
    assert table["over_contact"].to_dict() == {"Analyst": 100.0, "Planner": 65.0}
    assert table["timing_status"].to_dict() == {"Analyst": "scored", "Planner": "scored"}
    assert "one contact about two vacancies: an episode of the other one" in scores.contacts["why"].tolist()


def test_a_call_that_names_one_of_two_vacancies_counts_for_that_one_and_else_for_the_latest() -> None:
    early, late = (
        MET.replace(",Acme,,", ",Acme,Analyst,"),
        MET.replace(",Acme,,", ",Acme,Planner,").replace("10:00", "14:00"),
    )
    late = late.replace("11:00", "15:00")
    named = sent("03-11 10:00", "", "no answer", channel="call", job="Analyst")
    open_ = sent("03-12 10:00", "", "no answer", channel="call")
    scores = scored(("log.csv", plain(early, late, named, open_)))
    job = scores.applications.set_index("application_key")["job"]
    assert [job[k] for k in scores.contacts["application_key"]] == ["Analyst", "Planner", "Analyst", "Planner"]


def test_the_candidate_sees_both_places_of_one_contact() -> None:
    crm = plain(MET, sent("03-11", "", "chased"))
    mailbox = plain(sent("03-11 16:30", "Any news?", channel="email", kind=""))
    scores = scored(("crm.csv", crm), ("mailbox.csv", mailbox))
    view = report(scores, scores.candidates["candidate_key"].iloc[0], default_policy().bands)
    table = view.applications[0].contacts
    assert table.loc[table["class"] == "follow_up", "reference"].tolist() == ["mailbox.csv:2, also in crm.csv line 3"]


def test_thousands_of_rows_of_one_day_in_two_files_are_read_in_the_time_of_two_files() -> None:
    crm = plain(MET, *(sent("03-10", "", f"call {n}", channel="call") for n in range(2000)))
    phone = plain(*(sent(f"03-10 10:{n % 60:02d}", f"s{n}", f"dial {n}", channel="call") for n in range(2000)))
    begun = time.process_time()
    assert len(scored(("crm.csv", crm), ("phone.csv", phone)).contacts) == 4001
    # measured 3 s on a core; four million pairs would be more, and take the memory
    assert time.process_time() - begun < 20
