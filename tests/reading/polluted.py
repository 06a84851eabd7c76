"""A clean log and the ways in which files get polluted, as small functions."""

from __future__ import annotations

from analysis.reading import read
from analysis.reading.raw import RawTable

HEADER = "candidate,at,channel,client,note"
ROWS = [
    "May Lind,2026-03-02 10:00,email,Acme,thank you sent",
    'Sam Poe,2026-03-03 11:30,call,Brightside,"left message, will try again"',
    "Kim Ray,2026-03-04 09:15,call,Acme,asked for the date",
    "Ana Petrov,2026-03-05 16:45,card,Cobalt,card posted",
    'Lee Oak,2026-03-06 08:05,email,Delta,"said ""great chat"" twice"',
    "Ola Berg,2026-03-09 10:20,email,Acme,chased",
    "Ida Holm,2026-03-10 12:00,call,Brightside,no answer",
    "Max Roth,2026-03-11 13:40,text,Cobalt,short text",
    "Eva Novak,2026-03-12 14:10,email,Delta,thanks again",
    "Tom Vale,2026-03-13 15:55,call,Acme,spoke briefly",
]
CELLS = [
    ["May Lind", "2026-03-02 10:00", "email", "Acme", "thank you sent"],
    ["Sam Poe", "2026-03-03 11:30", "call", "Brightside", "left message, will try again"],
    ["Kim Ray", "2026-03-04 09:15", "call", "Acme", "asked for the date"],
    ["Ana Petrov", "2026-03-05 16:45", "card", "Cobalt", "card posted"],
    ["Lee Oak", "2026-03-06 08:05", "email", "Delta", 'said "great chat" twice'],
    ["Ola Berg", "2026-03-09 10:20", "email", "Acme", "chased"],
    ["Ida Holm", "2026-03-10 12:00", "call", "Brightside", "no answer"],
    ["Max Roth", "2026-03-11 13:40", "text", "Cobalt", "short text"],
    ["Eva Novak", "2026-03-12 14:10", "email", "Delta", "thanks again"],
    ["Tom Vale", "2026-03-13 15:55", "call", "Acme", "spoke briefly"],
]


def log(*, header: str = HEADER, rows: list[str] | None = None, end: str = "\n") -> str:
    """The log as text, every line ended."""
    return end.join([header, *(ROWS if rows is None else rows)]) + end


def with_row(position: int, text: str) -> list[str]:
    """The rows with one of them replaced."""
    return [*ROWS[:position], text, *ROWS[position + 1 :]]


def families() -> list[tuple[str, bytes]]:
    """One file for each kind of pollution, as bytes."""
    clean = log()
    body = "\n".join(ROWS)
    wide = "\n".join(
        ",".join(f'"{cell}"' for cell in row) for row in [HEADER.split(","), *[[*c[:4], "x"] for c in CELLS]]
    )
    text = {
        "clean": clean,
        "semicolons": clean.replace(",", ";"),
        "tabs": clean.replace(",", "\t"),
        "blanks after commas": clean.replace(",", ", "),
        "quotes everywhere": wide + "\n",
        "single quotes": wide.replace('"', "'") + "\n",
        "sep line": "sep=;\r\n" + clean.replace(",", ";"),
        "titles": "Contact log\nDesk 4\n\n" + clean,
        "titles with delimiters": "Contact log,,,,\n,,,,\n" + clean,
        "header of two rows": "who,when,how,whom,what\n" + clean,
        "no header": body + "\n",
        "header only": HEADER + "\n",
        "footer": clean + "\nGrand Totals (10 records)\nConfidential\n",
        "total row": clean + "Total,,,,10\n",
        "second table": clean + "\ncandidate,phone\nMay Lind,555-0101\nSam Poe,555-0102\n",
        "second table at once": clean + "candidate,phone,client\n" + "May Lind,555-0101,Acme\n" * 6,
        "repeated header": clean + clean,
        "long row": log(rows=with_row(2, ROWS[2] + ",,")),
        "extra cell": log(rows=with_row(3, "Ana Petrov,,2026-03-05 16:45,card,Cobalt,card posted")),
        "short row": log(rows=with_row(4, "Lee Oak,2026-03-06 08:05")),
        "glued cells": log(rows=with_row(5, "Ola Berg2026-03-09 10:20,email,Acme,chased")),
        "unclosed quote": log(rows=with_row(6, 'Ida Holm,2026-03-10 12:00,call,"Brightside,no answer')),
        "stray quote": log(rows=with_row(7, 'Max Roth,2026-03-11 13:40,text,Cob"alt,short text')),
        "row of other delimiter": log(rows=with_row(8, ROWS[8].replace(",", ";"))),
        "backslash escapes": clean.replace('""', '\\"'),
        "blank lines": clean.replace("\n", "\n\n"),
        "old Mac line ends": clean.replace("\n", "\r"),
        "mixed line ends": clean.replace("\n", "\r\n", 5).replace("\r\n", "\r", 2),
        "line break in a note": clean.replace("card posted", '"card\nposted"'),
        "zero bytes": clean.replace("Acme", "Ac\0me"),
        "trailing commas": clean.replace("\n", ",,\n"),
        "one column": "\n".join(row[0] for row in CELLS) + "\n",
        "no last line end": clean.rstrip("\n"),
    }
    accents = clean.replace("Acme", "Société «Été»").replace("Sam Poe", "Zoë O’Poe")
    files = [(name, value.encode()) for name, value in text.items()]
    files += [
        (encoding, accents.encode(encoding, "replace"))
        for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
    ]
    files += [(encoding, accents.encode(encoding, "replace")) for encoding in ("cp1252", "latin-1", "mac-roman")]
    return files


def table(text: str | bytes) -> RawTable:
    """The table of a file."""
    return read(text.encode() if isinstance(text, str) else text, "log.csv")


def cells(found: RawTable) -> list[list[str]]:
    """Its cells, row by row."""
    return [list(row) for row in found.frame.itertuples(index=False, name=None)]


def codes(found: RawTable) -> list[str]:
    """The codes of its problems."""
    return [p.code for p in found.problems]
