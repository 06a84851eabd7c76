"""Results as aligned text for a terminal, stripped of control characters, which a terminal would obey."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from analysis.advice import SENTENCES, reason_text, title
from analysis.checked import CheckedLog
from analysis.formats.answers import LayoutAnswers
from analysis.formats.profile import IGNORED, normal_header
from analysis.joins import WhoIsWho
from analysis.policy import Bands, Today
from analysis.report import FAMILY_TITLES, band
from analysis.results import FAMILIES, Scores
from analysis.today import is_stale, newest_contact_age
from dashboard import exports

NARROWEST: Final = 80
WIDEST: Final = 120
AID: Final = "An aid for coaching, not for selecting people."

_FAMILY: Final = max(map(len, FAMILY_TITLES.values()))
_MOST_PLACES: Final = 4


def score_text(log: CheckedLog, scores: Scores, bands: Bands, width: int = 100) -> str:
    """Every candidate by name: the overall, each family with its deductions, and what the coach says.

    ``width`` in characters is held between `NARROWEST` and `WIDEST`.
    """
    wide = _width(width)
    parts = [*_wrapped("", _head(scores), wide, 0), *_wrapped("", _read(log), wide, 0), AID]
    taken, flags = exports.deductions(scores), _flags(scores)
    people = exports.by_name(scores.candidates).to_dict("records")
    for row, shown in zip(people, exports.candidates(scores), strict=True):
        parts += ["", *_candidate(row, shown, taken, flags, bands, wide)]
    if scores.candidates.empty:
        parts += ["", "No candidate with a contact was found; `followthrough check` says what was read."]
    return _lines(parts)


def check_text(log: CheckedLog, width: int = 100) -> str:
    """A row a file, then each problem with its line."""
    wide = _width(width)
    rows = [
        [f.file, f.format.replace("_", " "), *(f"{n:,}" for n in (f.lines, f.contacts, f.set_aside, len(f.problems)))]
        for f in log.files
    ]
    parts = grid(["file", "taken for", "lines", "contacts", "set aside", "problems"], rows, right={2, 3, 4, 5})
    for account in log.files:
        if account.problems:
            parts += ["", clean(account.file)]
        for found in account.problems:
            place = f"line {found.line}" if found.line else "whole file"
            stop = "" if found.kind.title.endswith("?") else "."
            parts += _wrapped(f"  {place:<12} {found.kind.title}{stop} ", found.message, wide, indent=15)
    return _lines(parts)


def mappings_text(kept: Mapping[str, LayoutAnswers], width: int = 100) -> str:
    """A row a layout that somebody described: its mark, when, and what its columns were taken for."""
    if not kept:
        return _lines(["No layout was described yet; that is done under Upload in the dashboard."])
    parts: list[str] = []
    for mark, said in sorted(kept.items(), key=lambda item: (item[1].told_on, item[0])):
        fields = {h: said.columns.get(normal_header(h), "") for h in said.headers}
        read = [f"{h} = {f}" for h, f in fields.items() if f and f != IGNORED]
        told = ", ".join(read) or ", ".join(said.headers)
        base = f"{said.base.replace('_', ' ')}: " if said.base else ""
        parts += _wrapped(f"{mark[:8]}  {said.told_on or 'earlier':<10}  ", base + told, _width(width), indent=22)
    return _lines(parts)


def people_text(found: WhoIsWho, width: int = 100) -> str:
    """Pairs that may be one candidate, numbered: both people, why, and how to hand in the answer."""
    wide = _width(width)
    pairs = f"{len(found.proposals):,} {'pair' if len(found.proposals) == 1 else 'pairs'}"
    parts = [f"{found.candidates:,} candidates; {pairs} may be one person."]
    for number, pair in enumerate(found.proposals, start=1):
        later = ", left for later" if pair.later else ""
        parts += ["", f"{number:>2}. {pair.word}{later}: {'; '.join(pair.reasons)}"]
        parts[-1:] = _wrapped("", clean(parts[-1]), wide, indent=4)
        for against in pair.against:
            parts += _wrapped("    but: ", against, wide, indent=9)
        for person in (pair.one, pair.other):
            told = (*person.emails, *person.phones, *person.ids, *person.clients)
            parts += _wrapped("    - ", ", ".join((person.candidate, *told)), wide, indent=6)
    if not found.proposals:
        parts.append("Nobody in these files looks like somebody else.")
    return _lines(parts)


def actions_text(
    log: CheckedLog, scores: Scores, actions: pd.DataFrame, rules: Today | None = None, width: int = 100
) -> str:
    """The action list, numbered: the sentence, then why and what to do. Warns where the files are old."""
    wide = _width(width)
    parts = [*_wrapped("", _head(scores), wide, 0), *_wrapped("", _read(log), wide, 0)]
    age = newest_contact_age(scores)
    if age is not None and is_stale(scores, rules):
        parts.append(f"The newest contact is {age} days old: load a fresh export before you act on this.")
    parts += [AID, ""]
    for number, row in enumerate(actions.to_dict("records"), start=1):
        parts += _wrapped(f"{number:>2}. ", str(row["sentence"]), wide, indent=4)
        parts += _wrapped("    ", f"Why: {row['reason']}. Do: {row['do']}.", wide, indent=4)
    if actions.empty:
        parts.append("Nobody needs a word today, as far as these files show.")
    return _lines(parts)


def grid(header: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Aligned columns under a header; those numbered in ``right`` end flush."""
    flush = set(right)
    cells = [[clean(cell) for cell in row] for row in (header, *rows)]
    widths = [max(columns(row[i]) for row in cells) for i in range(len(header))]

    def line(row: Sequence[str]) -> str:
        padded = [
            " " * (widths[i] - columns(cell)) + cell if i in flush else cell + " " * (widths[i] - columns(cell))
            for i, cell in enumerate(row)
        ]
        return "  ".join(padded).rstrip()

    return [line(cells[0]), "  ".join("-" * w for w in widths), *map(line, cells[1:])]


def clean(text: str) -> str:
    """Text on one line, without characters that steer a terminal or turn the reading direction."""
    kept = (" " if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" else c for c in text)
    return " ".join("".join(kept).split())


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: none for a combining mark, two for a wide letter."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _candidate(
    row: dict[Any, Any],
    shown: dict[str, Any],
    taken: dict[tuple[str, str], list[dict[str, Any]]],
    flags: dict[str, list[str]],
    bands: Bands,
    wide: int,
) -> list[str]:
    key = str(row["candidate_key"])
    lines = [_overall(row, shown, bands, wide)]
    advice: dict[str, None] = {}
    for family in FAMILIES:
        result = shown["families"][family]
        lines += _wrapped(*_family(family, result), wide, indent=_FAMILY + 11)
        off = taken.get((key, family), [])
        for deduction in off:
            lines += _deduction(deduction, wide)
            advice.setdefault(deduction["finding"])
        # praise beside a deduction reads as a contradiction
        advice.update(dict.fromkeys(f for f in result["findings"] if not (off and f == "well_judged")))
    for finding in advice:
        if finding in SENTENCES and finding != "not_scored":
            lines += _wrapped("  > ", SENTENCES[finding], wide, indent=4)
    for finding in flags.get(key, []):
        lines += _wrapped("  ? ", title(finding), wide, indent=4)
    return lines


def _flags(scores: Scores) -> dict[str, list[str]]:
    """Candidate key -> codes of what staff should check about who and which application."""
    table = scores.findings.loc[scores.findings["family"] == "", ["candidate_key", "finding"]].drop_duplicates()
    return {str(key): [str(code) for code in part] for key, part in table.groupby("candidate_key")["finding"]}


def _overall(row: dict[Any, Any], shown: dict[str, Any], bands: Bands, wide: int) -> str:
    name = clean(str(shown["candidate"])) or "(no name)"
    told = [_count(shown["interviews"], "interview")]
    if shown["overall"] is None:
        told.insert(0, reason_text(str(shown["overall_reason"])))
    else:
        told.insert(0, f"{_number(shown['overall'])} of 100, {band(shown['overall'], bands)}")
        if row["lowest"] < row["highest"]:
            told.append(f"from {_number(row['lowest'])} to {_number(row['highest'])}")
        told.append(f"rests on {shown['scored_weight']:.0%} of the weight")
    if shown["provisional"]:
        told.append("provisional")
    return "\n".join(_wrapped(f"{name}: ", "; ".join(told), wide, indent=4))


def _family(family: str, result: dict[str, Any]) -> tuple[str, str]:
    name = FAMILY_TITLES[family]
    if result["points"] is None:
        reason = reason_text(result["reason"])
        return f"  {name:<{_FAMILY}}      -  ", f"{result['status']}{f': {reason}' if reason else ''}"
    return f"  {name:<{_FAMILY}}  {result['points']:5.1f}  ", result["word"]


def _deduction(row: dict[str, Any], wide: int) -> list[str]:
    places = ", ".join(row["contacts"][:_MOST_PLACES])
    more = len(row["contacts"]) - _MOST_PLACES
    seen = f" [{places}{f' and {more} more' if more > 0 else ''}]" if places else ""
    limit = f"; limit: {row['limit']}" if row["limit"] else ""
    told = f"{title(row['finding'])}: {row['measured']}{limit}{seen}"
    return _wrapped(f"    {-row['points']:6.1f}  ", told, wide, indent=12)


def _head(scores: Scores) -> str:
    day, clock = _moment(scores.as_of, scores), scores.as_of.strftime("%H:%M")
    return f"As of {day}, {clock} ({scores.as_of.tz}). Policy {clean(scores.policy)}."


def _read(log: CheckedLog) -> str:
    contacts, aside, undated = sum(f.contacts for f in log.files), sum(f.set_aside for f in log.files), len(log.undated)
    told = [_count(contacts, "contact")]
    if undated:
        told.append(f"{undated:,} without a date")
    if in_notes := sum(f.told for f in log.files):
        told.append(f"{in_notes:,} more told of in notes")
    told.append(f"{aside:,} set aside" if aside else "none set aside")
    more = " (`followthrough check` says which and why)" if aside or undated else ""
    return f"{_count(len(log.files), 'file')}: {', '.join(told)}{more}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _moment(when: pd.Timestamp, scores: Scores) -> str:
    if pd.isna(when):
        return ""
    local = when.tz_convert(scores.as_of.tz) if when.tz is not None else when
    return f"{local.strftime('%a')} {local.day} {local.strftime('%b %Y')}"


def _number(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")


def _wrapped(start: str, text: str, wide: int, indent: int) -> list[str]:
    return textwrap.wrap(
        start + clean(text), wide, subsequent_indent=" " * indent, drop_whitespace=True, break_on_hyphens=False
    ) or [start.rstrip()]


def _width(width: int) -> int:
    return max(NARROWEST, min(WIDEST, width))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in parts) + "\n"
