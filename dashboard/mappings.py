"""What staff said about layouts, kept in one file of their data folder from one day to the next.

The file is JSON and the same as the one that is exported. It holds headers, words and answers of layouts, never a row
of a file or its name. It is written whole and put in place at once; one that cannot be read is kept aside.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs

from analysis.formats.answers import LayoutAnswers, as_plain, of_plain

ENVIRONMENT: Final = "FOLLOWTHROUGH_DATA"
"""The variable that names the data folder."""
NAME: Final = "mappings.json"
_VERSION: Final = 1
_LOCK: Final = threading.Lock()

Mappings = Mapping[str, LayoutAnswers]
"""Fingerprint of a header -> what was said about the layout."""


class NotKept(Exception):
    """Mappings that cannot be read, written or taken over; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The mappings that are kept, and a sentence where something was wrong with their file."""

    mappings: Mappings
    note: str = ""


def folder() -> Path:
    """The data folder: the one that `ENVIRONMENT` names, else the user's own for this program."""
    named = os.environ.get(ENVIRONMENT, "").strip()
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("followthrough", appauthor=False))


def load(place: Path | None = None) -> Kept:
    """What is kept in a data folder (default: `folder`); nothing where there is no file yet.

    A file that cannot be understood is renamed, so that it can be looked at, and what of it can be used is used.
    """
    path = (place or folder()) / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Kept({})
    except OSError as error:
        return Kept({}, f"Your saved mappings in {path} cannot be read ({_why(error)}); nothing saved is used.")
    found, wrong = _understood(data)
    if not wrong:
        return Kept(found)
    try:
        with _LOCK:
            aside = _aside(path)
            if found:
                _write(path, found)
    except OSError:
        return Kept(found, f"Part of your saved mappings in {path} cannot be used: {wrong}")
    used = f"; {len(found)} of them can still be used" if found else " and none is used"
    return Kept(found, f"Your saved mappings were damaged{used}. The old file is kept as {aside.name}. {wrong}")


def keep(said: Iterable[LayoutAnswers], place: Path | None = None) -> None:
    """Add or replace what was said about layouts. Raises `NotKept` where the file cannot be written."""
    _change({answers.fingerprint: answers for answers in said}, (), place)


def forget(marks: Iterable[str], place: Path | None = None) -> None:
    """Drop what was said about the layouts with these fingerprints. Raises `NotKept`."""
    _change({}, tuple(marks), place)


def to_bytes(mappings: Mappings) -> bytes:
    """Mappings as a file to keep or to hand on, the same for the same mappings."""
    listed = [as_plain(mappings[mark]) for mark in sorted(mappings)]
    told = {"followthrough": "mappings", "version": _VERSION, "mappings": listed}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def of_bytes(data: bytes) -> dict[str, LayoutAnswers]:
    """Mappings of a file that `to_bytes` made. Raises `NotKept` with a sentence for any other."""
    found, wrong = _understood(data)
    if wrong:
        raise NotKept(wrong)
    return found


def _change(added: Mappings, dropped: tuple[str, ...], place: Path | None) -> None:
    where = place or folder()
    now = {**load(where).mappings, **added}
    for mark in dropped:
        now.pop(mark, None)
    try:
        with _LOCK:
            _write(where / NAME, now)
    except OSError as error:
        raise NotKept(f"This could not be saved in {where} ({_why(error)}); it holds for this session only.") from error


def _write(path: Path, mappings: Mappings) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".mappings-", suffix=".json", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(to_bytes(mappings))
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}.json")).exists():
        number += 1
    path.replace(aside)
    return aside


def _understood(data: bytes) -> tuple[dict[str, LayoutAnswers], str]:
    """The mappings of a file, and a sentence for what of it cannot be used."""
    try:
        told: Any = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return {}, "It is no file of mappings: it does not hold JSON."
    if not isinstance(told, dict) or told.get("followthrough") != "mappings":
        return {}, "It is no file of mappings that this program wrote."
    if told.get("version") != _VERSION or not isinstance(told.get("mappings"), list):
        return {}, "It was written by another version of this program."
    found: dict[str, LayoutAnswers] = {}
    wrong: list[str] = []
    for plain in told["mappings"]:
        try:
            answers = of_plain(plain)
        except ValueError as error:
            wrong.append(str(error))
            continue
        found[answers.fingerprint] = answers
    return found, " ".join(dict.fromkeys(wrong))


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
