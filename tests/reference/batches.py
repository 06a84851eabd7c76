"""Many random histories in few logs: each under a name of its own, so that one load and score tries hundreds."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from analysis.results import Scores
from reference.adapter import analysed, marks_of, scores_of
from reference.logs import MONDAY, Row, as_csv, history
from reference.rows import Setting
from reference.scorer import Mark

T = TypeVar("T")
Marks = dict[str, dict[str, Mark]]
Change = Callable[[list[Row], int], list[Row] | None]
"""A history and a random number of its own to the changed history; nothing where the change does not fit."""

PLACES = (("America/New_York", "US"), ("Europe/London", "GB-ENG"))
SHOWN = int(os.environ.get("SHOWN", "3"))
FIRST = int(os.environ.get("FIRST", "1"))
"""Another number searches among other histories."""
DAYS = ((True, 49), (False, 23), (True, 25), (False, 64), (False, 49), (True, 90), (False, 17), (True, 33))
"""Whether the log is complete, and the day of scoring, counted from `MONDAY`; the first four serve the invariants."""


def drawn(make: Callable[[random.Random], T], number: int, beginning: int) -> list[T]:
    """So many random values, the same ones on every machine."""
    return [make(random.Random(f"{beginning}-{n}")) for n in range(number)]


@dataclass(frozen=True, eq=False)
class Batch:
    """Histories by candidate, each with a random number of its own, and how they are scored."""

    how: Setting
    histories: dict[str, list[Row]]
    numbers: dict[str, int]

    @property
    def rows(self) -> list[Row]:
        return [row for rows in self.histories.values() for row in rows]

    @property
    def text(self) -> str:
        return as_csv(self.rows)

    @cache  # noqa: B019 - a handful of batches live as long as the tests
    def scores(self) -> Scores:
        return scores_of(self.text, self.how)

    @cache  # noqa: B019
    def marks(self) -> Marks:
        return marks_of(self.scores())

    def changed(self, change: Change) -> Batch:
        """The histories that the change fits, changed."""
        new = {name: change(rows, self.numbers[name]) for name, rows in self.histories.items()}
        kept = {name: _named(name, rows) for name, rows in new.items() if rows is not None}
        return replace(self, histories=kept)

    def set_to(self, **more: object) -> Batch:
        """The same histories, scored another way."""
        return replace(self, how=replace(self.how, **more))  # type: ignore[arg-type]

    def shown(self, name: str) -> str:
        """A candidate's history as the file that would show the fault alone."""
        return as_csv(self.histories[name])


def _named(name: str, rows: list[Row]) -> list[Row]:
    return [{**row, "candidate": name} for row in rows]


def batches(number: int = 1200, beginning: int = FIRST, days: Iterable[tuple[bool, int]] = DAYS) -> list[Batch]:
    """So many random histories, dealt out over the settings."""
    days = list(days)
    found = drawn(lambda dice: (history(dice, "X"), dice.randrange(10**9)), number, beginning)
    out = []
    for place, (complete, day) in enumerate(days):
        zone, calendar = PLACES[place // 2 % 2]
        as_of = (MONDAY + timedelta(days=day, hours=12)).replace(tzinfo=ZoneInfo(zone))
        part = {f"Candidate {n}": found[n] for n in range(place, len(found), len(days))}
        out.append(
            Batch(
                Setting(zone, calendar, complete, as_of),
                {name: _named(name, rows) for name, (rows, _) in part.items()},
                {name: number for name, (_, number) in part.items()},
            )
        )
    return out


@cache
def every_log() -> list[Batch]:
    """1,200 histories in eight logs: New York and London, complete and not, several days of scoring."""
    return batches()


def four_logs() -> list[Batch]:
    """Half of them: each place, complete and not."""
    return every_log()[:4]


def broken(logs: list[Batch], change: Change, wrong: Callable[[dict[str, Mark], dict[str, Mark]], bool]) -> Report:
    """Score each log as it is and changed; the candidates whose marks before and after are wrong."""
    report = Report()
    for log in logs:
        new = log.changed(change)
        after = analysed(new.text, new.how)
        for name in new.histories:
            report.tried += 1
            if wrong(log.marks()[name], after[name]):
                report.note(
                    f"{name}, before: {log.marks()[name]}\nafter: {after[name]}\n{new.how}\nbefore:\n"
                    f"{log.shown(name)}after:\n{new.shown(name)}"
                )
    return report


class Report:
    """How many histories were tried, and the first few that broke the property, row by row."""

    def __init__(self) -> None:
        self.tried, self.wrong, self.lines = 0, 0, list[str]()

    def note(self, line: str) -> None:
        self.wrong += 1
        if self.wrong <= SHOWN:
            self.lines.append(line)

    def clear(self, least: int = 300) -> None:
        """Fail unless enough was tried and nothing was wrong."""
        assert self.tried >= least, f"only {self.tried} histories were tried"
        assert not self.wrong, "\n\n".join([f"{self.wrong} of {self.tried} histories break it", *self.lines])
