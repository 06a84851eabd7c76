"""Header fields of a message as text: words of RFC 2047, letters sent raw, people with their addresses.

Python's own structured headers take 0.3 ms each, lose the name of ``may@x (May Lind)`` and raise on damaged
fields, so addresses are taken apart here. What a field holds never raises.
"""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from email.errors import HeaderParseError
from email.header import decode_header
from functools import lru_cache
from typing import Final

import analysis.reading.decode  # noqa: F401  (registers how undefined bytes of cp1252 are read)

_FOLD: Final = re.compile(r"(?:\r\n|\n|\r)[ \t]*")
_SPACE: Final = re.compile(r"[\s\x00-\x1f]+")
_PIECE: Final = re.compile(
    r'"(?P<quoted>(?:\\.|[^"\\])*)"|<(?P<angle>[^<>]*)>|\((?P<comment>[^()]*)\)|(?P<mark>[,;:])|(?P<text>[^",;:<>()]+)|.',
    re.DOTALL,
)
_ENCODED_WORD: Final = r"=\?[!->@-~]{1,60}\?[bBqQ]\?[ !->@-~]*\?="
_ENCODED: Final = re.compile(rf"{_ENCODED_WORD}(?:\s*{_ENCODED_WORD})*")
_ADDRESS: Final = re.compile(r"[^\s<>()\[\]\"',;:@]{1,120}@[^\s<>()\[\]\"',;:]{1,200}")
_ALIASES: Final = {
    "us-ascii": "utf-8", "ascii": "utf-8", "unknown-8bit": "utf-8", "unknown": "utf-8", "default": "utf-8",
    "x-unknown": "utf-8", "8bit": "utf-8", "utf8": "utf-8", "utf-8mb4": "utf-8", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932", "iso-8859-8-i": "iso-8859-8",
    "macintosh": "mac-roman", "x-mac-roman": "mac-roman", "unicode-1-1-utf-7": "utf-7",
}  # fmt: skip
_CHARSET: Final = re.compile(
    r"(?:utf|iso|windows|cp|koi8|gb|big5|cp|mac|tis|euc|shift|johab|ptcp|kz|viscii|\d)", re.IGNORECASE
)
LONGEST: Final = 1 << 16
"""Characters of a header field that are looked at."""

Person = tuple[str, str]


def decoded(data: bytes, charset: str) -> tuple[str, bool]:
    """Text of bytes in the charset they claim, and whether that claim held; else UTF-8, else Windows-1252."""
    said = charset.strip().strip("\"'").lower()
    name = _ALIASES.get(said, said) or "utf-8"
    if _CHARSET.match(name) and not name.startswith(("utf-16", "utf_16")):
        try:
            return data.decode(name), True
        except (LookupError, UnicodeError, ValueError):
            pass
    elif name.startswith(("utf-16", "utf_16")):
        return data.decode("utf-16-le" if name.endswith("le") else "utf-16", "replace"), True
    try:
        return data.decode("utf-8"), not said
    except UnicodeDecodeError:
        return data.decode("cp1252", "followthrough_cp1252"), said in ("cp1252", "windows-1252", "iso-8859-1")


@lru_cache(maxsize=20_000)
def field_text(raw: str) -> str:
    """A field as a person reads it: unfolded, RFC 2047 decoded, one line. ``raw`` as the ``email`` package keeps it."""
    text = _FOLD.sub(" ", raw[:LONGEST])
    if not text.isascii():
        text = decoded(text.encode("utf-8", "surrogateescape"), "")[0]
    if "=?" in text:
        text = _words(text)
    return _SPACE.sub(" ", text).strip()


def _words(text: str) -> str:
    """Encoded words decoded, each run of neighbours at once; those that cannot be are left as they stand."""
    return _ENCODED.sub(lambda run: _run(run[0]), text)


def _run(text: str) -> str:
    try:
        pieces = decode_header(text)
    except (HeaderParseError, Base64Error, ValueError, IndexError, LookupError):
        return text
    return "".join(p if isinstance(p, str) else decoded(p, charset or "")[0] for p, charset in pieces)


@lru_cache(maxsize=20_000)
def people(raw: str) -> tuple[Person, ...]:
    """Names and addresses (lower case) of an address field, groups opened; nobody stands twice."""
    found = _people(_FOLD.sub(" ", raw[:LONGEST]))
    if len(found) == 1 and not found[0][1] and "@" in found[0][0]:
        # the whole field was one encoded word
        found = _people(found[0][0])
    return tuple(dict.fromkeys(found))


def _people(text: str) -> list[Person]:
    found: list[Person] = []
    name: list[str] = []
    spare = address = waiting = ""

    def close() -> None:
        nonlocal spare, address, waiting
        written = field_text(" ".join(name))
        if not address:
            lone = _ADDRESS.search(written)
            if lone is not None:
                address = lone[0]
                written = written.replace(lone[0], "").strip()
        if address:
            shown = f"{waiting}, {written}" if waiting and written else written or waiting or spare
            found.append(_person(shown, address))
            waiting = ""
        elif written:
            if waiting:
                found.append(_person(waiting, ""))
            waiting = written
        name.clear()
        spare = address = ""

    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup
        if kind == "mark":
            if piece["mark"] == ":":
                name.clear()  # a group's name
            else:
                close()
        elif kind == "angle":
            at = _ADDRESS.search(piece["angle"])
            address = address or (at[0] if at else "")
        elif kind == "comment":
            spare = field_text(piece["comment"])
        elif kind == "quoted":
            name.append(re.sub(r"\\(.)", r"\1", piece["quoted"]))
        elif kind == "text":
            name.append(piece["text"].strip())
    close()
    if waiting:
        found.append(_person(waiting, ""))
    return found


def _person(name: str, address: str) -> Person:
    plain = _SPACE.sub(" ", name.replace(";", ",")).strip(" '\"\t,<>[]")
    address = address.strip(".'").lower()
    return ("" if plain.lower() == address else plain, address)
