"""The action list at a moment: who needs a word today, why, and what to do.

Sorted by what is live and can still be mended, never by low score. The moment is the scores' own ``as_of``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.policy import Today, default_policy
from analysis.results import Scores

MOST: Final = 8
"""Rows shown: a list of eight is worked through, a wall of seventy-five is not."""

_COLUMNS: Final = {
    **dict.fromkeys(
        ("what", "candidate_key", "candidate", "application_key", "client", "sentence", "reason", "do", "about"), "str"
    ),
    "since": "datetime64[us, UTC]",
}
_ORDER: Final = ("stop", "date_today", "note", "check_in", "date_passed", "debrief")


def actions(scores: Scores, most: int | None = MOST, rules: Today | None = None) -> pd.DataFrame:
    """One row an action: ``what`` (code), ``candidate_key``, ``candidate``, ``application_key``, ``client``,
    ``sentence``,
    ``reason``, ``do`` (``call candidate``, ``ask candidate to wait``, ``chase client``, ``take debrief``),
    ``since`` (UTC), ``about`` (a short opaque mark of what the row is about: the same as long as nothing new happened).

    ``most``: how many rows at most (None for all). ``rules``: ``policy.today`` (None for the defaults). A candidate
    appears once, with the most urgent.
    """
    rows = every_action(scores, rules).drop_duplicates("candidate_key")
    return rows.head(most).reset_index(drop=True) if most is not None else rows.reset_index(drop=True)


def every_action(scores: Scores, rules: Today | None = None) -> pd.DataFrame:
    """As `actions`, with everything that is to do for a candidate, the most urgent first."""
    rules = rules or default_policy().today
    live = scores.applications[scores.applications["stage"] == "open"]
    runs = _silences(scores, live, rules)
    parts = [
        _stops(runs),
        _dates(scores, live, runs, rules),
        _notes(scores, live, rules),
        _check_ins(scores, live),
        _debriefs(scores, live, rules),
    ]
    found = [p for p in parts if len(p)]
    return in_order(pd.concat(found, ignore_index=True)) if found else _nothing()


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Actions by what is most urgent, the latest first; for rows that were put together from parts."""
    rank = rows["what"].map({name: n for n, name in enumerate(_ORDER)})
    by = ["rank", "since", "candidate", "application_key"]
    ordered = rows.assign(rank=rank).sort_values(by, ascending=[True, False, True, True], kind="stable")
    return ordered.drop(columns="rank").reset_index(drop=True)


def newest_contact_age(scores: Scores) -> int | None:
    """Days since the newest contact before the moment; None for an empty log."""
    at = scores.contacts.loc[scores.contacts["at"] <= scores.as_of, "at"]
    return None if not len(at) else int((scores.as_of - at.max()).days)


def is_stale(scores: Scores, rules: Today | None = None) -> bool:
    """Whether the newest contact is old enough to distrust the list (``rules``: ``policy.today``)."""
    age = newest_contact_age(scores)
    return age is None or age > (rules or default_policy().today).stale_days


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in _COLUMNS.items()})


def _rows(
    frame: pd.DataFrame, what: str, sentence: list[str], reason: list[str], do: str, about: str = "since"
) -> pd.DataFrame:
    if not len(frame):
        return _nothing()
    kept = frame[["candidate_key", "candidate", "application_key", "client", "since"]].reset_index(drop=True)
    kept["client"] = kept["client"].where(kept["client"] != "", "the client")
    # what a row is about: the day that is due, else the contact that brought it up
    until = frame["decision_day"] if about == "decision_day" else frame["since"]
    told = what + "|" + frame["application_key"] + "|" + until.astype("str")
    marks = [sha256(text.encode()).hexdigest()[:16] for text in told]
    return kept.assign(what=what, sentence=sentence, reason=reason, do=do, about=marks).astype(_COLUMNS)


def _open_units(
    scores: Scores, live: pd.DataFrame, family: str, wanted: Callable[[pd.DataFrame], pd.Series]
) -> pd.DataFrame:
    """The latest unit of a family per live application, if it is wanted, with the application's names."""
    units = scores.units[scores.units["family"] == family]
    last = units.drop_duplicates("application_key", keep="last")
    last = last[last["application_key"].isin(live["application_key"]) & wanted(last)]
    if last.empty:  # most candidates on most days: nothing needs to be looked up
        return last
    names = live[["application_key", "candidate_key", "candidate", "client", "route", "client_zone", "decision_day"]]
    return last.drop(columns=["candidate_key", "decision_day", "reason"]).merge(names, on="application_key")


def _within(moments: pd.Series, scores: Scores, days: float) -> pd.Series:
    """Which moments have passed, and no longer ago than so many days."""
    return (moments <= scores.as_of) & (scores.as_of - moments <= pd.Timedelta(days=days))


def _each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame with its columns as attributes."""
    return frame.itertuples(index=False)


def _day(moment: pd.Timestamp, zone: str) -> str:
    local = moment.tz_convert(zone)
    return f"{local:%a} {local.day} {local:%b}"


def _when(moment: pd.Timestamp, zone: str, exact: str) -> str:
    """A contact's moment as exactly as it is known: no clock time where only its day is."""
    clock = {"day": "", "evening": " evening"}.get(exact, f" {moment.tz_convert(zone):%H:%M}")
    return _day(moment, zone) + clock


def _exactly(frame: pd.DataFrame, scores: Scores, column: str) -> pd.DataFrame:
    """The frame with ``exact``: how exactly the contact of the application at the moment in ``column`` is known."""
    known = scores.contacts[["application_key", "at", "precision"]].set_axis(
        ["application_key", column, "exact"], axis=1
    )
    # of several at one moment, the one that has a clock time
    known = known.sort_values("exact", key=lambda e: e.isin(("day", "evening")), kind="stable")
    return frame.merge(known.drop_duplicates(["application_key", column]), how="left", on=["application_key", column])


def _client(name: str) -> str:
    return name or "the client"


def _local_days(frame: pd.DataFrame, scores: Scores) -> pd.Series:
    """Today on each employer's clock, as naive midnight."""
    today = {
        zone: scores.as_of.tz_convert(zone).tz_localize(None).normalize() for zone in frame["client_zone"].unique()
    }
    return frame["client_zone"].map(today).astype("datetime64[us]")


def _silences(scores: Scores, live: pd.DataFrame, rules: Today) -> pd.DataFrame:
    """The silence runs that are still going on, with a follow-up in the last days; ``since`` is the latest one."""
    runs = _open_units(
        scores, live, "over_contact", lambda u: scores.as_of - u["ends"] <= pd.Timedelta(days=rules.fresh_days)
    )
    if runs.empty:
        return runs
    log = scores.contacts[(scores.contacts["at"] <= scores.as_of) & (scores.contacts["application_key"] != "")]
    theirs = (log["class"] == "employer") & (log["receiver"] != "agency")
    talk = (log["class"] == "follow_up") & (log["answered"] > 0)
    met = (log["class"] == "interview") & (log["round"] > 0)
    word = log[theirs | talk | met].groupby("application_key")["at"].max()
    heard = word.reindex(runs["application_key"]).set_axis(runs.index)
    return _exactly(runs[~(heard >= runs["ends"])].assign(since=lambda f: f["ends"]), scores, "since")


def _stops(runs: pd.DataFrame) -> pd.DataFrame:
    if runs.empty:
        return _nothing()
    loud = runs[runs["length"] >= 2]
    sentences = [
        f"Ask {r.candidate} to leave it: {r.length} follow-ups to {_client(r.client)} without an answer, the last on "
        f"{_when(r.since, r.client_zone, r.exact)}. You chase {_client(r.client)}."
        for r in _each(loud)
    ]
    reasons = [f"{r.length} unanswered in a row: {r.word}" for r in _each(loud)]
    return _rows(loud, "stop", sentences, reasons, "ask candidate to wait")


def _dates(scores: Scores, live: pd.DataFrame, runs: pd.DataFrame, rules: Today) -> pd.DataFrame:
    dated = live[live["decision_day"].notna()].assign(since=lambda f: f["last_contact"])
    today = _local_days(dated, scores)
    gone = (today - dated["decision_day"]).dt.days
    if not ((gone >= 0) & (gone <= rules.fresh_days)).any():
        return _asked(scores, runs)
    due, passed = dated[gone == 0], dated[(gone > 0) & (gone <= rules.fresh_days) & (dated["route"] == "via_agency")]
    one = _rows(
        due,
        "date_today",
        [f"{_client(r.client)} wanted to decide on {r.candidate} today. Ask them how it stands." for r in _each(due)],
        [f"Their decision date is {r.decision_day:%a} {r.decision_day.day} {r.decision_day:%b}" for r in _each(due)],
        "chase client",
        "decision_day",
    )
    two = _rows(
        passed,
        "date_passed",
        [
            f"{_client(r.client)} is past its own date for {r.candidate}, and asks come from you there."
            for r in _each(passed)
        ],
        [f"Their date was {r.decision_day:%a} {r.decision_day.day} {r.decision_day:%b}" for r in _each(passed)],
        "chase client",
        "decision_day",
    )
    return pd.concat([one, two, _asked(scores, runs)], ignore_index=True)


def _asked(scores: Scores, runs: pd.DataFrame) -> pd.DataFrame:
    """Whose client is past its own date and who has asked already."""
    if runs.empty:
        return _nothing()
    asked = runs[runs["decision_day"].notna() & (runs["route"] != "via_agency")]
    asked_on = [s.tz_convert(z).tz_localize(None) for s, z in zip(asked["since"], asked["client_zone"], strict=True)]
    asked = asked[pd.Series(asked_on, index=asked.index, dtype="datetime64[us]").dt.normalize() > asked["decision_day"]]
    late = (_local_days(asked, scores) - asked["decision_day"]).dt.days
    return _rows(
        asked,
        "date_passed",
        [
            f"{_client(r.client)} is {days} day{'s' * (days != 1)} past its own date, and {r.candidate} has asked. "
            f"Ask {r.candidate} to leave it: you chase {_client(r.client)}."
            for r, days in zip(_each(asked), late, strict=True)
        ],
        [
            f"Their date was {r.decision_day:%a} {r.decision_day.day} {r.decision_day:%b}; the last check-in was on "
            f"{_when(r.since, r.client_zone, r.exact)}"
            for r in _each(asked)
        ],
        "chase client",
    )


def _notes(scores: Scores, live: pd.DataFrame, rules: Today) -> pd.DataFrame:
    open_ = _open_units(
        scores,
        live,
        "thank_you",
        lambda u: _within(u["ends"], scores, rules.fresh_days) & u["status"].isin(("pending", "cannot see")),
    )
    if open_.empty:
        return _nothing()
    open_ = _exactly(open_.assign(since=open_["ends"]), scores, "starts")
    covered = scores.contacts.loc[scores.contacts["complete"], "application_key"]
    unseen = (open_["status"] == "cannot see") | ~open_["application_key"].isin(covered)
    sentences = [
        f"Call {r.candidate}: interviewed at {_client(r.client)} {_when(r.starts, r.client_zone, r.exact)}, "
        "no note seen."
        for r in _each(open_)
    ]
    reasons = ["Your files may not show it: ask" if u else "A note is still welcome" for u in unseen]
    return _rows(open_, "note", sentences, reasons, "call candidate")


def _check_ins(scores: Scores, live: pd.DataFrame) -> pd.DataFrame:
    due = _open_units(
        scores,
        live,
        "timing",
        lambda u: (
            u["status"].isin(("pending", "cannot see"))
            & (u["good_from"] <= scores.as_of)
            & (u["good_to"] >= scores.as_of)
        ),
    )
    if due.empty:
        return _nothing()
    due = due.assign(since=due["good_from"])
    quiet = scores.contacts.loc[scores.contacts["kind"] == "no_calls", "application_key"]
    written = due["application_key"].isin(quiet)
    ways = np.where(written, "by e-mail, they asked for no calls", "if by phone, mid-morning")
    sentences = [
        f"Tell {r.candidate} that a check-in with {_client(r.client)} is welcome until "
        f"{_day(r.good_to - pd.Timedelta(minutes=1), r.client_zone)}; {how}."
        for r, how in zip(_each(due), ways, strict=True)
    ]
    reasons = [
        f"Their date was {r.decision_day:%a} {r.decision_day.day} {r.decision_day:%b}"
        if pd.notna(r.decision_day)
        else f"No date is known; waiting since {_day(r.starts, r.client_zone)}"
        for r in _each(due)
    ]
    return _rows(due, "check_in", sentences, reasons, "call candidate")


def _debriefs(scores: Scores, live: pd.DataFrame, rules: Today) -> pd.DataFrame:
    rounds = _open_units(scores, live, "thank_you", lambda u: _within(u["ends"], scores, rules.debrief_days))
    if rounds.empty:
        return _nothing()
    log = scores.contacts
    written = (log[["decision_asked", "decision_on", "topics"]] != "").any(axis=1)
    told = log[(log["kind"] == "debrief") | written]
    heard = told[["application_key", "round"]].drop_duplicates().assign(heard=True)
    rounds = rounds.merge(heard, how="left", on=["application_key", "round"])
    missing = _exactly(rounds[rounds["heard"].isna()].assign(since=lambda f: f["ends"]), scores, "starts")
    sentences = [
        f"Take the debrief from {r.candidate}: nothing is recorded of {_client(r.client)} on "
        f"{_when(r.starts, r.client_zone, r.exact)}."
        for r in _each(missing)
    ]
    reasons = ["Our miss, not the candidate's" for _ in range(len(missing))]
    return _rows(missing, "debrief", sentences, reasons, "take debrief")
