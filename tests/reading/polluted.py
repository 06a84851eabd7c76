"""A clean log and the ways in which files get polluted, as small functions."""

from __future__ import annotations

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
