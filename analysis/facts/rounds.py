"""Interview rounds and the notes sent after them, as measured; no judgement.

A round is all interviews of one application on one day of the employer. Its clock starts at the last end.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.clock import MICROS_DAY, MICROS_HOUR, Clock
from analysis.columns import Columns
from analysis.kinds import Classified
from analysis.policy import Classes
from analysis.segments import (
    Bools,
    Ints,
    firsts,
    group_any,
    group_count,
    last_true,
    matches,
    next_true,
    place_of,
    unique_rows,
)
from analysis.timeline import NO_TIME, Timeline, channel

_NEVER: Final = 10**6


def find_rounds(line: Timeline, classes: Classified, policy: Classes) -> Columns:
    """One row a round held, in order of application and time.

    Columns: ``app``, ``number`` (from 1 within the application), ``entry`` (first interview), ``last_entry``,
    ``starts``, ``ends`` (last end), ``first_end`` (instants), ``day``, ``end_day``, ``home_day`` (of the end),
    ``timed``,
    ``assumed_end``, ``with_agency``.
    """
    held = np.flatnonzero(classes.held)
    app, day = line.app[held], line.day[held]
    new = np.ones(len(held), dtype=bool)
    new[1:] = (app[1:] != app[:-1]) | (day[1:] != day[:-1])
    begin = np.flatnonzero(new)
    known_end = (line.ended[held] != NO_TIME) & (line.ended[held] >= line.at[held])
    ends = np.where(
        known_end,
        line.ended[held],
        line.at[held] + np.where(line.timed[held], int(policy.assumed_minutes * 60_000_000), 0),
    )
    if not len(held):
        ends = ends.astype(np.int64)
    last = np.append(begin[1:], len(held)) - 1 if len(begin) else begin

    def over(values: np.ndarray, how: np.ufunc) -> np.ndarray:
        return np.asarray(how.reduceat(values, begin)) if len(begin) else values[:0]

    first_of_app = np.ones(len(begin), dtype=bool)
    first_of_app[1:] = app[begin][1:] != app[begin][:-1]
    index = np.arange(len(begin))
    number = index - np.maximum.accumulate(np.where(first_of_app, index, 0)) + 1 if len(begin) else index
    return Columns(
        {
            "app": app[begin],
            "number": number,
            "entry": held[begin],
            "last_entry": held[last],
            "starts": over(line.at[held], np.minimum),
            "ends": over(ends, np.maximum),
            "first_end": over(ends, np.minimum),
            "day": day[begin],
            "timed": over(line.timed[held], np.logical_and),
            "assumed_end": over(~known_end & line.timed[held], np.logical_or),
            "with_agency": over(line.with_agency[held], np.logical_and),
        }
    )


def add_days(rounds: Columns, line: Timeline, clock: Clock) -> Columns:
    """The rounds with the employer's and the candidate's day on which each ended."""
    app = rounds["app"]
    ends = rounds["ends"]
    return rounds.having(end_day=clock.day(line.zone[app], ends), home_day=clock.day(line.home_zone[app], ends))


def round_of(line: Timeline, rounds: Columns, thanks: Bools) -> Ints:
    """For each entry the round it follows (-1 before the first).

    A note stamped within a day before an interview belongs to it when the round before was thanked already
    or there is none (the stamp is then checked for a wrong time zone).
    """
    opens = np.zeros(len(line), dtype=bool)
    opens[rounds["entry"]] = True
    number_at = np.full(len(line), -1, dtype=np.int64)
    number_at[rounds["entry"]] = np.arange(len(rounds))
    last = last_true(opens, line.first, before=False)
    out = np.where(last >= 0, number_at[last], -1)
    coming = next_true(opens, line.first)
    close = thanks & (coming >= 0) & ((line.at[coming] - line.at <= MICROS_DAY) | (line.day[coming] == line.day))
    thanked = last_true(thanks, line.first)
    done = (out < 0) | ((thanked >= 0) & (thanked > last))
    return np.where(close & done, number_at[coming], out)


def find_members(line: Timeline, classes: Classified, rounds: Columns, faces: Columns, clock: Clock) -> Columns:
    """One row per round and interviewer: ``round``, ``face``, ``order``, ``named``, ``reachable``, ``channel_days``.

    ``channel_days``: business days from the round to the first record of name and channel (large where none).
    """
    entry = faces["entry"]
    opened = rounds["entry"]
    closed = rounds["last_entry"]
    number = np.searchsorted(opened, entry, side="right") - 1
    inside = classes.held[entry] & (number >= 0)
    inside[inside] &= entry[inside] <= closed[number[inside]]
    met = Columns({"round": number[inside], "face": faces["face"][inside], "named": faces["named"][inside]})
    met = met.rows(np.lexsort((faces["position"][inside], entry[inside], met["round"])))
    first = unique_rows(met["round"], met["face"])
    members = met.rows(first)
    wide = int(faces["face"].max(initial=-1)) + 1
    key = members["round"] * wide + members["face"]
    named = group_any(met["named"], place_of(met["round"] * wide + met["face"], key), len(members))
    opens = firsts(members["round"])
    reached = np.flatnonzero(faces["channel"])
    one, other = matches(members["face"], faces["face"][reached])
    of = members["round"][one]
    days = clock.days_between(line.calendar[rounds["app"][of]], rounds["end_day"][of], line.day[entry[reached[other]]])
    channel_days = np.full(len(members), _NEVER, dtype=np.int64)
    np.minimum.at(channel_days, one, days)
    return members.having(
        named=named,
        order=np.arange(len(members), dtype=np.int64) - opens,
        reachable=np.isin(members["face"], faces["face"][reached]),
        channel_days=channel_days,
    )


def find_notes(
    line: Timeline,
    classes: Classified,
    rounds: Columns,
    members: Columns,
    faces: Columns,
    route: NDArray[np.object_],
    of_round: Ints,
    clock: Clock,
) -> Columns:
    """One row per thank-you and person thanked: ``entry``, ``round``, ``face`` (-1: somebody of the round), ``to_all``.

    Measured beside it: ``hours`` (counted hours from the end, candidate's zone), ``same_day``, ``days`` (business days
    of the candidate), ``card``, ``exact`` (both times known), ``known_day`` (neither time is only that of typing),
    ``early`` (hours before the first end, else 0 or less), ``before_start``.
    """
    flags = line.words
    handed = line.with_agency & line.by_candidate & (classes.is_class("with_agency") | classes.is_class("statement"))
    handed &= line.is_kind("thank_you", "debrief") | flags["handed_note"].to_numpy(dtype=bool)
    handed &= np.isin(route, ("via_agency", "unknown"))[line.app]
    # a debrief is the candidate's word to the recruiter, whoever rang
    handed |= classes.is_class("statement") & line.is_kind("debrief") & (route == "via_agency")[line.app]
    # unless it says that there was none
    handed &= ~flags["none_sent"].to_numpy(dtype=bool)
    thanks = classes.thanks | handed
    entry = np.flatnonzero(thanks & (of_round >= 0))
    number = of_round[entry]
    to_all = flags["thanks_others"].to_numpy(dtype=bool)[entry] | handed[entry]
    note, named = matches(entry, faces["entry"])
    alone = np.flatnonzero(group_count(note, len(entry)) == 0)
    face = np.concatenate((faces["face"][named], np.full(len(alone), -1, dtype=np.int64)))
    note = np.concatenate((note, alone))
    order = np.argsort(note, kind="stable")
    note, face = note[order], face[order]
    entry, number, to_all = entry[note], number[note], to_all[note]
    # a note that names nobody was for the only interviewer where there was one
    members_of = group_count(members["round"], len(rounds))
    only = np.full(len(rounds), -1, dtype=np.int64)
    only[members["round"]] = members["face"]
    face = np.where((face == -1) & (members_of[number] == 1), only[number], face) if len(rounds) else face
    app = line.app[entry]
    ends, first_end = (rounds[c][number] for c in ("ends", "first_end"))
    starts = rounds["starts"][number]
    closed = rounds["last_entry"]
    home_day = rounds["home_day"][number]
    at = line.at[entry]
    exact = line.timed[entry] & rounds["timed"][number]
    hours = clock.counted_hours(line.home_zone[app], line.home_calendar[app], ends, np.maximum(at, ends))
    return Columns(
        {
            "entry": entry,
            "round": number,
            "to_all": to_all,
            "face": face,
            "hours": hours,
            "same_day": line.home_day[entry] <= home_day,
            "days": np.maximum(clock.days_between(line.home_calendar[app], home_day, line.home_day[entry]), 0),
            "card": line.channel[entry] == channel("card"),
            "exact": exact,
            "known_day": ~line.logged_only[entry] & ~line.logged_only[closed[number]],
            "early": np.where(exact, (first_end - at) / MICROS_HOUR, 0.0),
            "before_start": np.where(exact, at < starts, line.home_day[entry] < home_day),
        }
    )


def find_not_held(application: Ints, interview: Bools, rounds: Columns) -> Ints:
    """Applications with an interview in the log of which none took place so far."""
    named = np.unique(application[interview & (application >= 0)])
    return named[~np.isin(named, rounds["app"])]
