"""Records within records as one row of text: dotted names, lists joined by semicolons."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any, Final

_DEEPEST: Final = 12
_LONGEST: Final = 200_000
DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: "")
"""Reads numbers as the text they are written in."""


def flat(value: object, name: str = "", depth: int = 0) -> dict[str, str]:
    """A value of JSON as text by dotted names.

    Lists are joined by semicolons, the places of a list of records kept: the addresses of ``interviewers`` stand in
    ``interviewers.email`` in the order of their names in ``interviewers.name``. What lies deeper than 12 levels is left
    as it is written.
    """
    if depth > _DEEPEST:
        return {name: json.dumps(value, ensure_ascii=False, default=str)[:_LONGEST]}
    if isinstance(value, Mapping):
        out: dict[str, str] = {}
        for key, part in value.items():
            out.update(flat(part, f"{name}.{key}" if name else str(key), depth + 1))
        return out
    if isinstance(value, (list, tuple)):
        return _of_list(list(value), name, depth)
    return {name or "value": _text(value)}


def _of_list(items: list[Any], name: str, depth: int) -> dict[str, str]:
    if len(items) == 1:
        return flat(items[0], name, depth + 1)
    cells = [flat(item, name, depth + 1) for item in items]
    names = dict.fromkeys(key for cell in cells for key in cell)
    return {key: ";".join(cell.get(key, "").replace(";", ",") for cell in cells).rstrip(";") for key in names}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def flat_cells(cell: str, name: str) -> dict[str, str]:
    """The text of a cell that is a record or a list, as JSON or Python writes it; nothing where it is neither."""
    if len(cell) > _LONGEST:
        return {}
    for read in (DECODER.decode, ast.literal_eval):
        try:
            value = read(cell.strip())
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        return flat(value, name) if isinstance(value, (dict, list)) else {}
    return {}
