"""What the employer said about the decision: dates in force, promises to call, moves and endings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.clock import MICROS_DAY
from analysis.columns import Columns
from analysis.kinds import Classified
from analysis.named_days import decision_days
from analysis.segments import Bools, Ints, last_true
from analysis.timeline import Timeline

NO_DAY = -1


@dataclass(frozen=True, slots=True)
class Decisions:
    """Per entry of the timeline.

    ``day``: the decision date known to the candidate after this entry (`NO_DAY` where none), ``vague`` whether it came
    from words, ``source`` the entry that said it. ``states_date``: this entry states one. Masks: ``ending`` (rejection,
    offer, hired, closed), ``withdrawn``, ``invitation``, ``moves`` (any of these but a withdrawal), ``will_contact``,
    ``no_calls``, ``no_contact``, ``no_notes``, ``none_sent``, ``told_ending`` (the candidate knows).
    """

    day: Ints
    vague: Bools
    source: Ints
    states_date: Bools
    ending: Bools
    withdrawn: Bools
    invitation: Bools
    moves: Bools
    will_contact: Bools
    no_calls: Bools
    no_contact: Bools
    no_notes: Bools
    none_sent: Bools


def find_decisions(
    line: Timeline, classes: Classified, contacts: pd.DataFrame, rounds: Columns, of_round: Ints
) -> Decisions:
    """Work out what stood at every entry."""
    live = ~(classes.is_class("duplicate") | classes.is_class("automated") | classes.is_class("not_happened"))
    words = line.words
    flag = {name: words[name].to_numpy(dtype=bool) for name in ("invitation", "none_sent")}
    heard = live & (classes.human | line.told)
    spoken = classes.is_class("follow_up") & (classes.answered > 0)
    statement = live & (classes.is_class("statement") | line.with_agency)
    says = heard | spoken | statement | classes.held
    day, vague = _stated(line, contacts, says)
    states = says & (day >= 0)

    # a debrief reports what was said at the interview: it counts from there
    place = np.arange(len(line), dtype=np.int64)
    report = states & line.is_kind("debrief") & (of_round >= 0)
    place[report] = rounds["last_entry"][of_round[report]]
    said = np.flatnonzero(states)
    said = said[np.argsort(place[said], kind="stable")]
    source_at = np.full(len(line), -1, dtype=np.int64)
    source_at[place[said]] = said
    stands = last_true(source_at >= 0, line.first, before=False)
    source = np.where(stands >= 0, source_at[stands], -1)
    in_force = np.where(source >= 0, day[source], NO_DAY)
    if len(rounds):
        met = rounds["day"][of_round]
        in_force = np.where((of_round >= 0) & (in_force < met), NO_DAY, in_force)
    source = np.where(in_force == NO_DAY, -1, source)

    client_word = live & (heard | line.to_agency_by_client) & ~classes.is_class("interview")
    ending = client_word & line.is_kind("rejection", "offer", "hired", "closed")
    ending |= live & statement & line.is_kind("hired", "closed", "offer", "rejection")
    invited_by = classes.human | (live & line.with_agency & ~line.by_candidate)
    invitation = invited_by & flag["invitation"] & ~ending & ~classes.is_class("interview")
    return Decisions(
        in_force,
        np.where(source >= 0, vague[source], False),
        source,
        states,
        ending,
        live & line.is_kind("withdrawn"),
        invitation,
        ending | invitation,
        heard & line.is_kind("will_contact"),
        heard & line.is_kind("no_calls"),
        heard & line.is_kind("no_contact"),
        heard & line.is_kind("no_notes"),
        live & flag["none_sent"] & ~classes.human,
    )


def _stated(line: Timeline, contacts: pd.DataFrame, says: Bools) -> tuple[Ints, Bools]:
    given = contacts["decision_day"]
    day = given.dt.as_unit("us").astype("int64").to_numpy() // MICROS_DAY
    day = np.where(given.isna().to_numpy(), NO_DAY, day)[line.row]
    vague = contacts["decision_vague"].to_numpy(dtype=bool)[line.row]
    spoken = line.words["decision_words"].to_numpy(dtype=object)
    # a calendar's interview has a title, which states no date; the desk's own line about one has none
    titled = line.is_kind("interview") & (contacts["subject"] != "").to_numpy()[line.row]
    asks = says & (day < 0) & (spoken != "") & ~titled
    where = np.flatnonzero(asks)
    if len(where):
        said_on = pd.Series((line.day[where] * MICROS_DAY).view("M8[us]"))
        found = decision_days(pd.Series(spoken[where], dtype="str"), said_on)
        known = found["day"].notna().to_numpy()
        day[where[known]] = found["day"].dt.as_unit("us").astype("int64").to_numpy()[known] // MICROS_DAY
        vague[where[known]] = found["vague"].to_numpy(dtype=bool)[known]
    return day, vague
