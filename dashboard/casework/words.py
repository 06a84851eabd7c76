"""What a person can say about a contact, in the words of the trade, and what was said as a sentence. No screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from analysis.corrections import Correction
from analysis.report import FAMILY_TITLES
from dashboard.dates import Dates

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "interview": "an interview",
        "thank_you": "a thank-you",
        "follow_up": "a follow-up: they asked for news",
        "reply": "a reply",
        "logistics": "arrangements: times, papers, directions",
        "courtesy": "a courtesy, nothing asked",
        "decision_date": "the employer named a decision date",
        "will_contact": "the employer said they will be in touch",
        "rejection": "a rejection",
        "offer": "an offer",
        "hired": "hired",
        "withdrawn": "the candidate withdrew",
        "closed": "the job was closed",
        "no_calls": "the employer asked for no calls",
        "no_contact": "the employer asked for no contact",
        "no_notes": "the employer wants no thank-you notes",
        "debrief": "a debrief with us",
        "other": "something that does not count",
    }
)
CHANNELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "email": "e-mail",
        "call": "call",
        "voicemail": "voicemail",
        "text": "text message",
        "card": "card or letter",
        "in_person": "in person",
        "video": "video call",
        "social": "LinkedIn and the like",
        "portal": "portal",
        "other": "another way",
    }
)
PARTIES: Final[Mapping[str, str]] = MappingProxyType(
    {"candidate": "the candidate", "client": "the employer", "agency": "us", "system": "a machine"}
)
STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "happened": "it took place",
        "cancelled": "it was cancelled",
        "no_show": "the candidate did not come",
        "planned": "it is only planned",
        "attempted": "nobody was reached, no message left",
        "failed": "it did not arrive",
        "draft": "it was never sent",
    }
)
WRONG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kind": "It was something else",
        "asked_for": "The employer asked for it",
        "moment": "It happened at another time",
        "parties": "Somebody else sent it, or got it",
        "application": "It belongs to another interview or employer",
        "candidate": "It is about another candidate",
        "state": "It did not happen like that",
        "left_out": "Leave it out because …",
    }
)
"""What can be wrong with a contact: codes of `analysis.corrections.WHATS`."""


def told(correction: Correction, dates: Dates) -> str:
    """A correction as a sentence: what was said, by whom, when, and why."""
    by = f"{correction.author}, {dates.day(pd.Timestamp(correction.at))}" if correction.at else correction.author
    reason = f": {correction.reason}" if correction.reason else ""
    return f"{_said(correction, dates)} ({by}){reason}"


def _said(correction: Correction, dates: Dates) -> str:
    value = correction.value
    match correction.what:
        case "kind":
            by = f", by {CHANNELS.get(value['channel'], value['channel'])}" if value.get("channel") else ""
            return f"It was {KINDS.get(value['kind'], value['kind'])}{by}"
        case "parties":
            return f"From {PARTIES[value['sender']]} to {PARTIES[value['receiver']]}"
        case "state":
            return STATES[value["state"]].capitalize()
        case "left_out":
            return "Left out"
        case "asked_for":
            return "The employer had asked for it"
        case "moment":
            return f"It happened {dates.known(pd.Timestamp(value['at']).tz_localize(None), value['precision'])}"
        case "application":
            return f"It belongs to {' · '.join(v for v in (value['client'], value.get('job', '')) if v)}"
        case "candidate":
            return f"It is about {value['candidate']}"
        case "finding":
            return "This deduction does not stand"
        case "accommodation":
            return f"{FAMILY_TITLES[value['family']]} is not scored"
    return "Corrected"
