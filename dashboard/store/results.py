"""What follows from a workspace: kept in it, so that it opens at once; worked out anew where something changed.

A correction rescores the candidates it touches and puts their results into those of the whole. Everything else that is
said, a new file and another moment score the whole.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

import pandas as pd
from sqlalchemy import Engine

from analysis.changes import Change, explain
from analysis.checked import CheckedLog
from analysis.corrected import people_as_said
from analysis.corrections import correct
from analysis.facts import Facts, measure
from analysis.linking import agreed
from analysis.policy import Policy
from analysis.portion import MARKS, TABLES, Whole, patched, people_among, whole
from analysis.reading.reader import read_tables
from analysis.results import Scores
from analysis.scoring import score_facts, score_totals
from analysis.what_if import WhatIf, added
from dashboard.store import base as bases
from dashboard.store import kept
from dashboard.store.base import Base
from dashboard.store.engine import reading, writing
from dashboard.store.keys import Said, about_all, about_one, base_key, marks, result_key, state_key
from dashboard.store.refreshing import refresh_apart
from dashboard.store.state import Reader, State, checked, state, why, with_bodies

KIND: Final = "results"
_FEW: Final = 200
"""Corrections that differ, up to which candidates are rescored one by one and not the whole."""
_MOMENTS: Final = 4
"""Results of different moments that are kept."""
_HELD: Final = 64
_Kept = TypeVar("_Kept")


class Results:
    """The results of one workspace, shared by everybody who works on it in this process; safe with threads."""

    def __init__(self, engine: Engine, read: Reader = read_tables) -> None:
        self._engine, self._read = engine, read
        self._held: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._latest: OrderedDict[str, tuple[Said, Whole]] = OrderedDict()
        self._facts: tuple[object, Facts] | None = None
        self._clients: tuple[pd.DataFrame, pd.DataFrame] | None = None
        self._lock, self._trying = threading.RLock(), threading.RLock()
        self._working: dict[tuple[object, ...], threading.RLock] = {}
        self._refreshing = threading.Lock()
        self._refreshed: tuple[object, ...] = ()

    def forget(self) -> None:
        """Drop everything that is held in memory."""
        with self._lock:
            self._held.clear()
            self._latest.clear()
            self._facts = self._clients = None

    def log(self, known: State) -> CheckedLog:
        """The checked log of a state, as it was read."""
        return self._once(("log", base_key(known)), lambda: self._log(known))

    def contacts(self, known: State) -> pd.DataFrame:
        """Every contact as it was read: ``file``, ``at``, ``candidate``, and `analysis.portion.MARKS`."""
        base = self._base(known)
        columns = ["file", "at", "candidate", *MARKS]
        return pd.concat([self._part(base, number)[columns] for number in range(base.parts)], ignore_index=True)

    def whole(self, known: State, as_of: pd.Timestamp) -> Whole:
        """The results of the whole at a moment, without the contacts and deductions of each candidate."""
        return self._once(about_all(known, as_of), lambda: self._whole(known, as_of))

    def under(self, known: State, as_of: pd.Timestamp, draft: Policy) -> Whole:
        """The results of the whole as a policy that is only tried would make them; none of it is kept in the workspace.

        What was measured for it stays in memory, so that the next draft is only scored.
        """
        key = kept.digest("facts", base_key(known), known.settings, draft.classes, as_of), marks(known.corrections)
        with self._trying:
            if self._facts is None or self._facts[0] != key:
                self._facts = None
                self._facts = key, self._measure_all(replace(known, policy=draft), as_of)
            facts = self._facts[1]
            return whole(score_totals(facts, draft), facts.applications.said, draft.today)

    def candidate(self, known: State, as_of: pd.Timestamp, key: str) -> Scores:
        """The scores of one candidate with contacts and deductions; empty tables where nobody has that key."""
        return self._once(about_one(known, as_of, key), lambda: self.several(known, as_of, {key}))

    def several(self, known: State, as_of: pd.Timestamp, keys: Collection[str]) -> Scores:
        """The same of some candidates at once, one at least; held nowhere."""
        clients = self._agreed(self.whole(known, as_of))
        return score_facts(self._measure(known, as_of, keys, clients), known.policy)

    def why(
        self, key: str, before: datetime, after: datetime, scored_at: tuple[pd.Timestamp, pd.Timestamp]
    ) -> Mapping[str, Change]:
        """Why a candidate's scores differ between two moments, see `analysis.changes.explain`.

        ``scored_at``: the moments at which the two states are scored. Where only corrections, the clock or the policy
        differ, what is kept is used; else everything is read as it was then.
        """
        with reading(self._engine) as connection:
            old, new = (state(connection, at, bodies=False) for at in (before, after))
        then, now = scored_at
        if base_key(old) != base_key(new) or old.settings != new.settings:
            return why(self._engine, key, before, after, (then.to_pydatetime(), now.to_pydatetime()))
        said = replace(old, corrections=new.corrections)
        corners = ((old, then), (old, then), (said, then), (said, now), (new, now))
        return explain([self.candidate(known, at, key) for known, at in corners], key)

    def _once(self, about: tuple[object, ...], make: Callable[[], _Kept]) -> _Kept:
        with self._lock:
            if about in self._held:
                self._held.move_to_end(about)
                found: _Kept = self._held[about]
                return found
            working = self._working.setdefault(about, threading.RLock())
        with working:
            with self._lock:
                if about in self._held:
                    again: _Kept = self._held[about]
                    return again
            made = make()
            self._hold(about, made)
            return made

    def _hold(self, about: tuple[object, ...], made: object) -> None:
        with self._lock:
            self._held[about] = made
            self._working.pop(about, None)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)

    def refresh(self, known: State, as_of: pd.Timestamp) -> None:
        """Work out the results of a moment beside what goes on, and keep them; one at a time.

        Who asks while another is under way asks again with the next page: it may hold by then.
        """
        wanted = about_all(known, as_of)
        with self._lock:
            here = wanted in self._held or wanted == self._refreshed
        if here or not self._refreshing.acquire(blocking=False):
            return

        def work() -> None:
            try:
                refresh_apart(self._engine, as_of)
            finally:
                self._refreshed = wanted  # once: what could not be done now is not tried with every page
                self._refreshing.release()

        threading.Thread(target=work, name="refresh", daemon=True).start()

    def _base(self, known: State) -> Base:
        key = base_key(known)
        return self._once(("base", key), lambda: self._find(key) or self._keep(known))

    def _find(self, key: str) -> Base | None:
        with reading(self._engine) as connection:
            return bases.find(connection, key)

    def _keep(self, known: State) -> Base:
        log = self.log(known)
        people = people_as_said(log, known.corrections, known.links)
        with writing(self._engine) as connection:
            kept.unless_removed(connection, known.removed)
            return bases.keep(connection, base_key(known), log, people, datetime.now(UTC))

    def _log(self, known: State) -> CheckedLog:
        found = self._find(base_key(known))
        if found is not None:
            return bases.whole_log(self._engine, found)
        with reading(self._engine) as connection:
            full = with_bodies(connection, known)
        return checked(full, self._read)

    def _part(self, base: Base, number: int) -> pd.DataFrame:
        return self._once(("part", base.key, number), lambda: bases.part(self._engine, base, number))

    def supposed(self, known: State, as_of: pd.Timestamp, key: str, idea: WhatIf) -> Scores:
        """The scores of one candidate if something had been done differently; nothing of it is kept."""
        clients = self._agreed(self.whole(known, as_of))
        said = replace(known, corrections=(*known.corrections, *idea.corrections))
        return score_facts(self._measure(said, as_of, {key}, clients, idea), known.policy)

    def _measure(
        self,
        known: State,
        as_of: pd.Timestamp,
        keys: Collection[str],
        clients: pd.DataFrame,
        idea: WhatIf | None = None,
    ) -> Facts:
        """Some candidates alone, measured as in the whole; ``clients`` as from `analysis.linking.agreed`."""
        base = self._base(known)
        parts = [self._part(base, number) for number in sorted({base.part_of(key) for key in keys})]
        mine = pd.concat([part[part["candidate_key"].isin(list(keys))] for part in parts], ignore_index=True)
        if idea is not None:
            mine = pd.concat([mine, added(mine, idea)], ignore_index=True)
        people = people_among(mine, base.people)
        log = correct(replace(bases.log_of(base, mine), settings=known.settings), known.corrections)
        return measure(log, as_of, known.policy.classes, people=people, clients=clients)

    def _whole(self, known: State, as_of: pd.Timestamp) -> Whole:
        key, now = result_key(known, as_of), marks(known.corrections)
        with self._lock:
            found = self._latest.get(key)
        found = found or self._stored(key)
        result = None
        if found is not None:
            before, last = found
            changed = set(before) ^ set(now)
            if len(changed) <= _FEW:
                result = self._patch(known, as_of, last, changed)
        if result is None:
            facts = self._measure_all(known, as_of)
            result = whole(score_totals(facts, known.policy), facts.applications.said, known.policy.today)
            self._store(known, as_of, result)
        with self._lock:
            self._latest[key] = (now, result)
            while len(self._latest) > _MOMENTS:
                self._latest.popitem(last=False)
        return result

    def _measure_all(self, known: State, as_of: pd.Timestamp) -> Facts:
        base, log = self._base(known), self.log(known)
        people = people_as_said(log, known.corrections, known.links)
        said = correct(replace(log, settings=known.settings), known.corrections)
        assert base.contacts == len(log.contacts)
        return measure(said, as_of, known.policy.classes, people=people)

    def _patch(
        self, known: State, as_of: pd.Timestamp, before: Whole, changed: Collection[tuple[str, str, str]]
    ) -> Whole:
        keys = self._touched(known, changed)
        if not keys:
            return before
        clients = self._agreed(before)
        facts = self._measure(known, as_of, keys, clients)
        theirs = before.said["candidate_key"].isin(list(keys))
        about = {*before.said.loc[theirs, "client"], *facts.applications.said["client"]} - {""}
        others = before.said[~theirs & before.said["client"].isin(about)]
        now = agreed(pd.concat([others, facts.applications.said]))
        both = pd.Index(sorted(about), dtype="str")
        moved = (now.reindex(both).fillna("") != clients.reindex(both).fillna("")).any(axis=1)
        clients = pd.concat([clients[~clients.index.isin(both)], now])
        if moved.any():
            # what holds for a client holds for the others who are in process there
            keys |= set(others.loc[others["client"].isin(both[moved.to_numpy()]), "candidate_key"])
            facts = self._measure(known, as_of, keys, clients)
        scores = score_facts(facts, known.policy)
        if len(keys) == 1:
            # the page that follows a correction shows this candidate
            self._hold(about_one(known, as_of, next(iter(keys))), scores)
        after = patched(before, scores, facts.applications.said, keys, known.policy.today)
        self._clients = after.said, clients
        return after

    def _agreed(self, result: Whole) -> pd.DataFrame:
        """What holds for each client; made once for one result."""
        last = self._clients
        if last is None or last[0] is not result.said:
            last = self._clients = result.said, agreed(result.said)
        return last[1]

    def _touched(self, known: State, changed: Collection[tuple[str, str, str]]) -> set[str]:
        """The candidates whose contacts these corrections are about."""
        base = self._base(known)
        keys = {about for _, what, about in changed if what == "accommodation"} & set(base.people["candidate_key"])
        about = [about for _, what, about in changed if what != "accommodation"]
        for number in sorted(base.parts_with(about)):
            part = self._part(base, number)
            keys |= set(part.loc[part["identity"].isin(about), "candidate_key"])
        return keys

    def _stored(self, key: str) -> tuple[Said, Whole] | None:
        with reading(self._engine) as connection:
            head = kept.get(connection, key, "head")
            if head is None:
                return None
            told = kept.of_json(head)
            tables = {name: kept.get(connection, key, name) for name in TABLES}
        read = {name: kept.unpacked(data) for name, data in tables.items() if data is not None}
        if len(read) < len(TABLES):
            return None
        newest = None if told["newest"] is None else pd.Timestamp(told["newest"])
        held = Whole(pd.Timestamp(told["as_of"]), told["policy"], **read, contacts=told["contacts"], newest=newest)
        return tuple((key, what, about) for key, what, about in told["corrections"]), held

    def _store(self, known: State, as_of: pd.Timestamp, result: Whole) -> None:
        key = result_key(known, as_of)
        head = {
            "state": state_key(known),
            "as_of": result.as_of.isoformat(),
            "policy": result.policy,
            "contacts": result.contacts,
            "newest": result.newest.isoformat() if result.newest is not None else None,
            "corrections": marks(known.corrections),
        }
        parts = {name: kept.packed(getattr(result, name)) for name in TABLES}
        with writing(self._engine) as connection:
            kept.unless_removed(connection, known.removed)
            latest = [each for each, _ in kept.latest(connection, KIND, "head")][: _MOMENTS - 1]
            kept.only(connection, KIND, {key, *latest})
            kept.put(connection, key, KIND, {"head": kept.as_json(head), **parts}, datetime.now(UTC))


def latest_moment(engine: Engine, known: State, least: int = 0) -> pd.Timestamp | None:
    """The latest moment at which results of a state are kept; None where there are none, or of fewer contacts."""
    with reading(engine) as connection:
        heads = [kept.of_json(head) for _, head in kept.latest(connection, KIND, "head")]
    mine = [h["as_of"] for h in heads if h["contacts"] >= least and h["state"] == state_key(known)]
    return max((pd.Timestamp(at) for at in mine), default=None)
