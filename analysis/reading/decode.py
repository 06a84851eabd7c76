"""Bytes -> UTF-8 bytes without mark, and which encoding they were in.

Order of evidence: byte-order mark; zero bytes (UTF-16 without a mark); strict UTF-8; mostly valid UTF-8
with a few broken bytes is a damaged UTF-8 file; otherwise cp1252, unless chardet speaks clearly for
another script.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import chardet
import numpy as np
from numpy.typing import NDArray

from analysis.problems import Problem, problem
from analysis.reading.lines import find_lines

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16
_BLOCK = 1 << 20
_PUNCTUATION = tuple(bytes([b]) for b in b"\x80\x85\x91\x92\x93\x94\x96\x97")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# without those that cp1252 has no sign for, and the line end U+0085
_CONTROLS = re.compile(rb"\xc2[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")
_WESTERN = {
    "ascii", "windows-1252", "iso-8859-1", "iso-8859-15", "iso-8859-9", "windows-1254", "macroman", "mac-roman",
    "utf-8",
}  # fmt: skip
_OTHER_VOICE = 0.6


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text as UTF-8 bytes (no mark, no NUL), the encoding it came in, and what was odd about it."""

    data: bytes
    encoding: str
    problems: tuple[Problem, ...] = ()


def _broken_byte(error: UnicodeError) -> tuple[str, int]:
    """A lone Western letter pasted into UTF-8 is that letter; any other broken byte is U+FFFD."""
    assert isinstance(error, UnicodeDecodeError)
    raw = error.object[error.start : error.end]
    following = error.object[error.end : error.end + 1]
    letter = raw.decode("cp1252", "replace")
    if len(raw) == 1 and (letter.isalpha() or raw in _PUNCTUATION) and (not following or following < b"\x80"):
        return letter, error.end
    return "�", error.end


def _undefined_in_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(chr(byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("followthrough_damaged_utf8", _broken_byte)
codecs.register_error("followthrough_cp1252", _undefined_in_cp1252)


def decode(data: bytes, file: str) -> Decoded:
    """Decode ``data``; never fails. ``problems`` has damaged lines, NUL bytes and a doubtful encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            if encoding == "utf-8":
                return _without_nul(_utf8(body, file, marked=True) or Decoded(body, "utf-8"), file, "utf-8-sig")
            return _wide(body, encoding, file)
    guess = _utf16_without_mark(data)
    if guess:
        return _wide(data, guess, file)
    decoded = _utf8(data, file, marked=False)
    return _without_nul(decoded or _single_byte(data, file), file)


def _wide(body: bytes, encoding: str, file: str) -> Decoded:
    text = body.decode(encoding, "replace")
    data = text.encode("utf-8", "replace").removeprefix(codecs.BOM_UTF8)
    problems: tuple[Problem, ...] = ()
    # a cut last unit shows as one replacement character at the very end
    if "�" in text:
        problems = (
            problem("damaged_text", file, _lines_of(data, [data.find("�".encode())])[0], places=text.count("�")),
        )
    return _without_nul(Decoded(data, encoding, problems), file)


def _utf16_without_mark(data: bytes) -> str:
    sample = np.frombuffer(data[:_SAMPLE], dtype=np.uint8)
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2], sample[1::2]
    zero_even, zero_odd = float(np.mean(even == 0)), float(np.mean(odd == 0))
    if zero_odd > 0.4 and zero_even < 0.05:
        return "utf-16-le"
    if zero_even > 0.4 and zero_odd < 0.05:
        return "utf-16-be"
    return ""


def _utf8(data: bytes, file: str, *, marked: bool) -> Decoded | None:
    if _is_utf8(data):
        return _without_controls(data, file)
    broken: list[int] = []
    at = 0
    limit = 10_000
    sound = len(_MULTIBYTE.findall(data))
    while at < len(data) and len(broken) <= limit:
        try:
            data[at:].decode("utf-8") if len(data) - at < _SAMPLE else _decode_forward(data, at)
            break
        except UnicodeDecodeError as error:
            broken.append(at + error.start)
            at += error.end
    if not marked and (len(broken) > limit or sound < max(2, 2 * len(broken))):
        return None
    text = data.decode("utf-8", "followthrough_damaged_utf8")
    lines = sorted(set(_lines_of(data, broken[:1000])))
    problems = tuple(problem("damaged_text", file, line, places=1) for line in lines)
    return Decoded(text.encode(), "utf-8", problems)


def _without_controls(data: bytes, file: str) -> Decoded:
    """Control characters U+0080 to U+009F in UTF-8 are cp1252 that somebody converted as Latin-1: put right."""
    places = [found.start() for found in islice(_CONTROLS.finditer(data), 1000)]
    if not places:
        return Decoded(data, "utf-8")
    mended = _CONTROLS.sub(lambda found: found[0][1:].decode("cp1252").encode(), data)
    return Decoded(mended, "utf-8", (problem("mended_text", file, _lines_of(data, places[:1])[0], count=len(places)),))


def _is_utf8(data: bytes) -> bool:
    """Block by block, so that no second copy of a large file is made."""
    view, at = memoryview(data), 0
    try:
        while at < len(data):
            stop = min(len(data), at + _BLOCK)
            # a block may not end within a letter
            while at < stop < len(data) and stop > at + _BLOCK - 4 and view[stop] & 0xC0 == 0x80:
                stop -= 1
            str(view[at:stop], "utf-8")
            at = stop
    except UnicodeDecodeError:
        return False
    return True


def _decode_forward(data: bytes, at: int) -> None:
    """Raise at the first broken byte from ``at``, looking at growing blocks so that many breaks stay cheap."""
    size = _SAMPLE
    while at < len(data):
        piece = data[at : at + size]
        try:
            piece.decode("utf-8")
            at += len(piece)
        except UnicodeDecodeError as error:
            if error.end >= len(piece) - 3 and at + len(piece) < len(data) and error.start > 0:
                at += error.start
            else:
                raise UnicodeDecodeError("utf-8", data, at + error.start, at + error.end, error.reason) from None
        size = min(size * 2, 1 << 24)


def _single_byte(data: bytes, file: str) -> Decoded:
    high = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) >= 0x80)
    # the lines that hold the unusual bytes say more than the head of the file
    sample = b"\n".join(data[max(0, at - 40) : at + 40] for at in high[:: max(1, len(high) // 400)][:400])
    voice = chardet.detect(sample if len(data) > _SAMPLE else data)
    name, confidence = (voice["encoding"] or "").lower(), float(voice["confidence"] or 0)
    clear = confidence >= _OTHER_VOICE or _mostly_runs(high)
    if name and name not in _WESTERN and clear and len(high) >= 8:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
        else:
            asked = problem("encoding_unsure", file, value=name, other="Windows-1252")
            return Decoded(text.encode(), name, (asked,))
    return Decoded(data.decode("cp1252", "followthrough_cp1252").encode(), "cp1252")


def _mostly_runs(high: NDArray[np.int64]) -> bool:
    """Western text has its accents apart; whole words of high bytes mean another script."""
    if len(high) < 8:
        return False
    joined = np.diff(high) == 1
    in_run = np.append(joined, False) & np.insert(joined, 0, False)
    return bool(np.mean(in_run) > 0.4)


def _without_nul(decoded: Decoded, file: str, encoding: str = "") -> Decoded:
    data, problems = decoded.data, decoded.problems
    if b"\0" in data:
        found = data.count(b"\0")
        problems = (*problems, problem("nul_bytes", file, _lines_of(data, [data.find(b"\0")])[0], count=found))
        data = data.replace(b"\0", b"")
    return Decoded(data, encoding or decoded.encoding, problems)


def _lines_of(data: bytes, places: Sequence[int]) -> list[int]:
    """The lines, from 1, on which these places lie once the NUL bytes are taken out."""
    at = np.array(places, dtype=np.int64)
    if b"\0" in data:
        at -= np.searchsorted(np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == 0), at)
        data = data.replace(b"\0", b"")
    starts = find_lines(data).starts
    lines: list[int] = np.clip(np.searchsorted(starts, at, side="right"), 1, max(1, len(starts))).tolist()
    return lines
