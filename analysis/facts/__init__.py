"""Contacts -> facts: rounds, notes, waiting cycles and silence runs, as measured; no judgement.

Facts depend on the log, the moment and the policy's ``classes`` (windows for duplicates and replies), on no other
number: a change of points or weights rescores from the same facts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.checked import CheckedLog
from analysis.clock import MICROS_DAY, Clock, make_clock
from analysis.columns import Columns
from analysis.doubles import counted_elsewhere, filled, find_doubles
from analysis.facts.cycles import find_cycles
from analysis.facts.decisions import Decisions, find_decisions
from analysis.facts.faces import find_faces
from analysis.facts.preparation import find_asking, find_note_texts
from analysis.facts.rounds import add_days, find_members, find_not_held, find_notes, find_rounds, round_of
from analysis.facts.runs import Runs, find_runs
from analysis.gists import words_of
from analysis.greetings import NOTE_DTYPES
from analysis.identifiers import distinct, mapped, plain_name
from analysis.kinds import Classified, classify
from analysis.linking import Applications, link_applications
from analysis.links import NO_LINKS, Links
from analysis.log import LEFT_OUT
from analysis.people import People, people_of
from analysis.policy import Classes
from analysis.retold import told_again
from analysis.segments import Bools, Ints, group_any, last_true
from analysis.settings import settle
from analysis.timeline import Timeline, arrange, read_meaning, sorting_time


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was measured. Tables refer to each other by number: ``app``, ``round``, ``entry`` (of ``line``).

    ``loose``: entries taken for one contact of two files, to be checked; ``elsewhere``: follow-ups that count as an
    episode for another vacancy only.
    """

    log: CheckedLog
    as_of: pd.Timestamp
    people: People
    applications: Applications
    clock: Clock
    line: Timeline
    classes: Classified
    loose: Bools
    elsewhere: Bools
    decisions: Decisions
    of_round: Ints
    rounds: Columns
    not_held: Ints
    members: Columns
    notes: Columns
    texts: Columns
    asking: Columns
    cycles: Columns
    runs: Runs
    complete: Bools

    @property
    def now(self) -> int:
        """``as_of`` in microseconds UTC."""
        return micros(self.as_of)

    @property
    def measured_notes(self) -> dict[int, tuple[object, ...]]:
        """Values of `analysis.greetings.NOTE_DTYPES` by the contact number of each written thank-you."""
        rows = self.line.row[self.texts["entry"]].tolist()
        values = zip(*(self.texts[name].tolist() for name in NOTE_DTYPES), strict=True)
        return dict(zip(rows, values, strict=True))

    @property
    def route(self) -> np.ndarray:
        """Route per application."""
        return self.applications.table["route"].to_numpy(dtype=object)


def measure(
    log: CheckedLog,
    as_of: pd.Timestamp,
    classes: Classes,
    links: Links = NO_LINKS,
    people: People | None = None,
    clients: pd.DataFrame | None = None,
) -> Facts:
    """Measure a checked log at a moment; ``links`` are what a person decided about who is who.

    ``people``, ``clients`` (`analysis.linking.agreed`): where they are known already, as for a part of a log.

    ``as_of`` must carry a zone. Raises ``ValueError`` where it does not.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of needs a time zone, for example pd.Timestamp('2026-04-15 12:00', tz='America/New_York')")
    as_of = as_of.tz_convert("UTC").as_unit("us")
    now = micros(as_of)
    contacts = log.contacts.reset_index(drop=True)
    words = words_of(contacts)
    people = people_of(log, links) if people is None else people
    meaning = read_meaning(contacts, words, classes)
    happened = ~np.isin(contacts["state"], ("cancelled", "no_show", "draft", "failed", LEFT_OUT))
    applications = link_applications(
        contacts, people, meaning.interview & happened, sorting_time(contacts, meaning), log.zone, log.calendar, clients
    )
    applications = replace(applications, table=settle(applications.table, log.settings))
    clock = _clock(contacts, applications.table, now)
    line = arrange(contacts, words, meaning, applications.application, applications.table, clock, now)
    doubles = told_again(find_doubles(line, contacts, classes), line, contacts)
    line = filled(line, doubles)
    classified = classify(line, contacts, doubles.of, clock, classes)
    route = applications.table["route"].to_numpy(dtype=object)
    via = np.isin(route, ("via_agency",))
    rounds = add_days(find_rounds(line, classified, classes), line, clock)
    handed = line.with_agency & line.by_candidate
    of_round = round_of(line, rounds, classified.thanks | (handed & line.is_kind("thank_you")))
    faces = find_faces(line, contacts, classified.duplicate_of)
    decisions = find_decisions(line, classified, contacts, rounds, of_round)
    members = find_members(line, classified, rounds, faces, clock)
    elsewhere = _elsewhere(line, classified, contacts, applications, classes)
    notes = find_notes(line, classified, rounds, members, faces, route, of_round, clock)
    return Facts(
        log=log,
        as_of=as_of,
        people=people,
        applications=applications,
        clock=clock,
        line=line,
        classes=classified,
        loose=doubles.loose,
        elsewhere=elsewhere,
        decisions=decisions,
        of_round=of_round,
        rounds=rounds,
        not_held=find_not_held(applications.application, meaning.interview, rounds),
        members=members,
        notes=notes,
        texts=find_note_texts(line, classified, contacts, rounds, of_round, notes),
        asking=find_asking(line, classified, decisions, contacts, rounds, of_round, clock),
        cycles=find_cycles(line, classified, decisions, rounds, of_round, via, clock, now),
        runs=find_runs(line, classified, decisions, contacts, faces, of_round, via, clock, elsewhere),
        complete=group_any(line.complete, line.app, len(applications.table)),
    )


def micros(moment: pd.Timestamp) -> int:
    """A moment with a zone in microseconds UTC since 1970."""
    return int(moment.tz_convert("UTC").to_datetime64().astype("M8[us]").astype(np.int64))


def _elsewhere(
    line: Timeline, classified: Classified, contacts: pd.DataFrame, applications: Applications, classes: Classes
) -> Bools:
    """Follow-ups about two vacancies of one client that are counted for the other one."""
    table = applications.table
    client = distinct(pd.Series(mapped(table["client"], plain_name), dtype=object))[0]
    group = table["person"].to_numpy(dtype=np.int64) * (len(table) + 1) + client
    held = last_true(classified.held, line.first)
    met = np.where(held >= 0, line.at[held], -1) if len(line) else held
    return counted_elsewhere(line, contacts, classified.is_class("follow_up"), met, group, classes)


def _clock(contacts: pd.DataFrame, applications: pd.DataFrame, now: int) -> Clock:
    zones = sorted(set(applications["client_zone"]) | set(applications["candidate_zone"]))
    calendars = sorted(set(applications["calendar"]) | set(applications["candidate_calendar"]))
    days = [now // MICROS_DAY]
    for column in ("at", "decision_day"):
        known = contacts[column].dropna()
        if len(known):
            stamps = known.dt.as_unit("us").astype("int64") // MICROS_DAY
            days += [int(stamps.min()), int(stamps.max())]
    return make_clock(zones or ["UTC"], calendars or [""], min(days), max(days))
