"""Files into the workspace: each kept as it came, under a name that no other file of it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from analysis.formats.answers import LayoutAnswers, as_plain
from dashboard.store import arriving, imports, sayings
from dashboard.store.engine import Conflict
from dashboard.store.state import ANSWERS, layout


def take_in(
    connection: Connection, files: Iterable[tuple[str, bytes]], author: str, now: datetime
) -> tuple[list[str], list[str]]:
    """Keep files; returns the names under which they are kept and a sentence for each that adds nothing, and for
    what of the others was left out.

    Two files of one name with different content both stay, the later one with a number.
    """
    taken = {one.name for one in imports.imports(connection)}
    names, notes = [], []
    for name, data in files:
        own, number = name, 2
        while own in taken:
            own, number = f"{name} ({number})", number + 1
        try:
            arrival = arriving.arrive(connection, own, data, author, now)
        except Conflict as same:
            notes.append(str(same))
            continue
        notes.extend(arrival.told)
        taken.add(own)
        names.append(own)
    return names, notes


def begin(connection: Connection, zone: str, layouts: Mapping[str, LayoutAnswers], author: str, now: datetime) -> None:
    """What a workspace starts from: the zone of whoever drops the first file, and layouts described on earlier days.

    Nothing that was said in the workspace already is touched.
    """
    said = sayings.said(connection)
    if ANSWERS not in said:
        sayings.say(connection, ANSWERS, {"zone": zone}, author, now)
    for mark, answers in layouts.items():
        if layout(mark) not in said:
            sayings.say(connection, layout(mark), as_plain(answers), author, now)
