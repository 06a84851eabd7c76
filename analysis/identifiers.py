"""What tells a person in plain form: names, e-mail addresses and phone numbers as they can be compared."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import phonenumbers
from numpy.typing import NDArray

from analysis.phrases import fold
from analysis.segments import Ints

_ONE_SERVICE: Final = {"googlemail.com": "gmail.com"}


def plain_name(name: str) -> str:
    """A name without case, accents, dots and order of a comma: ``"Lind, May"`` and ``"may lind"`` are equal."""
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first} {last}"
    return " ".join(fold(name).replace(".", " ").casefold().split())


def plain_names(names: str) -> str:
    """`plain_name` of each of several names that are joined by ``;``, in their places."""
    return ";".join(plain_name(name) for name in names.split(";"))


def plain_email(address: str) -> str:
    """An address without capitals and without what follows a plus in front of the ``@``.

    Mail to ``ana+jobs@…`` lands in the mailbox of ``ana@…`` wherever a plus has a meaning at all; where an agency
    gives such addresses to many people, their names differ, and then an address joins nobody.
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    base = local.split("+")[0]
    return f"{base or local}{at}{_ONE_SERVICE.get(domain, domain)}"


def plain_emails(addresses: str) -> str:
    """`plain_email` of each of several addresses that are joined by ``;``, in their places."""
    return ";".join(plain_email(address) if address else "" for address in addresses.split(";"))


def plain_phone(phone: str, region: str = "") -> str:
    """A phone number as E.164, with ``;ext=`` where an extension follows, else its digits.

    ``region``: ISO country in which numbers without ``+`` are dialled; ``""`` where it is not known.
    """
    text = phone.strip().lstrip("'")
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) < 7:
        return digits
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_possible_number(number):
        return digits
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def telling_phone(plain: str) -> str:
    """A plain phone number that can tell a person: long enough, and not one digit over and over; else ``""``."""
    digits = [c for c in plain.partition(";")[0] if c.isdigit()]
    return plain if len(digits) >= 7 and len(set(digits[-7:])) > 1 else ""


def distinct(values: pd.Series) -> tuple[Ints, list[str]]:
    """Codes and distinct values of a text column, numbered in sorted order (so row order never matters)."""
    codes, kept = pd.factorize(values, sort=True)
    return codes.astype(np.int64), [str(v) for v in kept]


def mapped(values: pd.Series, change: object) -> NDArray[np.object_]:
    """Apply ``change`` (text -> text) once per distinct value; an object array aligned with ``values``."""
    codes, kept = distinct(values)
    if not len(kept):
        return np.empty(0, dtype=object)
    assert callable(change)
    return np.array([change(v) for v in kept], dtype=object)[codes]


def opaque(values: pd.Series) -> list[str]:
    """Stable keys that show nothing of the values: 16 hex digits of a hash."""
    hashed = pd.util.hash_array(values.to_numpy(dtype=object), categorize=False)
    return [f"{value:016x}" for value in hashed.tolist()]
