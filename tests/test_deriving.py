"""Contacts told of stand in the log beside the rows, point to their note, and are counted once."""

from __future__ import annotations

import pandas as pd

from analysis import Answers, CheckedLog, Scores, default_policy, load, score

HEAD = "candidate,client,route,interviewer,interviewer_email,recruiter,at,ended_at,sender,receiver,channel,kind,note\n"
MET = "Ana Ruiz,Acme,direct,Dana Osei,dana@acme.example,Pat Lee,2026-11-02 10:00,2026-11-02 11:00,client,candidate,video,interview,\n"  # noqa: E501
NOTE = "Ana Ruiz,Acme,,,,Pat Lee,2026-11-04 09:12,,,,,,Ana says she emailed Dana Tuesday night\n"


def logged(*rows: str) -> CheckedLog:
    answers = Answers(zone="America/New_York", calendar="US", complete="yes")
    return load([("log.csv", (HEAD + "".join(rows)).encode())], answers)


def scored(*rows: str) -> Scores:
    return score(logged(*rows), default_policy(), pd.Timestamp("2026-11-30 12:00", tz="America/New_York"))


def row(at: str, channel: str, kind: str, note: str = "") -> str:
    dana = "Ana Ruiz,Acme,direct,Dana Osei,dana@acme.example,Pat Lee"
    return f"{dana},2026-11-{at},,candidate,client,{channel},{kind},{note}\n"


def test_an_email_told_of_becomes_a_contact_of_its_own_that_points_to_its_note() -> None:
    log = logged(MET, NOTE)
    last = log.contacts.iloc[-1]
    assert (last["file"], last["line"], last["sender"], last["receiver"], last["channel"]) == (
        "log.csv", 3, "candidate", "client", "email",
    )  # fmt: skip
    assert last["at"] == pd.Timestamp("2026-11-03 18:00", tz="America/New_York")
    assert last["precision"] == "evening"
    assert (last["interviewer"], last["interviewer_email"]) == ("Dana Osei", "dana@acme.example")
    assert last["note"] == "Ana says she emailed Dana Tuesday night"
    assert 0.5 <= last["told_sure"] < 1


def test_the_receipt_says_in_which_note_it_was_told() -> None:
    contacts = scored(MET, NOTE).contacts
    assert contacts["why"].iloc[-1].startswith("told in the note of 4 November 2026")
    assert contacts["reference"].iloc[-1] == "log.csv:3"
    assert contacts["why"].iloc[1] == "it tells of a contact that counts by itself"


def test_the_lines_of_the_file_still_add_up() -> None:
    account = logged(MET, NOTE).files[0]
    assert (account.lines, account.contacts, account.set_aside, account.undated, account.told) == (3, 2, 0, 0, 1)


def test_a_contact_told_of_that_stands_in_the_log_is_counted_once() -> None:
    contacts = scored(MET, NOTE, row("03 20:10", "email", "thank_you")).contacts
    assert contacts["class"].iloc[-1] == "duplicate"
    assert contacts["duplicate_of"].iloc[-1] == 2
    assert contacts["also"].iloc[2] == "log.csv line 3"


def test_an_email_of_another_evening_is_another_contact() -> None:
    contacts = scored(MET, NOTE, row("04 20:10", "email", "thank_you")).contacts
    assert contacts["duplicate_of"].iloc[-1] == -1


def test_two_notes_that_tell_of_one_call_tell_of_one_contact() -> None:
    first = "Ana Ruiz,Acme,,,,Pat Lee,2026-11-12 09:12,,,,,,Ana rang Dana on Tuesday asking for news\n"
    again = "Ana Ruiz,Acme,,,,Pat Lee,2026-11-13 15:00,,,,,,Ana called Dana Tuesday asking for an update\n"
    scores = scored(MET, row("02 20:00", "email", "thank_you"), first, again)
    assert sorted(scores.contacts["class"].tolist()[-2:]) == ["duplicate", "follow_up"]
    assert scores.units.loc[scores.units["family"] == "over_contact", "length"].tolist() == [1]


def test_one_call_in_the_log_stands_for_one_of_two_told_of() -> None:
    note = "Ana Ruiz,Acme,,,,Pat Lee,2026-11-12 09:12,,,,,,Ana called Dana twice on Tuesday\n"
    contacts = scored(MET, row("10 10:00", "call", "follow_up"), note).contacts
    assert contacts["class"].tolist()[-2:].count("duplicate") == 1


def test_a_note_in_shorthand_that_names_its_own_day_is_counted_on_that_day_only() -> None:
    note = "Ana Ruiz,Acme,,,,Pat Lee,2026-11-04 09:12,,,,,,Ana thanked Dana by email on Monday\n"
    contacts = scored(MET, note).contacts
    assert contacts["class"].tolist() == ["interview", "statement", "thank_you"]
    assert contacts["local_at"].iloc[-1] == pd.Timestamp("2026-11-02 12:00")


def test_a_contact_without_its_day_is_asked_about_and_does_not_count() -> None:
    log = logged(MET, "Ana Ruiz,Acme,,,,Pat Lee,2026-11-12 09:12,,,,,,Ana emailed Dana last week\n")
    assert [p.code for p in log.problems] == ["told_without_day"]
    assert len(log.contacts) == 2


def test_a_contact_that_is_not_plain_is_asked_about() -> None:
    log = logged(MET, "Ana Ruiz,Acme,,,,Pat Lee,2026-11-12 09:12,,,,,,Ana might have emailed Dana on Tuesday\n")
    assert [(p.code, p.line) for p in log.problems] == [("told_unclear", 3)]


def test_the_candidates_own_message_tells_of_no_second_one() -> None:
    assert len(logged(MET, row("04 10:00", "email", "", "I emailed you on Monday about next steps")).contacts) == 2


def test_the_note_of_an_interview_row_tells_of_nothing_since_its_time_is_not_that_of_typing() -> None:
    met = MET.replace("interview,\n", "interview,Ana emailed Dana last night to thank her\n")
    assert len(logged(met).contacts) == 1


def test_a_day_is_that_of_the_notes_own_zone() -> None:
    late = NOTE.replace("2026-11-04 09:12", "2026-11-04 23:30").replace("Tuesday night", "this morning")
    at = logged(MET, late).contacts["at"].iloc[-1]
    assert at == pd.Timestamp("2026-11-04 12:00", tz="America/New_York")


def test_the_same_note_in_two_files_tells_of_one_contact() -> None:
    answers = Answers(zone="America/New_York", calendar="US", complete="yes")
    files = [("one.csv", (HEAD + MET + NOTE).encode()), ("two.csv", (HEAD + NOTE).encode())]
    scores = score(load(files, answers), default_policy(), pd.Timestamp("2026-11-30 12:00", tz="America/New_York"))
    told = scores.contacts[scores.contacts["told_at"].notna()]
    assert sorted(told["duplicate_of"].tolist())[0] == -1
    assert (told["duplicate_of"] >= 0).sum() == 1
