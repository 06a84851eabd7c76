"""What a person says about files, layouts and people, kept in the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import cast

import pandas as pd
from sqlalchemy import Connection

from analysis.checked import Answers, Complete
from analysis.formats.answers import LayoutAnswers, as_plain
from analysis.links import Decision, Who
from dashboard import mappings
from dashboard.session.desk import look_at, workspace, write
from dashboard.session.notes import keep_saying
from dashboard.session.page import local
from dashboard.store import sayings, state, who


def saved_mappings() -> dict[str, LayoutAnswers]:
    """What is kept about layouts on this machine; where the file was damaged, `problems` says so from now on."""
    kept = mappings.load()
    if kept.note:
        keep_saying(kept.note)
    return dict(kept.mappings)


def say_layouts(said: Mapping[str, LayoutAnswers | None]) -> None:
    """Keep what was said about layouts, by fingerprint; None forgets it."""

    def say(connection: Connection, by: str, now: datetime) -> None:
        for mark, answers in said.items():
            sayings.say(connection, state.layout(mark), as_plain(answers) if answers else None, by, now)

    write(say, needs="describe")


def answer(answers: Answers, moment: pd.Timestamp) -> None:
    """Keep what was said about all files, and look at this moment."""
    now = workspace()
    if moment != now.as_of:
        look_at(moment)
    if answers != now.answers:
        told = {name: value for name, value in asdict(answers).items() if name != "date_order"}
        write(lambda c, by, when: sayings.say(c, state.ANSWERS, told, by, when), needs="describe")


def told(
    zone: str, calendar: str, route: str, moment: datetime | None, agency: tuple[str, ...]
) -> tuple[Answers, pd.Timestamp]:
    """Answers and moment from what the questions for all files say; ``moment`` is local to ``zone``."""
    now = workspace()
    answers = replace(now.answers, zone=zone, calendar=calendar, route=route, agency=agency)
    if moment is None:
        return answers, now.as_of
    unchanged = now.as_of.tz_convert(now.answers.zone).tz_localize(None).to_pydatetime() == moment
    if unchanged and zone == now.answers.zone:
        return answers, now.as_of
    return answers, local(moment, zone)


def complete_of(name: str) -> Complete:
    """The answer to the completeness question for one table."""
    now = workspace()
    return cast(Complete, now.known.complete.get(name, now.answers.complete))


def say_who(decision: Decision | None, one: Who, other: Who) -> None:
    """Keep what was decided on two people; None takes it back."""
    if decision is None:
        write(lambda c, by, now: who.forget(c, one, other, by, now), needs="decide links")
    else:
        write(lambda c, by, now: who.decide(c, decision, one, other, by, now), needs="decide links")
