"""Writes docs/codes.md from the code: every finding, reason and problem with what it means.

Run from the repository: ``python docs/codes.py``. A test checks that the committed page is what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis.advice import REASONS, SENTENCES, STAFF
from analysis.problems import CATALOGUE

PAGE = Path(__file__).with_name("codes.md")

SEVERITIES = {
    "note": "nothing lost",
    "ask": "please decide",
    "set_aside": "the row is not scored",
    "unreadable": "the whole file is refused",
}


def page() -> str:
    """The page as Markdown."""
    findings = [(f"`{code}`", STAFF[code], SENTENCES[code]) for code in sorted(SENTENCES)]
    reasons = [(f"`{code}`", text) for code, text in sorted(REASONS.items()) if code]
    problems = [(f"`{kind.code}`", kind.title, SEVERITIES[kind.severity]) for _, kind in sorted(CATALOGUE.items())]
    parts = [
        "# Codes in results",
        "Codes are stable: programs may rely on them. The sentences may be reworded.",
        "## Findings",
        "In `families.*.findings` of the scores. Those that cost points stand behind a row of the receipt; the others "
        "are praise, advice for next time, or a request to check something.",
        _table(("code", "what staff read", "what the coach says"), findings),
        "## Reasons",
        "In `reason` where a family is pending, cannot be seen or is not scored, and in `overall_reason`.",
        _table(("code", "what it means"), reasons),
        "## Problems",
        "In `loading.files[].problems`, and in what `followthrough check` prints.",
        _table(("code", "what it is", "what follows"), problems),
    ]
    return "\n\n".join(parts) + "\n"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
