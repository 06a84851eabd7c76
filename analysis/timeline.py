"""The contact log in order: one sorted set of arrays on which classes and facts are worked out.

Sorted by application, then time. Within a minute (or a day where only the day is known) an interview comes
first, then the employer's contacts, then the agency's, then the candidate's; among the candidate's the one
that scores better (a call last, because its hour counts). Ties after that are broken by content, so that the
order of rows and files never matters.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clock import MICROS_DAY, Clock
from analysis.log import CHANNELS, KINDS, LEFT_OUT, PARTIES, PLAIN_COLUMNS, STATES
from analysis.policy import Classes
from analysis.segments import Bools, Ints, firsts

CHASED: Final = re.compile(r"^\s*(?:\d\w\w |first |second |third )?follow[ -]?up\b", re.IGNORECASE)
"""A subject that opens with a follow-up."""
NO_TIME: Final = np.iinfo(np.int64).min

_EMPLOYER_KINDS: Final = (
    "rejection",
    "offer",
    "hired",
    "closed",
    "decision_date",
    "no_calls",
    "no_contact",
    "no_notes",
    "will_contact",
)
_CANDIDATE_KINDS: Final = ("thank_you", "follow_up", "reply", "courtesy")


def kind(name: str) -> int:
    """Number of a kind."""
    return KINDS.index(name)


def channel(name: str) -> int:
    """Number of a channel."""
    return CHANNELS.index(name)


def state(name: str) -> int:
    """Number of a state."""
    return (*STATES, LEFT_OUT).index(name)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Sorted arrays, one entry a contact that belongs to an application and lies before ``as_of``.

    ``row``: contact number in the log. ``app``, ``first``: application and where its segment begins. ``at``, ``ended``:
    instants (``NO_TIME`` where none). ``local``: employer's wall clock. ``day``, ``home_day``: days on the employer's
    and the candidate's calendar. ``timed``: the hour is known. ``kind`` (-1 unknown), ``named`` (the log gave it),
    ``channel`` (-1 unknown, a voicemail is ``call``), ``voicemail``, ``state``. Directions: ``to_client``,
    ``to_candidate``
    (client -> candidate), ``to_agency_by_client``, ``with_agency`` (candidate <-> recruiter), ``by_candidate`` (of
    those), ``told``
    (agency or staff pass on the employer's word), ``agency`` (agency -> client), ``system``. ``tells``: a note of whose
    contacts the log has rows.
    ``words``: the columns of `analysis.wording.read_words`. ``zone``, ``calendar``, ``home_zone``,
    ``home_calendar``: numbers in
    the clock, per application.
    """

    row: Ints
    app: Ints
    first: Ints
    at: Ints
    ended: Ints
    local: Ints
    day: Ints
    home_day: Ints
    timed: Bools
    evening: Bools
    logged_only: Bools
    kind: NDArray[np.int8]
    named: Bools
    channel: NDArray[np.int8]
    voicemail: Bools
    state: NDArray[np.int8]
    to_client: Bools
    to_candidate: Bools
    to_agency_by_client: Bools
    with_agency: Bools
    by_candidate: Bools
    told: Bools
    agency: Bools
    system: Bools
    tells: Bools
    complete: Bools
    words: pd.DataFrame
    zone: Ints
    calendar: Ints
    home_zone: Ints
    home_calendar: Ints

    def __len__(self) -> int:
        return len(self.row)

    def is_kind(self, *names: str) -> Bools:
        """Entries of any of these kinds."""
        return np.isin(self.kind, [kind(n) for n in names])


@dataclass(frozen=True, slots=True)
class Meaning:
    """Per contact of the log: kind, state, channel and direction, resolved from columns and text."""

    kind: NDArray[np.int8]
    named: Bools
    state: NDArray[np.int8]
    channel: NDArray[np.int8]
    voicemail: Bools
    directions: dict[str, Bools]

    @property
    def interview(self) -> Bools:
        """Interviews, held or not."""
        return np.asarray(self.kind == kind("interview"))


def _codes(values: pd.Series, vocabulary: tuple[str, ...]) -> NDArray[np.int8]:
    return np.asarray(pd.Index(vocabulary).get_indexer(pd.Index(values)), dtype=np.int8)


def read_meaning(contacts: pd.DataFrame, words: pd.DataFrame, classes: Classes) -> Meaning:
    """Resolve kind, state, channel and direction of every contact: the column first, then a sure text.

    ``words``: columns of `analysis.wording.read_words`, and ``weighed`` where `analysis.weighing.weighed` had a look.
    """
    weighed = np.asarray(words.get("weighed", pd.Series(False, index=words.index)), dtype=bool)
    given = _codes(contacts["kind"], KINDS)
    said = _codes(words["kind"].where(words["sure"] >= classes.sure_enough, ""), KINDS)
    theirs = _codes(words["employer_kind"].where(words["employer_sure"] >= classes.sure_enough, ""), KINDS)
    sender, receiver = _codes(contacts["sender"], PARTIES), _codes(contacts["receiver"], PARTIES)
    candidate, client, agency, system = range(4)
    said = np.where(sender == client, theirs, said).astype(np.int8)
    named = given >= 0
    out = np.where(named, given, said).astype(np.int8)
    from_employer = np.isin(said, [kind(n) for n in (*_EMPLOYER_KINDS, "logistics", "interview", "other", "reply")])
    from_candidate = np.isin(said, [kind(n) for n in (*_CANDIDATE_KINDS, "logistics", "withdrawn", "hired", "other")])
    out[~named & (sender == client) & ~from_employer] = -1
    passes_on = np.isin(said, [kind("debrief"), kind("decision_date")]) | (weighed & (receiver != client))
    out[~named & (sender == candidate) & ~from_candidate & ~passes_on] = -1
    # chasing and thanks of which nobody says whose they are may be the desk's own
    nobody = (sender < 0) & (receiver < 0)
    their_doing = words["words"].str.startswith("candidate ").to_numpy(dtype=bool) | contacts["subject"].str.contains(
        CHASED, regex=True
    ).to_numpy(dtype=bool)
    out[~named & nobody & (out == kind("follow_up")) & ~their_doing & ~weighed] = -1
    # a note that tells of a contact is not that contact
    tells = contacts["tells"].to_numpy(dtype=bool)
    out[~named & nobody & tells & np.isin(out, [kind(n) for n in _CANDIDATE_KINDS])] = -1
    out[~named & (sender == agency) & np.isin(out, [kind("thank_you"), kind("follow_up")])] = -1
    heard = np.isin(contacts["channel"], ("", "in_person", "video")) & (contacts["time_is"] == "contact").to_numpy()
    a_meeting = (said == kind("interview")) & np.isin(sender, (-1, client)) & heard
    out[~named & (said == kind("interview")) & ~a_meeting] = kind("logistics")

    stated = _codes(contacts["state"], (*STATES, LEFT_OUT))
    told = _codes(words["state"], STATES)
    only_meetings = np.isin(told, [state("cancelled"), state("no_show")]) & (out != kind("interview"))
    told[only_meetings] = -1
    stated = np.where(stated >= 0, stated, np.where(told >= 0, told, state("happened"))).astype(np.int8)

    way = _codes(contacts["channel"], CHANNELS)
    left = words["left_message"].to_numpy(dtype=bool)
    way[(way < 0) & (left | (words["answered"] != 0).to_numpy())] = channel("call")
    spoke = (words["answered"] > 0).to_numpy()
    voicemail = (way == channel("voicemail")) | ((way == channel("call")) & left & ~spoke)
    way[way == channel("voicemail")] = channel("call")

    # "chased client" may be the recruiter's own doing, "candidate chased again" is not
    their_doing = (weighed | words["words"].str.startswith("candidate ").to_numpy(dtype=bool)) & (
        out == kind("follow_up")
    )
    by_kind = np.isin(out, [kind(n) for n in _CANDIDATE_KINDS]) & (named | (out == kind("thank_you")) | their_doing)
    word_passed_on = np.isin(out, [kind(n) for n in (*_EMPLOYER_KINDS, "debrief", "withdrawn")])
    debrief = out == kind("debrief")
    to_client = (sender == candidate) & ((receiver == client) | ((receiver < 0) & ~debrief))
    to_client |= by_kind & (sender < 0) & ((receiver == client) | nobody)
    with_agency = ((sender == candidate) & ((receiver == agency) | ((receiver < 0) & debrief))) | (
        (sender == agency) & (receiver == candidate)
    )
    to_candidate = (sender == client) & ((receiver == candidate) | (receiver < 0))
    to_candidate |= (sender < 0) & (receiver == candidate) & word_passed_on
    passed_on = word_passed_on & (with_agency | nobody | ((sender == agency) & (receiver < 0)))
    passed_on |= word_passed_on & (sender == system)
    return Meaning(
        out,
        named,
        stated,
        way,
        voicemail,
        {
            "to_client": to_client,
            "to_candidate": to_candidate,
            "to_agency_by_client": (sender == client) & (receiver == agency),
            "with_agency": with_agency,
            "by_candidate": sender == candidate,
            "told": passed_on,
            "agency": (sender == agency) & (receiver == client),
            "system": (sender == system) & ~word_passed_on,
        },
    )


def sorting_time(contacts: pd.DataFrame, meaning: Meaning) -> Ints:
    """Whole minutes UTC by which contacts are ordered; a day-only contact of the candidate closes its day."""
    at = contacts["at"].dt.as_unit("us").astype("int64").to_numpy()
    day_only = (contacts["precision"] == "day").to_numpy()
    last = meaning.directions["by_candidate"] | meaning.directions["to_client"]
    half = MICROS_DAY // 2
    shift = np.where(day_only, np.where(last, half - 60_000_000, -half), 0)
    return np.asarray((at + shift) // 60_000_000 * 60_000_000, dtype=np.int64)


def arrange(
    contacts: pd.DataFrame,
    words: pd.DataFrame,
    meaning: Meaning,
    application: Ints,
    applications: pd.DataFrame,
    clock: Clock,
    as_of: int,
) -> Timeline:
    """Sort the contacts that belong to an application and do not lie after ``as_of`` (microseconds UTC)."""
    minute = sorting_time(contacts, meaning)
    at = contacts["at"].dt.as_unit("us").astype("int64").to_numpy()
    day_only = (contacts["precision"] == "day").to_numpy()
    begins = np.where(day_only, at - MICROS_DAY // 2, at)
    keep = np.flatnonzero((application >= 0) & (begins <= as_of))
    interview = meaning.interview[keep]
    ways = meaning.directions
    candidates = ways["to_client"][keep] | ways["by_candidate"][keep]
    employers = ways["to_candidate"][keep] | ways["told"][keep]
    rank = np.where(interview, 0, np.where(employers, 1, np.where(candidates, 3, 2)))
    calls = np.where(meaning.channel[keep] == channel("call"), 1, 0)
    tie = ties(contacts.iloc[keep])
    order = np.lexsort((keep, tie, calls, at[keep], rank, minute[keep], application[keep]))
    row = keep[order].astype(np.int64)
    app = application[row]
    zone, calendar = (
        _numbers(applications, "client_zone", clock.zones),
        _numbers(applications, "calendar", clock.calendars),
    )
    home_zone = _numbers(applications, "candidate_zone", clock.zones)
    home_calendar = _numbers(applications, "candidate_calendar", clock.calendars)
    ended = contacts["ended_at"].dt.as_unit("us").astype("int64").to_numpy()[row]
    ended = np.where(contacts["ended_at"].isna().to_numpy()[row], NO_TIME, ended)
    local = clock.local(zone[app], at[row])
    precise = contacts["precision"].isin(("second", "minute")).to_numpy()
    return Timeline(
        row=row,
        app=app,
        first=firsts(app),
        at=at[row],
        ended=ended,
        local=local,
        day=local // MICROS_DAY,
        home_day=clock.day(home_zone[app], at[row]),
        timed=precise[row],
        evening=(contacts["precision"] == "evening").to_numpy()[row],
        logged_only=(contacts["time_is"] == "logged").to_numpy()[row],
        kind=meaning.kind[row],
        named=meaning.named[row],
        channel=meaning.channel[row],
        voicemail=meaning.voicemail[row],
        state=meaning.state[row],
        tells=contacts["tells"].to_numpy(dtype=bool)[row],
        complete=contacts["complete"].to_numpy(dtype=bool)[row],
        words=words.iloc[row].reset_index(drop=True),
        zone=zone,
        calendar=calendar,
        home_zone=home_zone,
        home_calendar=home_calendar,
        **{name: mask[row] for name, mask in ways.items()},
    )


def ties(contacts: pd.DataFrame) -> NDArray[np.uint64]:
    """A number per contact by which equal moments are put in order: of its content, as it was with its texts."""
    hashed = pd.util.hash_pandas_object(contacts[list(PLAIN_COLUMNS)], index=False)
    out: NDArray[np.uint64] = np.array(hashed.tolist(), dtype=np.uint64)
    gists = contacts["gist"].to_numpy(dtype=object)
    for place in np.flatnonzero(gists != "").tolist():
        out[place] = json.loads(gists[place])["tie"]
    return out


def _numbers(applications: pd.DataFrame, column: str, known: tuple[str, ...]) -> Ints:
    return np.asarray(pd.Index(known).get_indexer(pd.Index(applications[column])), dtype=np.int64)
