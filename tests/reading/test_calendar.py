"""Calendars: one row an event, damaged ones set aside, every line accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reading import read
from analysis.reading.calendar import COLUMNS

EXPORTS = Path(__file__).parent.parent / "exports"


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}END:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def test_a_calendar_export_reads_its_interviews_with_people_and_zones() -> None:
    found = read((EXPORTS / "google_calendar.ics").read_bytes(), "google_calendar.ics")
    first, second = found.frame.to_dict("records")
    assert list(found.frame.columns) == list(COLUMNS)
    assert (first["start"], first["end"]) == ("2024-03-04 15:00:00+00:00", "2024-03-04 16:00:00+00:00")
    assert first["attendee_emails"] == "may.lind@example.com"
    assert (first["organizer_name"], first["organizer_email"]) == ("Ines Rivera", "ines@agency.example")
    assert (second["start"], second["start_zone"]) == ("2024-03-05 10:00:00", "America/New_York")
    assert second["status"] == "CANCELLED"
    assert found.lines.tolist() == [5, 16]
    assert (found.account.lines, found.account.rows, found.account.header) == (23, 18, 5)


def test_attendees_stay_matched_by_position_when_a_name_is_missing() -> None:
    found = read(
        calendar(
            "UID:1\nDTSTART:20260302T090000Z\nSUMMARY:Interview\n"
            'ATTENDEE;CN="Osei, Dana";ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:dana@client.example\n'
            "ATTENDEE;PARTSTAT=TENTATIVE:MAILTO:may@example.com\n"
        ),
        "x.ics",
    )
    row = found.frame.iloc[0]
    assert row["attendee_names"] == "Osei, Dana;"
    assert row["attendee_emails"] == "dana@client.example;may@example.com"
    assert row["attendee_roles"] == "CHAIR;"
    assert row["attendee_states"] == "ACCEPTED;TENTATIVE"


def test_an_all_day_event_has_bare_days() -> None:
    found = read(calendar("UID:1\nDTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303\n"), "x.ics")
    row = found.frame.iloc[0]
    assert (row["start"], row["end"], row["all_day"], row["start_zone"]) == ("2026-03-02", "2026-03-03", "yes", "")


def test_a_length_gives_the_end_across_the_change_of_the_clock() -> None:
    found = read(calendar("UID:1\nDTSTART;TZID=Europe/Berlin:20260329T013000\nDURATION:PT1H\n"), "x.ics")
    assert found.frame["end"].tolist() == ["2026-03-29 03:30:00"]


def test_a_time_without_zone_takes_the_calendars_own() -> None:
    found = read(calendar("UID:1\nDTSTART:20260302T090000\n", head="X-WR-TIMEZONE:America/Chicago\n"), "x.ics")
    assert found.frame[["start", "start_zone"]].to_numpy().tolist() == [["2026-03-02 09:00:00", "America/Chicago"]]


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/America/Los_Angeles", "America/Los_Angeles"),
    ],
)
def test_zone_names_of_other_systems_become_iana_names(tzid: str, zone: str) -> None:
    found = read(calendar(f"UID:1\nDTSTART;TZID={tzid}:20260302T090000\n"), "x.ics")
    assert found.frame["start_zone"].tolist() == [zone]
    assert found.problems == ()


def test_an_unknown_zone_is_asked_about_and_the_time_kept() -> None:
    found = read(calendar("UID:1\nDTSTART;TZID=Head Office:20260302T090000\n"), "x.ics")
    assert found.frame[["start", "start_zone"]].to_numpy().tolist() == [["2026-03-02 09:00:00", ""]]
    assert [(p.code, p.line, p.value) for p in found.problems] == [("unknown_event_zone", 3, "Head Office")]


def test_a_damaged_event_is_set_aside_with_its_lines_and_the_others_are_read() -> None:
    found = read(calendar("UID:1\nDTSTART:soon\nSUMMARY:x\n", "UID:2\nDTSTART:20260302T090000Z\n"), "x.ics")
    assert found.frame["uid"].tolist() == ["2"]
    assert found.rejects["line"].tolist() == [3]
    assert "DTSTART:soon" in found.rejects["text"].iloc[0]
    assert (found.account.rows, found.account.set_aside, found.account.header) == (4, 5, 3)


def test_an_event_cut_off_at_the_end_of_the_file_is_set_aside() -> None:
    whole = calendar("UID:1\nDTSTART:20260302T090000Z\n", "UID:2\nDTSTART:20260303T090000Z\n")
    found = read(whole[: whole.index(b"UID:2") + 5], "x.ics")
    assert found.frame["uid"].tolist() == ["1"]
    assert found.account.set_aside == 2
    assert [p.code for p in found.problems] == ["damaged_event"]


def test_time_zones_and_tasks_in_a_calendar_are_accounted_for() -> None:
    head = "BEGIN:VTIMEZONE\nTZID:Office\nX-LIC-LOCATION:Europe/Paris\nEND:VTIMEZONE\nBEGIN:VTODO\nUID:t\nEND:VTODO\n"
    found = read(calendar("UID:1\nDTSTART;TZID=Office:20260302T090000\n", head=head), "x.ics")
    assert found.frame["start_zone"].tolist() == ["Europe/Paris"]
    assert found.account.dropped == {"time zone": 4, "not an event": 3}


def test_a_recurring_event_is_read_once_and_said_so() -> None:
    found = read(calendar("UID:1\nSUMMARY:Debrief\nDTSTART:20260302T090000Z\nRRULE:FREQ=WEEKLY;COUNT=4\n"), "x.ics")
    assert len(found.frame) == 1
    assert [p.code for p in found.problems] == ["recurring_event"]


@pytest.mark.parametrize("cut", range(0, 680, 17))
def test_a_calendar_cut_anywhere_is_accounted_for(cut: int) -> None:
    data = (EXPORTS / "google_calendar.ics").read_bytes()[:cut]
    found = read(data, "x.ics")
    assert found.account.lines == len(data.splitlines())
    assert len(found.frame) == len(found.lines)


@pytest.mark.parametrize("line", range(1, 23))
def test_a_calendar_with_a_line_missing_is_accounted_for(line: int) -> None:
    kept = (EXPORTS / "google_calendar.ics").read_bytes().splitlines(keepends=True)
    del kept[line]
    found = read(b"".join(kept), "x.ics")
    assert found.account.lines == 22
    assert len(found.frame) == len(found.lines)
