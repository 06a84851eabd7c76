"""What was gathered at and right after the interview, and what the note said, as measured."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.clock import Clock
from analysis.facts.decisions import Decisions
from analysis.gists import note_measures
from analysis.greetings import measure_notes
from analysis.kinds import Classified
from analysis.segments import Bools, Ints, group_any
from analysis.timeline import Timeline, channel

_NEVER: Final = 10**6


def find_asking(
    line: Timeline,
    classes: Classified,
    decisions: Decisions,
    contacts: pd.DataFrame,
    rounds: pd.DataFrame,
    of_round: Ints,
    clock: Clock,
) -> pd.DataFrame:
    """One row a round: ``at_meeting`` (asked or volunteered there), ``later_days`` (business days to asking, large
    where
    never), ``in_note``, ``not_asked`` (known), ``entry`` (what says so)."""
    size = len(rounds)
    said = contacts["decision_asked"].to_numpy(dtype=object)[line.row]
    live = (classes.duplicate_of < 0) & (of_round >= 0)
    number = np.where(live, of_round, 0)
    report = classes.held | line.is_kind("debrief")
    app = line.app
    end_day = rounds["end_day"].to_numpy(dtype=np.int64)[number] if size else number
    days = clock.days_between(line.home_calendar[app], end_day, line.home_day)
    yes = np.isin(said, ("yes", "volunteered"))
    dated = classes.held & decisions.states_date
    at_meeting = live & ((yes & report) | dated | ((said == "volunteered") & (days <= 0)))
    later = live & ~at_meeting & yes
    asked_in_text = line.words["asks_decision"].to_numpy(dtype=bool) & line.to_client
    in_note = live & ((said == "in_note") | (asked_in_text & classes.thanks))
    later |= live & asked_in_text & ~classes.thanks
    days_later = np.full(size, _NEVER, dtype=np.int64)
    np.minimum.at(days_later, number[later], days[later])
    entry = np.full(size, -1, dtype=np.int64)
    for mask in (live & (said == "no"), later, in_note, at_meeting):
        entry[number[mask]] = np.flatnonzero(mask)

    def some(mask: Bools) -> Bools:
        return group_any(mask, number, size)

    return pd.DataFrame(
        {
            "at_meeting": some(at_meeting),
            "later_days": days_later,
            "in_note": some(in_note),
            "not_asked": some(live & (said == "no")),
            "entry": entry,
        }
    )


def find_note_texts(
    line: Timeline,
    classes: Classified,
    contacts: pd.DataFrame,
    rounds: pd.DataFrame,
    of_round: Ints,
    notes: pd.DataFrame,
) -> pd.DataFrame:
    """One row per written thank-you with text: ``entry``, ``round``, and the columns of `greetings.measure_notes`."""
    entry = notes["entry"].drop_duplicates().to_numpy(dtype=np.int64)
    log = contacts.iloc[line.row]
    written = (line.channel[entry] != channel("call")) & classes.thanks[entry]
    entry = entry[written & (log["note"].str.strip() != "").to_numpy(dtype=bool)[entry]]
    number = of_round[entry]
    live = classes.duplicate_of < 0
    report = np.flatnonzero((classes.held | (line.is_kind("debrief") & live)) & (of_round >= 0))

    def told(column: str) -> pd.Series:
        """What the round's interviews and debriefs say, joined."""
        values = pd.DataFrame({"round": of_round[report], "text": log[column].to_numpy(dtype=object)[report]})
        values = values[values["text"] != ""].drop_duplicates()
        return values.groupby("round")["text"].agg(";".join).reindex(range(len(rounds)), fill_value="")

    faces = log["interviewer"].to_numpy(dtype=object)[entry]
    met = told("interviewer").to_numpy(dtype=object)[number] if len(rounds) else faces
    frame = pd.DataFrame(
        {
            "note": log["note"].to_numpy(dtype=object)[entry],
            "subject": log["subject"].to_numpy(dtype=object)[entry],
            "interviewers": np.where(faces == "", met, faces),
            "topics": told("topics").to_numpy(dtype=object)[number] if len(rounds) else faces,
            "job": log["job"].to_numpy(dtype=object)[entry],
        }
    ).astype("str")
    measured = note_measures(log["gist"].iloc[entry], measure_notes(frame))
    return pd.concat([pd.DataFrame({"entry": entry, "round": number}), measured.reset_index(drop=True)], axis=1)
