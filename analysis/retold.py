"""Contacts that a note tells of and that stand in the log themselves: the same contact, counted once.

Source: "Duplicate" in docs/rules.md. The row of the log is the primary; of two notes the more exact one is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.clock import MICROS_DAY
from analysis.doubles import Doubles, Seen, codes, follow, same_parties
from analysis.segments import Bools, Ints
from analysis.timeline import Timeline, channel

_HOUR: Final = 3_600_000_000
_LOOSE: Final = 90 * 60_000_000
"""How far a time told from memory may lie from the one in the log."""
_EVENING: Final = 17 * _HOUR
_NIGHT: Final = 4 * _HOUR


def told_again(doubles: Doubles, line: Timeline, contacts: pd.DataFrame) -> Doubles:
    """The doubles with those among them that a note tells of.

    One row of the log for one contact told of, of the same parties and channel (where the note names one), on the
    told day, in the told evening, or within an hour and a half of the told time.
    """
    told = contacts["told_at"].notna().to_numpy()[line.row]
    if not told.any():
        return doubles
    seen = Seen(line, contacts)
    same = doubles.of.copy()
    note = codes((contacts["file"] + ":" + contacts["line"].astype("str")).to_numpy(dtype=object)[line.row])
    for others in (~told, told):
        mine = np.flatnonzero(told & (same < 0))
        fit = others & (same < 0) & ~seen.interview & ~seen.off & ~line.logged_only
        pairs = _pairs(line, seen, mine, np.flatnonzero(fit), note)
        while len(pairs):
            best = pairs.drop_duplicates("one").drop_duplicates("other")
            same[best["other"].to_numpy()] = best["one"].to_numpy()
            gone = pairs["other"].isin(best["other"]) | pairs["one"].isin(best["one"])
            gone |= pairs["one"].isin(best["other"]) | pairs["other"].isin(best["one"])
            pairs = pairs[~gone.to_numpy()]
    follow(same)
    return replace(doubles, of=same)


def _pairs(line: Timeline, seen: Seen, told: Ints, rows: Ints, note: Ints) -> pd.DataFrame:
    """Contacts told of (``other``) with the entries that can be the same (``one``), the nearest first."""
    mine = pd.DataFrame({"app": line.app[told], "way": seen.way[told], "other": told})
    theirs = pd.DataFrame({"app": line.app[rows], "way": seen.way[rows], "one": rows})
    both = mine.merge(theirs, on=["app", "way"])
    one, other = both["one"].to_numpy(dtype=np.int64), both["other"].to_numpy(dtype=np.int64)
    keep = (note[one] != note[other]) | ~seen.told[one]
    keep &= ~seen.told[one] | _exacter(line, one, other)
    keep &= (line.channel[one] == line.channel[other]) | (line.channel[other] < 0) | (line.channel[one] < 0)
    keep &= _when(line, one, other) & _kinds(line, one, other)
    one, other = one[keep], other[keep]
    meet = same_parties(seen, one, other) if len(one) else np.zeros(0, dtype=bool)
    one, other = one[meet], other[meet]
    order = np.lexsort((one, other, np.abs(line.at[one] - line.at[other])))
    return pd.DataFrame({"one": one[order], "other": other[order]})


def _exacter(line: Timeline, one: Ints, other: Ints) -> Bools:
    """Of two that notes tell of, whether the first is the more exact, or the earlier of two alike."""
    rank = line.timed * 2 + line.evening
    return np.asarray((rank[one] > rank[other]) | ((rank[one] == rank[other]) & (one < other)), dtype=bool)


def _when(line: Timeline, one: Ints, other: Ints) -> Bools:
    """Whether the time of an entry fits what was told of the other."""
    day = line.day[one] == line.day[other]
    hour = line.local[one] - line.day[one] * MICROS_DAY
    untimed = ~line.timed[one] & ~line.evening[one]
    late = day & (untimed | line.evening[one] | (hour >= _EVENING))
    late |= (line.day[one] == line.day[other] + 1) & line.timed[one] & (hour < _NIGHT)
    near = np.abs(line.at[one] - line.at[other]) <= _LOOSE
    near |= day & untimed
    near |= day & line.evening[one] & (line.local[other] - line.day[other] * MICROS_DAY >= _EVENING)
    return np.asarray(np.where(line.timed[other], near, np.where(line.evening[other], late, day)), dtype=bool)


def _kinds(line: Timeline, one: Ints, other: Ints) -> Bools:
    """Whether both can be of one kind: what a note calls a call may have been any call."""
    kinds = (line.kind[one] == line.kind[other]) | (line.kind[one] < 0) | (line.kind[other] < 0)
    polite = line.is_kind("thank_you", "courtesy", "reply")
    kinds |= polite[one] & polite[other]
    kinds |= line.is_kind("follow_up")[other] & (line.channel[other] == channel("call"))
    return np.asarray(kinds, dtype=bool)
