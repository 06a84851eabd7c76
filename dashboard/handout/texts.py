"""The texts of the handout in one language, from a data file beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from analysis.advice import reason_text
from analysis.coaching import Habit, Strength
from analysis.report import FAMILY_TITLES


@dataclass(frozen=True, slots=True)
class Texts:
    """Tables of texts by name. What a language does not say is said as everywhere else, in English."""

    language: str
    tables: Mapping[str, Mapping[str, str]]

    def page(self, name: str, **filled: str) -> str:
        """A text of the page with what stands in braces filled in. Raises ``KeyError`` for one that is not there."""
        return self.tables["page"][name].format_map(filled)

    def of(self, table: str, name: str, otherwise: str = "") -> str:
        """A word of a table, else ``otherwise``, else its name."""
        return self.tables.get(table, {}).get(name, otherwise or name)

    def drawn(self, name: str, **filled: str) -> str:
        """A text of the timeline."""
        return self.tables["timeline"][name].format_map(filled)

    def family(self, name: str) -> str:
        """What a family is called."""
        return self.of("families", name, FAMILY_TITLES[name])

    def strength(self, found: Strength) -> str:
        """Something done well."""
        return self.of("strengths", found.family, found.sentence) if found.family else found.sentence

    def advice(self, found: Habit) -> str:
        """What to try."""
        return self.of("advice", found.finding, found.sentence)

    def reason(self, code: str) -> str:
        """Why something is not scored; empty for no reason."""
        return self.of("reasons", code, reason_text(code)) if code else ""


def read(told: str) -> Texts:
    """Texts from the contents of a file. Raises ``tomllib.TOMLDecodeError`` where it is not TOML, and ``KeyError``
    where it names no language."""
    tables = tomllib.loads(told)
    return Texts(str(tables.pop("language")), tables)


@cache
def texts(language: str = "en") -> Texts:
    """The texts of a language; English where there is no file for it."""
    folder = resources.files("dashboard.handout")
    known = {Path(one.name).stem for one in folder.iterdir() if one.name.endswith(".toml")}
    return read((folder / f"{language if language in known else 'en'}.toml").read_text(encoding="utf-8"))
