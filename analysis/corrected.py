"""A checked log with everything that a person said of it, and its candidates."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.checked import CheckedLog
from analysis.corrections import Correction, correct
from analysis.links import NO_LINKS, Links
from analysis.people import People, people_of


def people_as_said(log: CheckedLog, corrections: Sequence[Correction], links: Links = NO_LINKS) -> People:
    """The candidates of a log: of all corrections only those that give a contact to somebody else touch who is who."""
    return people_of(correct(log, [one for one in corrections if one.what == "candidate"]), links)


def as_said(log: CheckedLog, corrections: Sequence[Correction], links: Links = NO_LINKS) -> tuple[CheckedLog, People]:
    """The log as corrected and its candidates, ready to be scored."""
    return correct(log, corrections), people_as_said(log, corrections, links)
