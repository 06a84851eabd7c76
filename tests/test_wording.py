"""Recruiters' shorthand and candidates' mails: what each says, with the words in sight."""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.bodies import new_text
from analysis.log import KINDS, STATES
from analysis.wording import FLAGS, WORD_DTYPES, _book, read_words


def said(note: str, subject: str = "") -> Any:
    """What one contact's words say."""
    return read_words(pd.Series([subject], dtype="str"), pd.Series([note], dtype="str")).iloc[0]


SHORTHAND = [
    ("TY sent to panel", "thank_you"),
    ("TY email to Glen", "thank_you"),
    ("thx note sent", "thank_you"),
    ("cand sent thank you note to Vera", "thank_you"),
    ("TY to Theo sent Wednesday evening, cc&#39;d us", "thank_you"),
    ("emailed thanks last night", "thank_you"),
    ("Stella wrote Paula the same evening &amp; posted a card", "thank_you"),
    ("card posted this afternoon", "thank_you"),
    ("LVM", "follow_up"),
    ("LVM x2", "follow_up"),
    ("3/6 - LVM", "follow_up"),
    ("Left VM re: second round", "follow_up"),
    ("vm - still interested, any news?", "follow_up"),
    ("cand chased again", "follow_up"),
    ("cand chased again - told him to wait", "follow_up"),
    ("f/u", "follow_up"),
    ("f/u email to Leo", "follow_up"),
    ("checked in w/ Dana re status", "follow_up"),
    ("cand rang as asked. got through, decision not made yet", "follow_up"),
    ("chased Priya for news", "follow_up"),
    ("rang to chase", "follow_up"),
    ("emailed Priya to check in", "follow_up"),
    ("1st interview w/ Dana Osei, they'll decide by 13 Nov", "interview"),
    ("client passed", "rejection"),
    ('client passed - "a bit persistent"', "rejection"),
    ("not moving forward", "rejection"),
    ("Rejected after 2nd round", "rejection"),
    ("unfortunately we have decided to go with someone else", "rejection"),
    ("they went with an internal candidate", "rejection"),
    ("Rejected", "rejection"),
    ("offer extended", "offer"),
    ("verbal offer from client", "offer"),
    ("accepted, starts Monday", "hired"),
    ("Signed. Starts in three weeks", "hired"),
    ("withdrew", "withdrawn"),
    ("Turned the offer down", "withdrawn"),
    ("cand took another job", "withdrawn"),
    ("req closed", "closed"),
    ("on hold", "closed"),
    ("position filled internally", "closed"),
    ("please no calls", "no_calls"),
    ("went fine. Luis said no phone calls pls, e-mail ok", "no_calls"),
    ("please do not contact us", "no_contact"),
    ("no thank-you notes please", "no_notes"),
    ("asked candidates not to send notes", "no_notes"),
    ("we will contact you by Friday", "will_contact"),
    ("they'll decide by the 20th", "decision_date"),
    ("client to decide 10/16", "decision_date"),
    ("debrief: Ioana met Curtis + Ada, they&#39;ll decide by the 30th.<br>Has cards.", "debrief"),
    ("phoned debrief, seemed quiet", "debrief"),
    ("2nd round w/ Dana", "interview"),
    ("interview w/ Sam at Tamarack Mutual went ahead, debrief to follow", "interview"),
    ("CV Petra Lind submitted", "logistics"),
]

MAILS = [
    ("Thank you", "", "thank_you"),
    ("Thank you — interview today", "Hi Dana,\n\nThank you for your time this morning.\n\nMay Lind", "thank_you"),
    ("", "Dear Dana, I wanted to thank you for the interview. I look forward to hearing from you.", "thank_you"),
    ("", "It was great meeting you yesterday, I enjoyed our talk about the depot.", "thank_you"),
    ("Danke für das Gespräch", "Guten Tag", "thank_you"),
    ("", "Gracias por la entrevista de hoy", "thank_you"),
    ("", "Merci pour votre temps", "thank_you"),
    ("Re: Update", "Thanks for letting me know", "courtesy"),
    ("", "Thank you for the update, much appreciated.", "courtesy"),
    ("Checking in", "", "follow_up"),
    ("Any news on the Accountant position?", "I hope you are well.", "follow_up"),
    ("", "Just checking in after our conversation. I remain very interested.", "follow_up"),
    ("", "May I ask where you are with the Data Analyst position?", "follow_up"),
    ("Did you get my last e-mail?", "Still very keen!", "follow_up"),
    ("", "Hi Dana, when do you expect to make a decision?", "follow_up"),
    ("", "Thanks again for the interview. I am writing to follow up on my application: any update?", "follow_up"),
    ("Your application", "Thank you for coming in. We have decided to go ahead with another candidate.", "rejection"),
    ("Your application", "Unfortunately we will not be moving forward with your application.", "rejection"),
    ("", "Wir haben uns für einen anderen Bewerber entschieden", "rejection"),
    ("Offer", "We would like to offer you the position. Details attached.", "offer"),
    ("Withdrawing", "I have accepted another position. Thank you for your time.", "withdrawn"),
    ("Requisition on hold", "Headcount frozen, vacancy closed", "closed"),
    ("Next steps", "We will contact you.", "will_contact"),
    ("Update", "It will be the end of next week now", "decision_date"),
    ("", "We hope to have this position filled by July 1st", "decision_date"),
    ("", "Bitte keine Anrufe", "no_calls"),
    ("Re: Second interview", "Tuesday is fine, thank you.", "logistics"),
    ("", "I'm running ten minutes late, sorry!", "logistics"),
    ("Re: References", "Both attached.", "logistics"),
    ("", "I am happy to accept your invitation to interview.", "logistics"),
    ("Interview: May Lind / Acme", "", "interview"),
]

UNDECIDED = [
    "cand hasn't heard back",
    "no offer yet",
    "waiting on offer",
    "cand did not send a thank-you",
    "cand hasn't sent TY yet",
    "no TY needed per client",
    "has not withdrawn",
    "not yet rejected, still in process",
    "If the offer is extended, she will accept",
    'asked if Monique had written: "not yet"',
    "Kenji emailed Luis Friday, no answer yet",
    "Ioana says she emailed Curtis Monday night",
    "emailed Dana, date?",
    "waiting for feedback",
    "client passed along positive feedback",
    "told Jesse not to call client again",
    "I started a new project on Monday",
    "Candidate passed the test",
    "client is preparing offer",
    "Please don't hesitate to contact me",
    "The position is still open, they have not filled it",
    "good fit, liked the plant tour",
    "ok - will rev. w/ team",
    "Unfortunately we have not made a decision yet",
    "called re second round",
    "she asked about parking, pay and the shift plan",
    "says he rang Ned twice on Friday.<br/>Asked him to leave it until next week",
    "we will pass on your details to the team",
    "client wants to make a decision",
    "interviewing other candidates once more",
    "did not get through to HM",
    "Unsuccessful in reaching her",
    "said she was at the site on Monday",
    "",
]


@pytest.mark.parametrize(("note", "kind"), SHORTHAND)
def test_a_recruiters_shorthand_is_understood(note: str, kind: str) -> None:
    found = said(note)
    assert (found["kind"], found["state"] in ("", "attempted")) == (kind, True)
    assert found["sure"] >= 0.5
    assert found["words"]


@pytest.mark.parametrize(("subject", "note", "kind"), MAILS)
def test_a_mail_says_what_it_is_for(subject: str, note: str, kind: str) -> None:
    assert said(note, subject)["kind"] == kind


@pytest.mark.parametrize("note", UNDECIDED)
def test_words_that_do_not_decide_give_no_kind(note: str) -> None:
    found = said(note)
    assert (found["kind"], found["sure"]) == ("", 0.0)


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ("sent over the job description, thanks", "thank_you"),
        ("they want her to come back for a second chat", "offer"),
        ("I am happy to accept your invitation to interview.", "hired"),
        ("cand wont call them, too shy", "no_calls"),
        ("chased him for his references", "follow_up"),
        ("client chased me for an answer", "follow_up"),
        ("prep before 1st interview with Dana, they will decide by Friday", "interview"),
        ("no thank you note sent", "no_notes"),
        ("we offered the job to somebody else", "offer"),
    ],
)
def test_words_near_those_of_another_kind_do_not_give_it(note: str, wrong: str) -> None:
    assert said(note)["kind"] != wrong


@pytest.mark.parametrize("cell", ["No", "none", "n/a", "x", "tbc", "-"])
def test_an_empty_cell_below_the_heading_of_a_thank_you_is_no_thank_you(cell: str) -> None:
    found = said(cell, "Thank you note sent?")
    assert (found["kind"], found["thanks_interview"]) == ("", False)


def test_an_empty_cell_below_any_other_heading_takes_nothing_from_the_heading() -> None:
    found = said("n/a", "Thanks for the interview, any news?")
    assert (found["kind"], found["thanks_interview"], found["asks_status"]) == ("", False, False)


def test_no_answer_below_a_heading_is_a_call_that_nobody_took() -> None:
    found = said("no answer", "Call to client")
    assert (found["kind"], found["state"], found["answered"], found["dials"]) == ("follow_up", "attempted", -1, 1)


def test_a_decision_sent_from_an_unread_mailbox_is_the_employers() -> None:
    found = said("After review, we will not be moving forward. This mailbox is not monitored.", "Your application")
    assert (found["kind"], found["automated"]) == ("rejection", False)


def test_a_clients_own_thanks_do_not_hide_what_the_client_says() -> None:
    found = said("It was a pleasure to meet you. We'll be in touch.", "Thank you for coming in")
    assert found["employer_kind"] == "will_contact"


@pytest.mark.parametrize(
    ("note", "subject", "flags"),
    [
        ("Please pass on my thanks to the rest of the panel.", "", {"thanks_others", "thanks_interview"}),
        ("Dear Dana, thank you, and please pass my thanks to Sam and Kim.", "", {"thanks_others", "thanks_interview"}),
        ("Monique forwarded her thank you note to me, sent on to Colleen", "", {"handed_note"}),
        ("no note sent, asked Andre to do it today", "", {"none_sent"}),
        ("cand did not send a thank-you", "", {"none_sent"}),
        ("Tuesday is fine, thank you.", "Re: Second interview", set()),
        ("Thanks in advance", "", set()),
        ("LVM for Evan, cand will e-mail Monday", "", {"left_message"}),
        ("cand emailed f/u to Dana with our OK", "", {"asks_status", "sanctioned"}),
        ("Call me on Friday, I will know more then.", "Re: Thank you", {"invites_contact"}),
        ("missed call from client, asked cand to ring back", "", {"invites_contact"}),
        ("Could you send us two references?", "References", {"invites_contact"}),
        ("We would love to have you back for a final interview.", "", {"invitation"}),
        ("client wants to see her again", "", {"invitation"}),
        (
            "Thanks for your note. We are still meeting people and hope to decide soon.",
            "Re: Checking in",
            {"leaves_open"},
        ),
        ("Decision delayed, still interviewing others", "", {"leaves_open"}),
        ("We need a little longer.", "Update", {"leaves_open"}),
        ("I am away until Monday.", "Automatic reply: Out of office", {"automated"}),
        ("", "Accepted: Interview Tuesday", {"automated"}),
        ("", "Read: Thank you", {"automated", "thanks_interview"}),
        ("Application received. Do not reply to this message.", "", {"automated"}),
        ("Presentación", "Email de lista: Presentación", {"automated"}),
    ],
)
def test_a_contact_says_these_things_and_no_others(note: str, subject: str, flags: set[str]) -> None:
    found = said(note, subject)
    assert {name for name in FLAGS if found[name]} - {"thanks_interview"} == flags - {"thanks_interview"}
    if "thanks_interview" in flags and subject == "":
        assert found["thanks_interview"]


def test_an_agreed_check_in_is_seen_with_its_day() -> None:
    found = said("agreed: check in with me on Thursday")
    assert found["agreed_check_in"]
    assert found["decision_words"] == "Thursday"


@pytest.mark.parametrize(
    ("note", "subject", "state"),
    [
        ("CANCELLED - manager ill, will rebook", "", "cancelled"),
        ("moved by client", "", "cancelled"),
        ("interview moved to Thursday", "", "cancelled"),
        ("no show, phone off", "", "no_show"),
        ("did not turn up", "", "no_show"),
        ("", "Undeliverable: Thank you", "failed"),
        ("note bounced, wrong address", "", "failed"),
        ("Thank you note drafted, not sent", "", "draft"),
        ("no answer", "", "attempted"),
        ("rang twice, line busy", "", "attempted"),
        ("told cand to send TY", "", "planned"),
        ("cand will send thank you note tonight", "", "planned"),
        ("f/u next week", "", "planned"),
        ("TY sent", "", ""),
        ("not cancelled, goes ahead", "", ""),
        ("Kenji emailed Luis Friday, no answer yet", "", ""),
    ],
)
def test_the_words_say_whether_it_took_place(note: str, subject: str, state: str) -> None:
    assert said(note, subject)["state"] == state


@pytest.mark.parametrize(
    ("note", "answered", "dials"),
    [
        ("LVM x3", -1, 1),
        ("called 3 times, no answer", -1, 3),
        ("rang twice, line busy", -1, 2),
        ("two missed calls, left message", -1, 2),
        ("spoke to Dana, no decision yet", 1, 1),
        ("Theo rang back: 2nd round week after next", 1, 1),
        ("did not pick up", -1, 1),
        ("Got his voicemail again, didn't leave a message", -1, 1),
        ("f/u email to Leo", 0, 0),
    ],
)
def test_calls_are_counted_and_answers_seen(note: str, answered: int, dials: int) -> None:
    found = said(note)
    assert (found["answered"], found["dials"]) == (answered, dials)


@pytest.mark.parametrize(
    ("note", "decision", "call"),
    [
        ("they'll decide by the 20th", "the 20th", ""),
        ("Met Theo. Decision end of next week.", "end of next week", ""),
        ("We aim to make a decision by Friday 13 March", "Friday 13 March", ""),
        ("You should hear from us within two weeks", "within two weeks", ""),
        ("Please call me Thursday", "", "Thursday"),
        ("You said you would decide by Friday, any update?", "", ""),
    ],
)
def test_the_day_named_for_a_decision_or_a_call_is_kept(note: str, decision: str, call: str) -> None:
    found = said(note)
    assert (found["decision_words"], found["call_words"]) == (decision, call)


@pytest.mark.parametrize(
    ("note", "person"),
    [
        ("In urgent cases please write to Dex Lyman, dex.lyman@saltbox.example.", "Dex Lyman"),
        ("Please contact Sam Poe (sam.poe@acme.example) about the rest.", "Sam Poe"),
        ("please contact sam.poe@acme.example", "sam.poe@acme.example"),
        ("Please contact me on Monday", ""),
    ],
)
def test_a_referral_names_whom_to_turn_to(note: str, person: str) -> None:
    assert said(note)["refers_to"] == person


@pytest.mark.parametrize(
    "note",
    [
        "Noted, many thanks.\n\n-----Original Message-----\nFrom: Dana\nUnfortunately we will not be moving forward.",
        "Noted, many thanks.\n\nOn Tue, 3 Mar 2026, Dana <d@acme.example>\nwrote:\n> unfortunately we have decided",
        "Noted, many thanks.\n> Unfortunately we will not be moving forward",
        "Noted, many thanks.\nFrom: Dana Osei\nSent: Tuesday\nWe will not be moving forward",
    ],
)
def test_what_the_other_side_wrote_before_is_not_read(note: str) -> None:
    assert said(note, "Re: Your application")["kind"] != "rejection"
    assert new_text(note).strip() == "Noted, many thanks."


def test_the_result_has_its_columns_and_the_index_of_the_input() -> None:
    found = read_words(
        pd.Series(["", ""], index=[7, 3], dtype="str"), pd.Series(["LVM", "TY sent"], index=[7, 3], dtype="str")
    )
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == WORD_DTYPES
    assert found["kind"].to_dict() == {7: "follow_up", 3: "thank_you"}
    assert len(read_words(pd.Series([], dtype="str"), pd.Series([], dtype="str"))) == 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
def test_no_text_makes_the_reader_fail(note: str, subject: str) -> None:
    found = said(note, subject)
    assert found["kind"] in ("", *KINDS)
    assert found["state"] in ("", *STATES)
    assert 0.0 <= found["sure"] <= 1.0


@settings(max_examples=40, deadline=None)
@given(st.permutations([note for note, _ in SHORTHAND[::4]]))
def test_what_a_contact_says_depends_on_no_other_row(notes: list[str]) -> None:
    together = read_words(pd.Series([""] * len(notes), dtype="str"), pd.Series(notes, dtype="str"))
    for place in (0, len(notes) // 2):
        assert together.iloc[place].to_dict() == said(notes[place]).to_dict()


@pytest.mark.parametrize(
    "piece", ["thank you for ", "a", "not ", "<a ", "On x\n", "call me ", "- ", "a@", "please contact ", "\n", "(\n"]
)
def test_a_note_of_a_megabyte_is_read_in_no_time(piece: str) -> None:
    start = time.process_time()
    said((piece * (1_000_000 // len(piece) + 1))[:1_000_000])
    assert time.process_time() - start < 2.0


def test_twenty_thousand_different_notes_are_read_in_four_seconds() -> None:
    texts = [note for note, _ in SHORTHAND] + [note for _, note, _ in MAILS if note]
    notes = pd.Series([f"{texts[i % len(texts)]} ref {i}" for i in range(20_000)], dtype="str")
    said("TY sent")
    start = time.process_time()
    found = read_words(pd.Series([""] * len(notes), dtype="str"), notes)
    assert time.process_time() - start < 4.0
    assert (found["kind"] != "").mean() > 0.7


def test_every_phrase_of_the_wording_can_be_looked_for() -> None:
    """Phrases are compiled when a text may hold them, so a fault in one must be found here."""
    phrases = [phrase for meaning, phrase in _book().phrases]
    phrases += [phrase for meaning, _ in _book().phrases for phrase in meaning.unless]
    assert len(phrases) > 1_000
    assert all(phrase.search.groups >= 0 for phrase in phrases)
