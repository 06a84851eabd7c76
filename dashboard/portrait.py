"""People as HTML, every text escaped. Pure: values in, markup out."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from analysis.joins import Spelling
from analysis.links import Who
from analysis.portraits import Person
from analysis.proposals import Proposal
from dashboard.dates import Dates

_MOST = 4


def portrait(person: Person, dates: Dates) -> str:
    """One of two people as a list of facts under the name."""
    others = tuple(n for n in person.names if n != person.candidate)
    newest = dates.day(person.newest) if person.newest is not None else ""
    facts = (
        ("Also written", _some(others)),
        ("E-mail", _some(person.emails)),
        ("Phone", _some(person.phones)),
        ("Id", _some(person.ids)),
        ("Clients", _some(person.clients)),
        ("Contacts", f"{person.contacts:,}"),
        ("Newest", newest),
        ("In", _some(person.files)),
    )
    return f'<p class="ft-h3">{escape(person.candidate)}</p>{_list(facts)}'


def why(proposal: Proposal) -> str:
    """What speaks for two people being one, and what against."""
    told = [*(f"<li>{escape(r)}</li>" for r in proposal.reasons)]
    told += [f"<li><b>But:</b> {escape(r)}</li>" for r in proposal.against]
    return f'<ul class="ft-reasons">{"".join(told)}</ul>'


def spelling(one: Spelling) -> str:
    """One way in which somebody is recorded, on a line."""
    parts = (one.name or "no name", one.email, one.phone, one.id)
    contacts = f"{one.contacts:,} {'contact' if one.contacts == 1 else 'contacts'}"
    where = f"{contacts} in {_some(one.files)}" + (f"; {_some(one.clients)}" if one.clients else "")
    told = " · ".join(p for p in parts if p)
    return f'<p class="ft-who">{escape(told)}<br><span class="ft-quiet">{escape(where)}</span></p>'


def who(one: Who) -> str:
    """What somebody is told by in a decision, as plain text."""
    told = (one.name, one.email, one.phone, f"id {one.id}" if one.id else "")
    return " · ".join(t for t in told if t)


def _some(values: Iterable[str]) -> str:
    listed = list(values)
    more = f" and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
    return ", ".join(listed[:_MOST]) + more


def _list(facts: Iterable[tuple[str, str]]) -> str:
    told = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts if v)
    return f'<dl class="ft-facts-of">{told}</dl>'


STYLE = """<style>
.ft-facts-of { display: grid; grid-template-columns: 6.2rem 1fr; gap: .1rem .6rem; margin: .25rem 0 0 !important;
  padding: 0 !important; }
.ft-facts-of dt { color: var(--ft-quiet); margin: 0 !important; }
.ft-facts-of dd { margin: 0 !important; overflow-wrap: anywhere; }
.ft-reasons { margin: .2rem 0 .3rem; padding-left: 1.1rem; } .ft-reasons li { margin: 0; overflow-wrap: anywhere; }
.ft-who { margin: 0; overflow-wrap: anywhere; line-height: 1.4; }
</style>"""
"""Looks of what this module writes."""
