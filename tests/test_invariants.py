"""What must hold for every log, whatever is in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from reference.adapter import analysed, scores_of, scores_of_files
from reference.logs import MOMENTS, MONDAY, PEOPLE, Row, as_csv, histories, logs, minute
from reference.logs import settings as answers
from reference.rows import Setting
from reference.scorer import Mark

from analysis.results import FAMILIES

FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
MAIN = ("thank_you", "timing", "over_contact")
NEW_YORK = ("America/New_York", "US")


def setting(complete: bool = True, day: int = 95) -> Setting:
    as_of = (MONDAY + timedelta(days=day, hours=12)).replace(tzinfo=ZoneInfo(NEW_YORK[0]))
    return Setting(*NEW_YORK, complete, as_of)


def row(at: datetime, sender: str, kind: str, channel: str = "email", **more: str) -> Row:
    base = {"candidate": "Abe Ash", "client": "Acme", "route": "direct", "interviewer": "Dana Osei"}
    base |= {"interviewer_email": PEOPLE["Dana Osei"], "at": minute(at), "sender": sender, "kind": kind}
    return {**base, "receiver": "client" if sender == "candidate" else "candidate", "channel": channel, **more}


def interview(at: datetime = MONDAY + timedelta(hours=10), **more: str) -> Row:
    return row(at, "client", "interview", "in_person", ended_at=minute(at + timedelta(hours=1)), **more)


def marks(rows: list[Row], how: Setting) -> dict[str, dict[str, Mark]]:
    return analysed(as_csv(rows), how)


def lower(new: Mark, old: Mark) -> bool:
    return not isinstance(new, str) and not isinstance(old, str) and new < old - 1e-9


@FEW
@given(st.integers(0, 3 * 96), st.integers(0, 8 * 96), st.integers(0, 8 * 96), st.sampled_from(["email", "card"]))
def test_a_thank_you_never_rises_with_delay(begins: int, one: int, other: int, channel: str) -> None:
    start = MONDAY + timedelta(hours=8, minutes=15 * begins)
    end = start + timedelta(hours=1)
    notes = [end + timedelta(minutes=15 * wait) for wait in sorted((one, other))]
    points = [
        marks([interview(start), row(at, "candidate", "thank_you", channel)], setting())["Abe Ash"]["thank_you"]
        for at in notes
    ]
    assert all(isinstance(p, float) for p in points)
    assert not lower(points[0], points[1]), (notes, points)


@FEW
@given(histories("Abe Ash"), answers(), MOMENTS)
def test_an_ordinary_employer_reply_never_lowers_over_contact(rows: list[Row], how: Setting, delta: timedelta) -> None:
    common = {key: rows[0][key] for key in ("candidate_zone", "route")}
    reply = row(MONDAY + delta, "client", "other", subject="Re: your message", note="No news yet", **common)
    before, after = marks(rows, how), marks([*rows, reply], how)
    assert not lower(after["Abe Ash"]["over_contact"], before["Abe Ash"]["over_contact"])


@FEW
@given(histories("Abe Ash"), answers(), st.data())
def test_an_exact_duplicate_changes_nothing(rows: list[Row], how: Setting, data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=3))
    assert marks([*rows, *again], how) == marks(rows, how)


@FEW
@given(histories("Abe Ash"), st.booleans(), st.integers(20, 90), st.sampled_from(["Asia/Tokyo", "Europe/Berlin"]))
def test_the_same_clocks_in_another_zone_change_nothing(rows: list[Row], complete: bool, day: int, zone: str) -> None:
    here = [{**r, "candidate_zone": ""} for r in rows]
    found = []
    for place in ("America/Chicago", zone):
        as_of = (MONDAY + timedelta(days=day, hours=12)).isoformat()
        how = Setting(place, "US", complete, datetime.fromisoformat(as_of).replace(tzinfo=ZoneInfo(place)))
        found.append(marks(here, how))
    assert found[0] == found[1]


@FEW
@given(histories("Abe Ash"), answers(), MOMENTS, st.sampled_from(["email", "call", "voicemail", "text", "social"]))
def test_more_unanswered_contacts_never_raise_over_contact(
    rows: list[Row], how: Setting, delta: timedelta, channel: str
) -> None:
    common = {key: rows[0][key] for key in ("candidate_zone", "route")}
    more = row(MONDAY + delta, "candidate", "follow_up", channel, subject="Once more", note="no answer", **common)
    before, after = marks(rows, how), marks([*rows, more], how)
    assert not lower(before["Abe Ash"]["over_contact"], after["Abe Ash"]["over_contact"])


@FEW
@given(MOMENTS, st.sampled_from(["email", "call", "voicemail", "portal"]), st.sampled_from(["", "2026-03-13"]))
def test_a_single_follow_up_never_loses_base_or_spacing(delta: timedelta, channel: str, by: str) -> None:
    at = MONDAY + timedelta(hours=4) + delta
    assume(at > MONDAY + timedelta(hours=11))
    found = marks([interview(decision_on=by), row(at, "candidate", "follow_up", channel)], setting())
    assert found["Abe Ash"]["over_contact"] == 100.0


@FEW
@given(st.lists(MOMENTS, min_size=2, max_size=4, unique=True), st.sampled_from(["", "2026-03-13"]), st.data())
def test_a_second_follow_up_never_changes_the_timing_of_the_first(
    moments: list[timedelta], by: str, data: st.DataObject
) -> None:
    rows = [interview(decision_on=by)]
    for number, delta in enumerate(sorted(moments)):
        channel = data.draw(st.sampled_from(["email", "call", "voicemail"]))
        at = MONDAY + timedelta(hours=4) + delta
        assume(at > MONDAY + timedelta(hours=11))
        rows.append(row(at, "candidate", "follow_up", channel, subject=f"Message {number}"))
    assert marks(rows, setting())["Abe Ash"]["timing"] == marks(rows[:2], setting())["Abe Ash"]["timing"]


@FEW
@given(logs(), answers(), st.data())
def test_the_order_of_rows_and_of_files_changes_nothing(rows: list[Row], how: Setting, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(1, len(mixed)))
    files = [("b.csv", as_csv(mixed[:cut])), ("a.csv", as_csv(mixed[cut:]))]
    want = marks(rows, how)
    assert marks(mixed, how) == want
    one, other = (scores_of_files(order, how).candidates for order in (files, files[::-1]))
    columns = ["candidate", "overall", *FAMILIES]
    names = sorted(want)
    for table in (one, other):
        got = table.set_index("candidate").loc[names].reset_index()[columns]
        for name, values in zip(names, got.to_dict("records"), strict=True):
            for family in FAMILIES:
                mark = want[name][family]
                assert (values[family] != values[family]) if isinstance(mark, str) else values[family] == mark


@FEW
@given(logs(), answers())
def test_the_same_input_gives_the_same_bytes(rows: list[Row], how: Setting) -> None:
    one, other = (scores_of(as_csv(rows), how) for _ in range(2))
    for name in ("candidates", "applications", "units", "rows", "findings", "contacts"):
        assert getattr(one, name).to_csv() == getattr(other, name).to_csv(), name


@FEW
@given(logs(), answers(complete=False))
def test_taking_away_unseen_contacts_leaves_no_score_that_rests_on_absence(rows: list[Row], how: Setting) -> None:
    left = [r for r in rows if r["sender"] != "candidate"]
    for name, found in marks(left, how).items():
        assert [found[f] for f in MAIN if not isinstance(found[f], str)] == [], name


@FEW
@given(logs(), answers(complete=False), st.data())
def test_taking_away_one_persons_note_never_lowers_a_panels_round(
    rows: list[Row], how: Setting, data: st.DataObject
) -> None:
    notes = [i for i, r in enumerate(rows) if r["kind"] == "thank_you"]
    assume(len(notes) > 1)
    last = max((rows[i]["at"], i) for i in notes)[1]
    candidate = rows[last]["candidate"]
    assume(sum(rows[i]["candidate"] == candidate for i in notes) > 1)
    with_it, without = marks(rows, how), marks([r for i, r in enumerate(rows) if i != last], how)
    assert not lower(with_it[candidate]["thank_you"], without[candidate]["thank_you"])


@FEW
@given(logs(), answers())
def test_a_log_not_known_complete_never_scores_lower(rows: list[Row], how: Setting) -> None:
    known = marks(rows, Setting(how.zone, how.calendar, True, how.as_of))
    unknown = marks(rows, Setting(how.zone, how.calendar, False, how.as_of))
    for name in known:
        for family in FAMILIES:
            assert not lower(unknown[name][family], known[name][family]), (name, family)


@FEW
@given(logs(), answers())
def test_every_receipt_adds_up_to_the_last_digit(rows: list[Row], how: Setting) -> None:
    scores = scores_of(as_csv(rows), how)
    tenths = (scores.rows["candidate_points"] * 10).round().astype(int)
    off = tenths.groupby([scores.rows["candidate_key"], scores.rows["family"]]).sum()
    for candidate in scores.candidates.to_dict("records"):
        for family in FAMILIES:
            if candidate[f"{family}_status"] == "scored":
                taken = int(off.get((candidate["candidate_key"], family), 0))
                assert 1000 - taken == pytest.approx(candidate[family] * 10, abs=1e-6)
    units = scores.units[scores.units["status"] == "scored"]
    in_unit = (scores.rows["points"] * 10).round().astype(int).groupby(scores.rows["unit_key"]).sum()
    for unit in units.to_dict("records"):
        assert 1000 - int(in_unit.get(unit["unit_key"], 0)) == pytest.approx(unit["points"] * 10, abs=1e-6)
