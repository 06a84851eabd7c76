"""Files named on the command line: patterns expanded, names made distinct, bytes read."""

from __future__ import annotations

import glob
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from analysis.reading.gate import MOST_BYTES

NO_EXPORTS: Final = (".md", ".toml", ".py", ".pyc", ".rst", ".png", ".json")
"""Endings of files that lie beside exports (a README, settings, a script) and are left out of a list."""


class Unreadable(Exception):
    """A file that cannot be read or written at all; the message is one sentence for the person who named it."""


def gather(named: Sequence[str]) -> tuple[list[Path], list[str]]:
    """The files that ``named`` (paths and patterns such as ``data/*``) stand for, in that order, and notes.

    Windows shells hand patterns over as they are. Beside other files, those that end as in `NO_EXPORTS` and
    Python's own folders are left out with a note; a file that is named alone is always taken.
    Raises `Unreadable` for a name or pattern that fits nothing.
    """
    found: list[Path] = []
    for name in named:
        if Path(name).exists() or not glob.has_magic(name):
            found.append(Path(name))
            continue
        fitting = sorted(glob.glob(name))  # noqa: PTH207 - a pattern may be absolute, which Path.glob refuses
        if not fitting:
            raise Unreadable(f"No file fits {name}; check the folder and the spelling.")
        found += [Path(path) for path in fitting]
    kept = [path for path in found if not _beside(path)]
    if not kept:
        return found, []
    notes = [f"Left out {path}: it is no export." for path in found if _beside(path)]
    return kept, notes


def read_all(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Name and bytes of each file. A name is the last part of the path, the whole path where that occurs twice.

    Raises `Unreadable` for a file that is missing, is a folder or a device, may not be read, or is too large.
    """
    last = [path.name for path in paths]
    names: list[str] = []
    for path in paths:
        name = path.name if last.count(path.name) == 1 else path.as_posix()
        number = 2
        label = name
        while label in names:
            label, number = f"{name} ({number})", number + 1
        names.append(label)
    return [(name, read_bytes(path)) for name, path in zip(names, paths, strict=True)]


def read_bytes(path: Path) -> bytes:
    """The bytes of one file. Raises `Unreadable`, see `read_all`."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise Unreadable(f"{path} is a folder; name the files in it, for example {path / '*.csv'}.")
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISFIFO(about.st_mode)):
            raise Unreadable(f"{path} is a device, not a file; name the exported file.")
        if about.st_size > MOST_BYTES:
            size = about.st_size >> 20
            raise Unreadable(f"{path} is {size} MB, more than can be loaded at once; export a shorter period.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"There is no file {path}; check the folder and the spelling.") from error
    except PermissionError as error:
        raise Unreadable(f"{path} may not be read; ask for permission, or close it elsewhere.") from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} cannot be read: {_why(error)}.") from error


def read_text(path: Path) -> str:
    """A settings file as UTF-8 text. Raises `Unreadable`, also for bytes that are no UTF-8."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is no UTF-8 text; save it as UTF-8.") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write one file. Raises `Unreadable` where that is not possible."""
    try:
        path.write_bytes(data)
    except FileNotFoundError as error:
        raise Unreadable(f"{path} cannot be written: there is no folder {path.parent}.") from error
    except IsADirectoryError as error:
        raise Unreadable(f"{path} is a folder; name a file in it.") from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} cannot be written: {_why(error)}.") from error


def names_beside(path: Path, parts: Sequence[str]) -> list[Path]:
    """One path for each part beside ``path``: ``out.csv`` becomes ``out-Interviews.csv``, ``out-Log-2026.csv`` ….

    Of a part's name only letters and digits are used, so that it never leads elsewhere; all paths differ.
    """
    out: list[Path] = []
    for part in parts:
        word = "-".join(re.findall(r"[^\W_]+", part))[:60] or "table"
        made, number = path.with_name(f"{path.stem}-{word}{path.suffix}"), 2
        while made in out:
            made, number = path.with_name(f"{path.stem}-{word}-{number}{path.suffix}"), number + 1
        out.append(made)
    return out


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths are one file that exists."""
    try:
        return one.samefile(other) and one.is_file()
    except (OSError, ValueError):
        return False


def _beside(path: Path) -> bool:
    return path.suffix.lower() in NO_EXPORTS or (path.name.startswith(("__", ".")) and path.is_dir())


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or type(error).__name__).lower() if isinstance(error, OSError) else str(error)
