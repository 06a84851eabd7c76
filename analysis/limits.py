"""What a number of the policy may be: its shape and its bounds."""

from __future__ import annotations

from typing import Final

Curve = tuple[tuple[float, float], ...]
Value = float | tuple[float, ...] | Curve

_LIMITS: Final = (
    ("share", 0.0, 1.0),
    ("sureness", 0.0, 1.0),
    ("points", 0.0, 100.0),
    ("hour on the employer's clock", 0.0, 24.0),
    ("after the decision date", -250.0, 250.0),
    ("business day", 0.0, 250.0),
    ("", 0.0, 10_000.0),
)
"""What a number may be, by the first words that stand in its unit; 250 business days are a year."""


class PolicyError(ValueError):
    """A policy that cannot be used; the message says which record and why.

    ``record`` names it: ``section.name``, a section where several numbers do not fit together, "" for the text as a
    whole.
    """

    def __init__(self, message: str, record: str = "") -> None:
        super().__init__(message)
        self.record = record


def within(name: str, value: object, hint: object, unit: str) -> Value:
    """The value of the record called ``name``, of the shape ``hint`` (a number, a tuple of numbers, a `Curve`).

    ``unit`` decides what its numbers may be; that of a curve has two parts, ``hours -> points``. Raises `PolicyError`.
    """
    if hint is float:
        return _number(name, value, unit)
    if not isinstance(value, list) or not value:
        raise PolicyError(f"{name} must be a list of numbers.", name)
    if hint == tuple[float, ...]:
        return tuple(_number(name, item, unit) for item in value)
    first, _, second = unit.partition("->")
    pairs: list[tuple[float, float]] = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            raise PolicyError(f"{name} must be a list of pairs such as [[12, 100], [24, 90]].", name)
        pairs.append((_number(name, pair[0], first), _number(name, pair[1], second)))
    if [x for x, _ in pairs] != sorted({x for x, _ in pairs}):
        raise PolicyError(f"The first numbers of the pairs of {name} must rise.", name)
    return tuple(pairs)


def _number(name: str, value: object, unit: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PolicyError(f"{name} must be a number, not {value!r}.", name)
    least, most = next((low, high) for words, low, high in _LIMITS if words in unit)
    if not least <= value <= most:
        raise PolicyError(f"{name} must lie between {least:g} and {most:g} ({unit.strip()}), not {value:g}.", name)
    return float(value)
