"""What was gathered at and right after the interview, and what the note said, as measured."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clock import Clock
from analysis.columns import Columns
from analysis.facts.decisions import Decisions
from analysis.gists import note_measures
from analysis.greetings import NOTE_DTYPES, measure_notes
from analysis.identifiers import distinct
from analysis.kinds import Classified
from analysis.segments import Bools, Ints, group_any, unique_rows
from analysis.timeline import Timeline, channel

_NEVER: Final = 10**6


def find_asking(
    line: Timeline,
    classes: Classified,
    decisions: Decisions,
    contacts: pd.DataFrame,
    rounds: Columns,
    of_round: Ints,
    clock: Clock,
) -> Columns:
    """One row a round: ``at_meeting`` (asked or volunteered there), ``later_days`` (business days to asking, large
    where
    never), ``in_note``, ``not_asked`` (known), ``entry`` (what says so)."""
    size = len(rounds)
    said = contacts["decision_asked"].to_numpy(dtype=object)[line.row]
    live = (classes.duplicate_of < 0) & (of_round >= 0)
    number = np.where(live, of_round, 0)
    report = classes.held | line.is_kind("debrief")
    app = line.app
    end_day = rounds["end_day"][number] if size else number
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

    return Columns(
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
    rounds: Columns,
    of_round: Ints,
    notes: Columns,
) -> Columns:
    """One row per written thank-you with text: ``entry``, ``round``, and the columns of `greetings.measure_notes`."""
    entry = notes["entry"][unique_rows(notes["entry"])]
    written = (line.channel[entry] != channel("call")) & classes.thanks[entry]
    text = contacts["note"].iloc[line.row[entry]]
    entry = entry[written & (text.str.strip() != "").to_numpy(dtype=bool)]
    number = of_round[entry]
    live = classes.duplicate_of < 0
    report = np.flatnonzero((classes.held | (line.is_kind("debrief") & live)) & (of_round >= 0))
    report = report[np.isin(of_round[report], number)]
    log = contacts.iloc[line.row[entry]]
    met, topics = (_told(contacts[c], line.row[report], of_round[report], number) for c in ("interviewer", "topics"))
    faces = log["interviewer"].to_numpy(dtype=object)
    frame = pd.DataFrame(
        {
            "note": log["note"].to_numpy(dtype=object),
            "subject": log["subject"].to_numpy(dtype=object),
            "interviewers": np.where(faces == "", met, faces),
            "topics": topics,
            "job": log["job"].to_numpy(dtype=object),
        }
    ).astype("str")
    measured = note_measures(log["gist"], measure_notes(frame))
    found = {name: measured[name].to_numpy(dtype=_KINDS[dtype]) for name, dtype in NOTE_DTYPES.items()}
    return Columns({"entry": entry, "round": number, **found})


_KINDS: Final[dict[str, type]] = {"str": object, "bool": bool, "int64": np.int64}


def _told(column: pd.Series, row: Ints, number: Ints, wanted: Ints) -> NDArray[np.object_]:
    """What the contacts of each wanted round say, each text once, joined."""
    code, known = distinct(column)
    code = code[row]
    said = np.array([text != "" for text in known], dtype=bool)[code]
    code, number = code[said], number[said]
    each = unique_rows(number, code)
    texts: dict[int, str] = {}
    for place, text in zip(number[each].tolist(), code[each].tolist(), strict=True):
        texts[place] = f"{texts[place]};{known[text]}" if place in texts else known[text]
    return np.array([texts.get(place, "") for place in wanted.tolist()], dtype=object)
