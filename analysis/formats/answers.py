"""What a person said about a layout, kept under its header so that the next file of it needs no question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from analysis.calendars import valid_zone
from analysis.formats.profile import (
    GUESSED,
    IGNORED,
    PARTS,
    Profile,
    fingerprint,
    normal_header,
    profile_from,
    profiles,
)
from analysis.log import PLAIN_COLUMNS, VOCABULARIES
from analysis.vocabulary import fold

WORD_FIELDS: Final = ("type", "status", "result", "direction", *VOCABULARIES)
"""Fields whose cells are words of a small vocabulary, which a person can give a meaning."""

ORDERS: Final = ("dmy", "mdy", "ymd")
TIMES: Final = ("contact", "logged")
CONFIRMED: Final = "confirmed"
"""Name of the profile of a layout whose columns a person gave."""


@dataclass(frozen=True, slots=True)
class LayoutAnswers:
    """What a person said about one layout; everything may be left out.

    ``headers``: of the file, as written. ``columns``: normal header -> field. ``words``: field of `WORD_FIELDS` ->
    folded word -> what it sets (columns of `analysis.log.VOCABULARIES`; nothing means that the word says nothing).
    ``orders``: normal header -> one of `ORDERS`. ``zone``: of times without one. ``time_is``: one of `TIMES`.
    ``base``: name of the known layout that the answers amend, ``""`` for an unknown one. ``told_on``: ISO day.
    """

    headers: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    time_is: str = ""
    base: str = ""
    told_on: str = ""

    @property
    def fingerprint(self) -> str:
        """Under which the answers are kept, see `analysis.formats.profile.fingerprint`."""
        return fingerprint(self.headers)

    def profile(self) -> Profile:
        """The profile that the answers make.

        With neither columns nor a known layout below them it is named `GUESSED` and holds only what goes on top of
        a guess, see `amend`.
        """
        base = next((p for p in profiles() if p.name == self.base), None)
        if base is None and self.columns:
            base = profile_from(self.columns, name=CONFIRMED, title="Columns you confirmed")
        elif base is None:
            base = Profile(GUESSED, "Guessed columns", {}, time_is="")
        # what a person named goes first where several columns are one field
        amended = {**self.columns, **{h: f for h, f in base.columns.items() if h not in self.columns}}
        words = {part: {**base.words.get(part, {}), **said} for part, said in self.words.items()}
        told = replace(
            base,
            columns=amended,
            words={**base.words, **words},
            orders=dict(self.orders),
            zone=self.zone or base.zone,
            time_is=self.time_is or base.time_is,
            told_on=self.told_on,
        )
        return _timed(told) if self.time_is else told


def amend(guess: Profile, said: Profile) -> Profile:
    """A guess with what a person answered about the layout without confirming its columns."""
    told = replace(guess, words=said.words, orders=said.orders, zone=said.zone, told_on=said.told_on)
    return _timed(replace(told, time_is=said.time_is)) if said.time_is else told


def _timed(profile: Profile) -> Profile:
    """Times of typing become the contact's own where a person says that they are."""
    if profile.time_is != "contact" or {"at", "date"} & set(profile.columns.values()):
        return profile
    moved = {header: "at" if name == "logged_at" else name for header, name in profile.columns.items()}
    return replace(profile, columns=moved)


def as_plain(answers: LayoutAnswers) -> dict[str, Any]:
    """Answers as values of JSON, what is empty left out."""
    plain = {name: value for name, value in asdict(answers).items() if value}
    return {**plain, "headers": list(answers.headers)}


def of_plain(plain: object) -> LayoutAnswers:
    """Answers of what `as_plain` made. Raises ``ValueError`` with a sentence for anything else."""
    table = _table(plain, "a mapping")
    names = set(LayoutAnswers.__dataclass_fields__)
    _within("a mapping", table, names)
    headers = table.get("headers")
    if not isinstance(headers, list) or not headers or not all(isinstance(h, str) for h in headers):
        raise ValueError("A mapping needs the headers of its layout.")
    columns = _texts(table.get("columns", {}), "columns")
    _within("columns", columns.values(), {*PLAIN_COLUMNS, *PARTS, IGNORED})
    orders = _texts(table.get("orders", {}), "orders")
    _within("orders", orders.values(), ORDERS)
    said = _texts({n: table.get(n, "") for n in ("zone", "time_is", "base", "told_on")}, "a mapping")
    _within("time_is", [said["time_is"]], ("", *TIMES))
    if said["zone"] and not valid_zone(said["zone"]):
        raise ValueError(f"{said['zone']!r} is no time zone.")
    return LayoutAnswers(
        headers=tuple(headers),
        columns={normal_header(h): name for h, name in columns.items()},
        words=_words(table.get("words", {})),
        orders={normal_header(h): order for h, order in orders.items()},
        **said,
    )


def _words(plain: object) -> dict[str, dict[str, dict[str, str]]]:
    words = {}
    for part, table in _table(plain, "words").items():
        _within("words", [part], WORD_FIELDS)
        words[part] = {fold(word): _texts(sets, word) for word, sets in _table(table, part).items()}
        for sets in words[part].values():
            for name, value in sets.items():
                _within("words", [name], VOCABULARIES)
                _within(name, [value], VOCABULARIES[name])
    return words


def _table(plain: object, what: str) -> dict[str, Any]:
    if not isinstance(plain, dict) or not all(isinstance(key, str) for key in plain):
        raise ValueError(f"{what[0].upper() + what[1:]} must be a table of names and values.")
    return plain


def _texts(plain: object, what: str) -> dict[str, str]:
    table = _table(plain, what)
    if not all(isinstance(value, str) for value in table.values()):
        raise ValueError(f"{what[0].upper() + what[1:]} may hold text only.")
    return table


def _within(what: str, found: Iterable[str], allowed: Iterable[str]) -> None:
    wrong = sorted(set(found) - set(allowed))
    if wrong:
        raise ValueError(f"{what[0].upper() + what[1:]} cannot hold {', '.join(map(repr, wrong))}.")
