"""People as exports write them: ``Lind, May``, ``May Lind (may@x)``, ``"May Lind" <may@x>``, ``may@x##Receive``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ADDRESS = re.compile(r"[^\s<>()\[\]\"';,:]+@[^\s<>()\[\]\"';,#]+")


def address_of(text: str) -> str:
    """The e-mail address in a text, lower case, ``""`` where there is none."""
    found = _ADDRESS.search(text.split("##")[0])
    return found[0].lower() if found else ""


def first_last_name(name: str) -> str:
    """``Lind, May`` as ``May Lind``."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name.strip()


@lru_cache(maxsize=50_000)
def people_of(names: str, addresses: str) -> list[tuple[str, str]]:
    """Names and addresses of a cell, joined by ``;`` and matched by position; an address inside a name counts."""
    people = []
    left, right = names.split(";"), addresses.split(";")
    for n in range(max(len(left), len(right))):
        name = left[n].strip() if n < len(left) else ""
        written = right[n].split("##")[0] if n < len(right) else ""
        address = address_of(written) or address_of(name)
        if not name and address:
            quoted = re.findall(r'^\s*"?([^"<]+?)"?\s*<', written)
            name = quoted[0] if quoted else ""
        plain = _ADDRESS.sub("", name)
        plain = re.sub(r"[<(\[]\s*[>)\]]|\"", "", plain).strip(" '\t")
        if plain or address:
            people.append((first_last_name(plain), address))
    return people


def _tokens(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return set(re.findall(r"[a-z0-9]+", plain))


def same_person(candidate: str, name: str, address: str) -> bool:
    """Whether a guest is the candidate: the same words in the name, or the name's words in the address."""
    mine = _tokens(candidate)
    if not mine:
        return False
    if name and "@" not in name and _tokens(name) == mine:
        return True
    local = _tokens(address.partition("@")[0] or (name.partition("@")[0] if "@" in name else ""))
    return len(mine) > 1 and (mine <= local or "".join(sorted(local)) in {"".join(sorted(mine))})


def names_one(short: str, name: str, whole: bool) -> bool:
    """Whether ``short`` is this person: all words of the name, or (not ``whole``) its first word alone."""
    words = [w for w in re.split(r"[^\w'’]+", name.casefold()) if w]
    told = [w for w in re.split(r"[^\w'’]+", short.casefold()) if w]
    return bool(told) and (told == words if whole else told == words[:1])
