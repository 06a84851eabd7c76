"""A family's receipt as HTML, every text escaped. Pure: a report in, markup out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from types import MappingProxyType

from analysis.report import Deduction, FamilyReceipt

_MOST_PLACES = 4


def number(points: float) -> str:
    """Points with one decimal at most."""
    return f"{points:.1f}".removesuffix(".0")


def receipt(family: FamilyReceipt, remarks: Mapping[str, str] = MappingProxyType({}), lit: Collection[int] = ()) -> str:
    """One family as a card: points and word, the sum, a row a deduction, and what to say about it.

    ``remarks``: what was said with each correction, by its key. ``lit``: contacts that are chosen on the timeline; the
    rows that they caused are marked, for a reader who sees and for one who listens.
    """
    scored = family.points is not None
    shown = f"{number(family.points)} · {family.word}" if family.points is not None else family.status
    stands = any(not d.correction for d in family.deductions)
    below = family.sum if scored and stands else "100, nothing taken off" if scored else family.reason
    rows = "".join(_row(d, remarks, not set(lit).isdisjoint(d.contacts)) for d in family.deductions)
    advice = "".join(f'<p class="ft-advice">{escape(a.sentence)}</p>' for a in family.advice if a.sentence)
    return (
        f'<section class="ft-family"><header><h4 class="ft-h3">{escape(family.title)}</h4>'
        f"<b>{escape(shown)}</b></header>"
        f'<p class="ft-sum">{escape(below)}</p>'
        f"{f'<ul>{rows}</ul>' if rows else ''}{advice}</section>"
    )


def _row(deduction: Deduction, remarks: Mapping[str, str], lit: bool) -> str:
    places = ", ".join(deduction.references[:_MOST_PLACES])
    more = len(deduction.references) - _MOST_PLACES
    seen = f"{places} and {more} more" if more > 0 else places
    measured = f"{deduction.measured}; limit: {deduction.limit}" if deduction.limit else deduction.measured
    if deduction.correction:
        said = remarks.get(deduction.correction, "Corrected")
        return (
            f'<li><b>±0</b><div><p><s>{escape(deduction.title)}</s></p><p class="ft-quiet">{escape(measured)}</p>'
            f'<p class="ft-quiet">{escape(said)}</p></div></li>'
        )
    return (
        f"<li{' class=ft-lit aria-current=true' if lit else ''}>"
        f"<b>−{number(deduction.points)}</b><div><p>{escape(deduction.title)}</p>"
        f'<p class="ft-quiet">{escape(measured)}</p>'
        f"{f'<p class=ft-quiet>{escape(seen)}</p>' if seen else ''}</div></li>"
    )
