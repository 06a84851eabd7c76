"""Calendars: one row an event, damaged ones set aside, every line accounted for."""

from __future__ import annotations

import random
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


def test_an_all_day_event_has_bare_days_and_ends_with_its_last_day() -> None:
    found = read(
        calendar(
            "UID:1\nDTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303\n",
            "UID:2\nDTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260304\n",
            "UID:3\nDTSTART;VALUE=DATE:20260302\nDURATION:P3D\n",
        ),
        "x.ics",
    )
    assert found.frame["start"].tolist() == ["2026-03-02"] * 3
    assert found.frame["end"].tolist() == ["", "2026-03-03", "2026-03-04"]
    assert found.frame["all_day"].tolist() == ["yes"] * 3
    assert found.frame["start_zone"].tolist() == [""] * 3


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


def test_a_recurring_event_becomes_its_occurrences_with_an_id_each() -> None:
    found = read(
        calendar(
            "UID:1\nSUMMARY:Debrief\nDTSTART;TZID=America/New_York:20260302T090000\n"
            "DTEND;TZID=America/New_York:20260302T093000\nRRULE:FREQ=WEEKLY;COUNT=4\n"
            "EXDATE;TZID=America/New_York:20260309T090000\nRDATE;TZID=America/New_York:20260318T140000\n"
        ),
        "x.ics",
    )
    assert found.frame[["start", "end"]].to_numpy().tolist() == [
        ["2026-03-02 09:00:00", "2026-03-02 09:30:00"],
        ["2026-03-16 09:00:00", "2026-03-16 09:30:00"],
        ["2026-03-18 14:00:00", "2026-03-18 14:30:00"],
        ["2026-03-23 09:00:00", "2026-03-23 09:30:00"],
    ]
    assert found.frame["uid"].tolist() == [
        "1/20260302T140000Z", "1/20260316T130000Z", "1/20260318T180000Z", "1/20260323T130000Z",
    ]  # fmt: skip
    assert found.lines.tolist() == [3] * 4
    assert found.problems == ()


def test_a_recurring_event_without_end_is_followed_a_season_past_the_export_and_said_so() -> None:
    found = read(
        calendar("UID:1\nSUMMARY:Stand-up\nDTSTAMP:20260401T000000Z\nDTSTART:20260302T090000Z\nRRULE:FREQ=WEEKLY\n"),
        "x.ics",
    )
    assert found.frame["start"].iloc[-1] == "2026-06-29 09:00:00+00:00"
    assert len(found.frame) == 18
    (told,) = found.problems
    assert told.code == "recurring_event"
    assert "18 occurrence(s) were read; it is followed until 3 July 2026" in told.message


def test_a_daily_event_is_read_sixty_times_at_most() -> None:
    found = read(calendar("UID:1\nSUMMARY:Stand-up\nDTSTART:20200302T090000Z\nRRULE:FREQ=DAILY\n"), "x.ics")
    assert len(found.frame) == 60
    assert "only its first 60 occurrences are read" in found.problems[0].message


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "W1 MO #10", "FREQ=YEARLY;BYSETPOS=1;BYHOUR=1", "FREQ=OFTEN",
        "FREQ=WEEKLY;UNTIL=20269999T000000Z", "", ";", "FREQ=YEARLY;COUNT=99999999999999999999",
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_leaves_the_first_occurrence(rule: str) -> None:
    found = read(calendar(f"UID:1\nSUMMARY:Interview\nDTSTART:20260302T090000Z\nRRULE:{rule}\n"), "x.ics")
    assert found.frame["start"].tolist() == ["2026-03-02 09:00:00+00:00"]


def test_the_last_day_of_a_rule_counts_on_the_clock_of_the_event() -> None:
    found = read(
        calendar(
            "UID:1\nDTSTART;TZID=Asia/Tokyo:20260302T090000\nRRULE:FREQ=DAILY;UNTIL=20260304T000000Z\n",
            "UID:2\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260303\n",
        ),
        "x.ics",
    )
    assert found.frame["start"].tolist() == [
        "2026-03-02 09:00:00", "2026-03-03 09:00:00", "2026-03-04 09:00:00", "2026-03-02", "2026-03-03",
    ]  # fmt: skip


def test_one_occurrence_that_was_moved_and_one_that_was_cancelled_stand_in_place_of_the_rule() -> None:
    found = read(
        calendar(
            "UID:1\nSUMMARY:Interview\nDTSTART;TZID=Europe/Paris:20260302T090000\nRRULE:FREQ=DAILY;COUNT=3\n",
            "UID:1\nSUMMARY:Interview\nRECURRENCE-ID;TZID=Europe/Paris:20260303T090000\n"
            "DTSTART;TZID=Europe/Paris:20260305T110000\n",
            "UID:1\nSUMMARY:Interview\nRECURRENCE-ID:20260304T080000Z\nDTSTART:20260304T080000Z\nSTATUS:CANCELLED\n",
        ),
        "x.ics",
    )
    assert found.frame[["uid", "start", "status"]].to_numpy().tolist() == [
        ["1/20260302T080000Z", "2026-03-02 09:00:00", ""],
        ["1/20260303T080000Z", "2026-03-05 11:00:00", ""],
        ["1/20260304T080000Z", "2026-03-04 08:00:00+00:00", "CANCELLED"],
    ]


def test_a_moved_event_stands_in_its_latest_version_only_and_says_from_where() -> None:
    found = read(
        calendar(
            "UID:1\nSEQUENCE:1\nSUMMARY:Interview\nDTSTART:20260303T090000Z\n",
            "UID:1\nSEQUENCE:0\nSUMMARY:Interview\nDTSTART:20260302T090000Z\n",
        ),
        "x.ics",
    )
    assert found.frame["start"].tolist() == ["2026-03-03 09:00:00+00:00"]
    (told,) = found.problems
    assert told.code == "moved_event"
    assert "from 2026-03-02 09:00:00+00:00 to 2026-03-03 09:00:00+00:00" in told.message
    assert found.account.dropped == {"earlier version": 6}


def test_a_cancellation_in_a_calendar_of_its_own_cancels_and_keeps_what_was_known() -> None:
    asked = calendar(
        "UID:1\nSEQUENCE:0\nSUMMARY:Interview: May Lind / Acme\nDTSTART:20260302T090000Z\nDTEND:20260302T100000Z\n"
        "ATTENDEE;CN=May Lind:mailto:may@example.com\n",
        head="METHOD:REQUEST\n",
    )
    taken_back = calendar("UID:1\nSEQUENCE:1\nDTSTART:20260302T090000Z\n", head="METHOD:CANCEL\n")
    found = read(asked + taken_back, "x.ics")
    assert found.frame[["summary", "status", "end", "attendee_names"]].to_numpy().tolist() == [
        ["Interview: May Lind / Acme", "CANCELLED", "2026-03-02 10:00:00+00:00", "May Lind"]
    ]


def test_calendars_in_one_file_keep_their_own_zone() -> None:
    east = calendar("UID:1\nDTSTART:20260302T090000\n", head="X-WR-TIMEZONE:America/New_York\n")
    west = calendar("UID:2\nDTSTART:20260302T090000\n", head="X-WR-TIMEZONE:America/Los_Angeles\n")
    assert read(east + west, "x.ics").frame["start_zone"].tolist() == ["America/New_York", "America/Los_Angeles"]


def test_a_zone_that_the_file_writes_out_itself_is_followed() -> None:
    rules = (
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\n"
        "TZOFFSETTO:-0500\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
        "DTSTART:16010101T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\n"
        "END:DAYLIGHT\nEND:VTIMEZONE\n"
    )
    events = [
        f"UID:{n}\nDTSTART;TZID=Customized Time Zone:2026{day}T100000\n" for n, day in enumerate(("0115", "0615"))
    ]
    found = read(calendar(*events, head=rules), "x.ics")
    assert found.frame["start"].tolist() == ["2026-01-15 15:00:00+00:00", "2026-06-15 14:00:00+00:00"]
    assert found.problems == ()


def test_an_old_vcalendar_is_read_with_its_encodings_and_guests() -> None:
    found = read(
        calendar(
            "DTSTART:20240304T150000Z\n"
            "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Interview: Andr=C3=A9 L=C3=B3pez =\n"
            "/ Acme\nATTENDEE;ROLE=ATTENDEE;STATUS=CONFIRMED:Dana Osei <dana@client.example>\n",
            head="VERSION:1.0\n",
        ),
        "x.vcs",
    )
    row = found.frame.iloc[0]
    assert row["summary"] == "Interview: André López / Acme"
    assert (row["attendee_names"], row["attendee_emails"]) == ("Dana Osei", "dana@client.example")
    assert row["attendee_states"] == "ACCEPTED"


def test_lines_broken_without_folding_and_dates_with_dashes_are_mended() -> None:
    found = read(
        calendar("UID:1\nSUMMARY:Interview\nDTSTART:2026-03-02T09:00:00Z\nDESCRIPTION:Panel\nbring: id\nand papers\n"),
        "x.ics",
    )
    assert found.frame[["start", "description"]].to_numpy().tolist() == [
        ["2026-03-02 09:00:00+00:00", "Panel\nbring: id\nand papers"]
    ]
    assert [p.code for p in found.problems] == ["mended_event"]


def test_rooms_are_no_guests_and_a_calendar_named_after_an_address_is_its_owners() -> None:
    found = read(
        calendar(
            "UID:1\nDTSTART:20260302T090000Z\nATTENDEE;CUTYPE=ROOM;CN=Room 3:mailto:room3@agency.example\n",
            head="X-WR-CALNAME:Ines@Agency.example\n",
        ),
        "x.ics",
    )
    assert found.frame[["attendee_names", "owner_email"]].to_numpy().tolist() == [["", "ines@agency.example"]]


WHOLE = (
    (EXPORTS / "google_calendar.ics").read_bytes()
    + calendar(
        "UID:r\nSUMMARY;ENCODING=QUOTED-PRINTABLE:=41=\nb\nDTSTART;TZID=Europe/Paris:20260302T090000\n"
        "RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Paris:20260309T090000\nRDATE:20260311T080000Z\n",
        "UID:r\nRECURRENCE-ID;TZID=Europe/Paris:20260316T090000\nDTSTART;VALUE=DATE:20260317\nDURATION:PT1H\n",
    )
)  # fmt: skip
PIECES = (
    b"RRULE:FREQ=DAILY\r\n", b"\r\n ", b":", b";", b"END:VEVENT\r\n", b"BEGIN:VEVENT\r\n", b"99999999", b"\xff", b"=",
    b"RDATE;VALUE=PERIOD:20260101T000000Z/P1D\r\n", b"SEQUENCE:99\r\n", b"METHOD:CANCEL\r\n",
    b"DURATION:P99999999W\r\n",
)  # fmt: skip


def test_no_change_of_bytes_raises_or_loses_a_line() -> None:
    draw = random.Random(20260306)
    for _ in range(150):
        data = bytearray(WHOLE)
        for _ in range(draw.randrange(1, 9)):
            at = draw.randrange(len(data))
            match draw.randrange(4):
                case 0:
                    data[at] = draw.randrange(1, 256)
                case 1:
                    del data[at : at + draw.randrange(1, 60)]
                case 2:
                    data[at:at] = data[at : at + draw.randrange(1, 200)]
                case _:
                    data[at:at] = draw.choice(PIECES)
        found = read(bytes(data), "x.ics")
        assert len(found.frame) == len(found.lines)
        assert found.account.lines == len(bytes(data).splitlines())


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
