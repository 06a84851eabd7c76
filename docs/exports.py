"""Writes docs/exports.md from the layouts that are known: whose export, how to get it, what its time means.

Run from the repository: ``python docs/exports.py``. A test checks that the committed page is what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis.formats.profile import Profile, profiles
from analysis.formats.recognising import choices

PAGE = Path(__file__).with_name("exports.md")

HOLDS = {
    "contacts": "contacts",
    "no_dates": "contacts without a date",
    "last_state": "only the last state",
    "people": "people, no contacts",
}
LANGUAGES = {
    "cs": "Czech",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "internal": "inner names",
    "technical": "technical names",
    "older": "older header",
    "classic": "classic header",
}
TIMES = {"contact": "when it happened", "logged": "when it was typed in"}


def page() -> str:
    """The page as Markdown."""
    known = sorted((p for p in profiles() if p.system), key=lambda p: (p.system.lower(), p.title.lower()))
    parts = [
        "# Exports that are recognised",
        "An export is known by its header, whatever the order, case, accents and spacing of its columns, with columns "
        "missing and added, and in the languages named below. Where a column it is known by is missing or written "
        "otherwise, it is read and Upload says so; where two layouts fit one header, Upload asks. The layouts are data "
        "files in `analysis/formats/exports`; a new export is a new file there. Any other table is read by mapping its "
        "columns under Upload.",
        "## How staff get them",
        _table(("system", "export", "how staff get it", "languages and versions"), map(_origin, known)),
        "A star: the header is known from the system's documents or its programming interface, not from a file that "
        "staff exported.",
        "## What they tell",
        _table(("export", "holds", "what its time means", "what it cannot tell"), map(_telling, known)),
        "## What happens to their rows",
        _table(
            ("export", "rows that are one contact", "rows that are no contact"), (_rows(p) for p in known if _odd(p))
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _origin(profile: Profile) -> tuple[str, ...]:
    mark = "" if profile.confirmed else " *"
    return (
        profile.system,
        profile.title + mark,
        profile.how,
        ", ".join(["English", *(LANGUAGES.get(n, n) for n in profile.languages)]),
    )


def _telling(profile: Profile) -> tuple[str, ...]:
    return profile.title, HOLDS[profile.holds], profile.time or TIMES[profile.time_is], profile.cannot


def _odd(profile: Profile) -> bool:
    return profile.once is not None or bool(profile.continued or profile.skip)


def _rows(profile: Profile) -> tuple[str, ...]:
    same = []
    if profile.once is not None:
        agree = f"those that agree in {_and(choices()[name] for name in profile.once.by)}"
        same.append(profile.once.why or agree)
    if profile.continued:
        same.append("a row without its main columns goes on with the one above")
    return profile.title, "; ".join(same), "; ".join(dict.fromkeys(rule.why for rule in profile.skip))


def _and(words: Iterable[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
