"""What must hold for every log, whatever is in it. Hundreds of random histories are scored in each log."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from reference.adapter import analysed, marks_of, scores_of, scores_of_files
from reference.batches import Batch, Report, broken, drawn, every_log, four_logs
from reference.logs import MONDAY, PEOPLE, Row, as_csv, minute, moment
from reference.rows import Setting
from reference.scorer import Mark

from analysis.results import FAMILIES

MAIN = ("thank_you", "timing", "over_contact")
NEW_YORK = ("America/New_York", "US")
TABLES = ("candidates", "applications", "units", "rows", "findings", "contacts")
Marked = dict[str, Mark]


def setting(complete: bool = True, day: int = 95) -> Setting:
    as_of = (MONDAY + timedelta(days=day, hours=12)).replace(tzinfo=ZoneInfo(NEW_YORK[0]))
    return Setting(*NEW_YORK, complete, as_of)


def row(at: datetime, sender: str, kind: str, channel: str = "email", **more: str) -> Row:
    base = {"candidate": "Abe Ash", "client": "Acme", "route": "direct", "interviewer": "Dana Osei"}
    base |= {"interviewer_email": PEOPLE["Dana Osei"], "at": minute(at), "sender": sender, "kind": kind}
    return {**base, "receiver": "client" if sender == "candidate" else "candidate", "channel": channel, **more}


def interview(at: datetime = MONDAY + timedelta(hours=10), **more: str) -> Row:
    return row(at, "client", "interview", "in_person", ended_at=minute(at + timedelta(hours=1)), **more)


def lower(new: Mark, old: Mark) -> bool:
    return not isinstance(new, str) and not isinstance(old, str) and new < old - 1e-9


def different(before: Marked, after: Marked) -> bool:
    return before != after


def exact(at: str) -> bool:
    return len(at) > len("2026-03-02")


def later(at: str, by: timedelta) -> str:
    return (
        minute(datetime.fromisoformat(at) + by) if exact(at) else (datetime.fromisoformat(at) + by).date().isoformat()
    )


def day(row: Row) -> str:
    return row["at"][:10]


def added(rows: list[Row], at: datetime, sender: str, kind: str, channel: str, **more: str) -> list[Row]:
    """The history with one contact more, of the same candidate, client, place and route."""
    common = {key: rows[0][key] for key in ("candidate_zone", "route")}
    return [*rows, row(at, sender, kind, channel, **common, **more)]


def some_moment(dice: random.Random) -> datetime:
    return MONDAY + timedelta(days=dice.randint(0, 66), minutes=15 * dice.randint(30, 78))


# --- thank_you -----------------------------------------------------------------------------------


def test_a_thank_you_never_rises_with_delay() -> None:
    """The same note to one interviewer twice, sooner and later; interviews from Monday morning to Thursday."""

    def pair_of_waits(dice: random.Random) -> tuple[int, list[int], str]:
        waits = sorted([dice.randint(0, 8 * 96), dice.randint(0, 8 * 96)])
        return dice.randint(0, 3 * 96), waits, dice.choice(["email", "card"])

    tried = drawn(pair_of_waits, 400, 3)
    rows: list[Row] = []
    for number, (begins, pair, channel) in enumerate(tried):
        start = MONDAY + timedelta(hours=8, minutes=15 * begins)
        for name, wait in zip(("Sooner", "Later"), pair, strict=True):
            at = start + timedelta(hours=1, minutes=15 * wait)
            both = (interview(start), row(at, "candidate", "thank_you", channel))
            rows += [{**r, "candidate": f"{name} {number}"} for r in both]
    found = {name: marks["thank_you"] for name, marks in analysed(as_csv(rows), setting()).items()}
    assert [name for name, points in found.items() if isinstance(points, str)] == []
    rising = [n for n in range(len(tried)) if lower(found[f"Sooner {n}"], found[f"Later {n}"])]
    shown = as_csv([r for r in rows if r["candidate"].split()[-1] in {str(n) for n in rising[:3]}])
    assert not rising, f"{len(rising)} of {len(tried)} rise\n{shown}"


def test_a_thank_you_of_any_history_never_rises_with_delay() -> None:
    def delayed(rows: list[Row], number: int) -> list[Row] | None:
        """One of the notes later; of one interview only, because a late note may belong to the next."""
        notes = [i for i, r in enumerate(rows) if r["kind"] == "thank_you"]
        if not notes or sum(r["kind"] == "interview" for r in rows) > 1:
            return None
        dice = random.Random(number)
        one = dice.choice(notes)
        by = timedelta(minutes=15 * dice.randint(1, 900)) if exact(rows[one]["at"]) else timedelta(dice.randint(1, 9))
        return [{**r, "at": later(r["at"], by)} if i == one else r for i, r in enumerate(rows)]

    broken(every_log(), delayed, lambda old, new: lower(old["thank_you"], new["thank_you"])).clear()


# --- over_contact --------------------------------------------------------------------------------


def test_an_ordinary_employer_reply_never_lowers_over_contact() -> None:
    def replied(rows: list[Row], number: int) -> list[Row]:
        at = some_moment(random.Random(number))
        return added(rows, at, "client", "other", "email", subject="Re: your message", note="No news yet")

    broken(four_logs(), replied, lambda old, new: lower(new["over_contact"], old["over_contact"])).clear()


UNANSWERED = {
    "a message without a note": (("email", "text", "social", "portal"), ""),
    "a call nobody took": (("call",), "no answer"),
    "a voicemail": (("voicemail",), ""),
}


@pytest.mark.parametrize("kind", UNANSWERED)
def test_more_unanswered_contacts_never_raise_over_contact(kind: str) -> None:
    channels, note = UNANSWERED[kind]

    def chased(rows: list[Row], number: int) -> list[Row]:
        dice = random.Random(number)
        met = [(r["interviewer"], r["interviewer_email"]) for r in rows if ";" not in r["interviewer"]]
        who, mail = dice.choice([("", ""), *met])
        at, channel = some_moment(dice), dice.choice(channels)
        who_at = {"interviewer": who, "interviewer_email": mail}
        return added(rows, at, "candidate", "follow_up", channel, subject="Zebra", note=note, **who_at)

    broken(four_logs(), chased, lambda old, new: lower(old["over_contact"], new["over_contact"])).clear()


def test_a_single_follow_up_never_loses_base_or_spacing() -> None:
    def only_one(rows: list[Row], number: int) -> list[Row] | None:
        chasers = [i for i, r in enumerate(rows) if r["kind"] == "follow_up"]
        if not chasers:
            return None
        kept = random.Random(number).choice(chasers)
        return [r for i, r in enumerate(rows) if i == kept or r["kind"] != "follow_up"]

    report = Report()
    for log in every_log():
        single = log.changed(only_one)
        scores = scores_of(single.text, single.how)
        lost = scores.rows[scores.rows["rule"].isin(["over_contact.base", "over_contact.spacing"])]
        names = scores.candidates.set_index("candidate_key")["candidate"]
        report.tried += len(single.histories)
        for name in names[lost["candidate_key"].unique()]:
            report.note(single.shown(name))
    report.clear()


def test_one_follow_up_at_any_hour_to_a_person_met_keeps_over_contact_whole() -> None:
    channels = ["email", "call", "voicemail", "portal"]
    tried = drawn(lambda dice: (moment(dice), dice.choice(channels), dice.random() < 0.5), 400, 2)
    rows: list[Row] = []
    for number, (delta, channel, dated) in enumerate(tried):
        at = max(MONDAY + timedelta(hours=4) + delta, MONDAY + timedelta(hours=11, minutes=15))
        told = interview(decision_on="2026-03-13" if dated else "")
        rows += [{**r, "candidate": f"Candidate {number}"} for r in (told, row(at, "candidate", "follow_up", channel))]
    found = analysed(as_csv(rows), setting())
    assert {name: m["over_contact"] for name, m in found.items() if m["over_contact"] != 100.0} == {}
    assert len(found) == len(tried)


# --- timing --------------------------------------------------------------------------------------


def test_a_second_follow_up_never_changes_the_timing_of_the_first() -> None:
    def followed_again(rows: list[Row], number: int) -> list[Row] | None:
        """A second one, one to three days after one of the history's own, nothing from the employer between."""
        dice = random.Random(number)
        chasers = [r for r in rows if r["kind"] == "follow_up"]
        if not chasers:
            return None
        first = dice.choice(chasers)
        at = datetime.fromisoformat(day(first)) + timedelta(days=dice.randint(1, 3), minutes=15 * dice.randint(30, 78))
        if any(r["sender"] == "client" and day(first) <= day(r) <= minute(at)[:10] for r in rows):
            return None
        channel = dice.choice(["email", "call", "voicemail", "text"])
        return added(
            rows, at, "candidate", "follow_up", channel, subject="Once more", note=dice.choice(["", "no answer"])
        )

    broken(every_log(), followed_again, lambda old, new: old["timing"] != new["timing"]).clear()


# --- what a log may look like --------------------------------------------------------------------


def repeated(rows: list[Row], number: int) -> list[Row]:
    return [*rows, *random.Random(number).choices(rows, k=number % 3 + 1)]


def test_an_exact_duplicate_changes_nothing() -> None:
    broken(four_logs(), repeated, different).clear()


def test_candidates_beside_each_other_change_nothing() -> None:
    report = Report()
    for log in four_logs():
        for name in list(log.histories)[:2]:
            report.tried += 1
            alone = analysed(log.shown(name), log.how)[name]
            if alone != log.marks()[name]:
                report.note(f"alone {alone}, beside others {log.marks()[name]}\n{log.how}\n{log.shown(name)}")
    report.clear(least=8)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Europe/Berlin"])
def test_the_same_clocks_in_another_zone_change_nothing(zone: str) -> None:
    def moved(log: Batch, place: str) -> Batch:
        here = log.changed(lambda rows, _: [{**r, "candidate_zone": ""} for r in rows])
        return here.set_to(zone=place, calendar="US", as_of=log.how.as_of.replace(tzinfo=ZoneInfo(place)))

    report = Report()
    for log in four_logs()[:2]:
        here, there = moved(log, "America/Chicago"), moved(log, zone)
        for name in log.histories:
            report.tried += 1
            if here.marks()[name] != there.marks()[name]:
                report.note(f"Chicago {here.marks()[name]}, {zone} {there.marks()[name]}\n{here.shown(name)}")
    report.clear()


def test_the_order_of_rows_and_of_files_changes_nothing() -> None:
    report = Report()
    for log in four_logs()[1:3]:
        doubled = log.changed(repeated)
        mixed = random.Random(len(doubled.rows)).sample(doubled.rows, len(doubled.rows))
        cut = len(mixed) // 3
        files = [("b.csv", as_csv(mixed[:cut])), ("a.csv", as_csv(mixed[cut:]))]
        ways = [analysed(as_csv(mixed), log.how)]
        ways += [marks_of(scores_of_files(order, log.how)) for order in (files, files[::-1])]
        for name, marks in log.marks().items():
            report.tried += 1
            if any(way[name] != marks for way in ways):
                report.note(f"{marks}, mixed {[way[name] for way in ways]}\n{log.how}\n{doubled.shown(name)}")
    report.clear()


def test_the_same_input_gives_the_same_bytes() -> None:
    for log in every_log()[:2]:
        assert len(log.histories) >= 150
        again = scores_of(log.text, log.how)
        for name in TABLES:
            assert getattr(log.scores(), name).to_csv() == getattr(again, name).to_csv(), name


def not_complete() -> list[Batch]:
    return [log if not log.how.complete else log.set_to(complete=False) for log in four_logs()]


def test_taking_away_unseen_contacts_leaves_no_score_that_rests_on_absence() -> None:
    def unseen(rows: list[Row], _: int) -> list[Row]:
        return [r for r in rows if r["sender"] != "candidate"]

    broken(not_complete(), unseen, lambda _, new: any(not isinstance(new[f], str) for f in MAIN)).clear()


def test_taking_away_one_persons_note_never_raises_a_panels_round() -> None:
    def without_the_last(rows: list[Row], _: int) -> list[Row] | None:
        notes = [i for i, r in enumerate(rows) if r["kind"] == "thank_you"]
        if len(notes) < 2 or sum(r["kind"] == "interview" for r in rows) > 1:
            return None
        last = max((rows[i]["at"], i) for i in notes)[1]
        return [r for i, r in enumerate(rows) if i != last]

    logs = [log.set_to(complete=False) for log in every_log()]
    broken(logs, without_the_last, lambda old, new: lower(old["thank_you"], new["thank_you"])).clear(least=200)


def test_a_log_not_known_complete_never_scores_lower() -> None:
    report = Report()
    for log in four_logs():
        other = log.set_to(complete=not log.how.complete)
        known, unknown = (log, other) if log.how.complete else (other, log)
        for name in log.histories:
            report.tried += 1
            pairs = [(f, unknown.marks()[name][f], known.marks()[name][f]) for f in FAMILIES]
            wrong = [f"{f}: not complete {a}, complete {b}" for f, a, b in pairs if lower(a, b)]
            if wrong:
                report.note("\n".join([*wrong, str(log.how), log.shown(name)]))
    report.clear()


def test_every_receipt_adds_up_to_the_last_digit() -> None:
    for log in four_logs():
        scores = log.scores()
        tenths = (scores.rows["candidate_points"] * 10).round().astype(int)
        off = tenths.groupby([scores.rows["candidate_key"], scores.rows["family"]]).sum()
        for candidate in scores.candidates.to_dict("records"):
            for family in FAMILIES:
                if candidate[f"{family}_status"] == "scored":
                    taken = int(off.get((candidate["candidate_key"], family), 0))
                    left = candidate[family] * 10
                    assert 1000 - taken == pytest.approx(left, abs=1e-6), log.shown(candidate["candidate"])
        units = scores.units[scores.units["status"] == "scored"]
        in_unit = (scores.rows["points"] * 10).round().astype(int).groupby(scores.rows["unit_key"]).sum()
        names = scores.candidates.set_index("candidate_key")["candidate"]
        for unit in units.to_dict("records"):
            receipt = scores.rows.loc[scores.rows["unit_key"] == unit["unit_key"], ["rule", "points"]]
            left = 1000 - int(in_unit.get(unit["unit_key"], 0))
            shown = f"{unit['points']}\n{receipt}\n{log.how}\n{log.shown(names[unit['candidate_key']])}"
            assert left == pytest.approx(unit["points"] * 10, abs=1e-6), shown
