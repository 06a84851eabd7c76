"""Opens a workbook in a process of its own, with a limit of memory and time, and takes over what it hands back."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import IO, Any, Final

import psutil

import analysis
from analysis.reading.audit import Refused
from analysis.reading.workbook import child

MOST_MEMORY: Final = 2 << 30
MOST_SECONDS: Final = 120
_GLANCE: Final = 0.05
_SEATS: Final = BoundedSemaphore(2)
"""So many workbooks are opened at once, whoever asks; each may take `MOST_MEMORY`."""
_TOO_MUCH: Final = "it takes more memory than a sheet of contacts ever does"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the child process hands it back: ``about`` it, its rows as lines, and how full each row is."""

    about: dict[str, Any]
    body: bytes
    fill: bytes


def open_apart(data: bytes, kind: str, memory: int = MOST_MEMORY, seconds: int = MOST_SECONDS) -> tuple[Sheet, ...]:
    """The sheets of a workbook of ``kind`` (xlsx, xlsb, xls, ods).

    The child process has ``memory`` bytes and ``seconds``; where the system does not hold it to them, it is watched
    and ended. Raises `Refused` for a workbook that is damaged, protected or too demanding.
    """
    command = [sys.executable, "-I", "-S", child.__file__, kind, str(memory), str(seconds), *_places()]
    with _SEATS, _started(command) as process:
        try:
            answer = _watched(process, data, memory, seconds)
        finally:
            if process.poll() is None:
                process.kill()
    if process.returncode != 0 or not answer.startswith(child.MAGIC):
        raise Refused("workbook_refused", why=_TOO_MUCH)
    return _sheets(answer)


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise Refused("workbook_refused", why="the process that opens workbooks cannot be started here") from error


def _watched(process: subprocess.Popen[bytes], data: bytes, memory: int, seconds: int) -> bytes:
    """The child's answer. It is ended when it takes too much or too long."""
    assert process.stdin is not None
    assert process.stdout is not None
    parts: list[bytes] = []
    feeding = Thread(target=_feed, args=(process.stdin, data), daemon=True)
    taking = Thread(target=_take, args=(process.stdout, parts), daemon=True)
    feeding.start()
    taking.start()
    until = time.monotonic() + seconds
    taking.join(_GLANCE)
    while taking.is_alive():
        if time.monotonic() > until:
            process.kill()
            raise Refused("workbook_refused", why=f"opening it takes longer than {seconds} seconds")
        if _size(process.pid) > memory:
            process.kill()
        taking.join(_GLANCE)
    process.wait()
    feeding.join()
    return b"".join(parts)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.close()
    except OSError:
        pass  # the child has ended; its answer says why


def _take(pipe: IO[bytes], parts: list[bytes]) -> None:
    while part := pipe.read(1 << 20):
        parts.append(part)


def _size(pid: int) -> int:
    """Memory in use by a process and those it started (on Windows the interpreter of a venv is one of these)."""
    try:
        first = psutil.Process(pid)
        others = first.children(recursive=True) if os.name == "nt" else []
        return sum(p.memory_info().rss for p in (first, *others))
    except psutil.Error:
        return 0


def _places() -> list[str]:
    """Folders of this package and of calamine, which a bare interpreter does not know."""
    own = Path(str(analysis.__file__)).parents[1]
    spec = find_spec("python_calamine")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("python_calamine")
    return list(dict.fromkeys((str(own), str(Path(spec.origin).parents[1]))))


def _sheets(answer: bytes) -> tuple[Sheet, ...]:
    start = len(child.MAGIC) + 8
    (length,) = struct.unpack("<Q", answer[len(child.MAGIC) : start])
    at = start + length
    head = json.loads(answer[start:at])
    if "problem" in head:
        raise Refused(head["problem"], **head["facts"])
    sheets = []
    for about in head["sheets"]:
        if about["chart"]:
            sheets.append(Sheet(about, b"", b""))
            continue
        middle = at + about["bytes"]
        end = middle + about["rows"]
        sheets.append(Sheet(about, answer[at:middle], answer[middle:end]))
        at = end
    return tuple(sheets)
