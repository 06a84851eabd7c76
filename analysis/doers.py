"""Who did what a note tells of, and whether it was done at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.deeds import Deed, Deeds
from analysis.past_days import PastDay
from analysis.phrases import NEGATORS
from analysis.told_words import COLON

ENDS: Final = frozenset((".", "?"))
"""Where a sentence of plain words ends."""
_LOST: Final = ("not get it", "not arrive", "never arrived", "not sent")


@dataclass(frozen=True, slots=True)
class Told:
    """One contact told of. ``sender``, ``receiver``: parties; ``channel``: "" where not said; ``day``: None where none
    is named; ``times``: how often on that day; ``person``: plain name of the employer's person, "" where a role;
    ``to_all``: it reached the whole panel; ``words``: those it was read from; ``sure``: 0-1; ``open``: what a person
    must say: "", "day" or "who"."""

    sender: str
    receiver: str
    channel: str
    day: PastDay | None
    times: int
    person: str
    to_all: bool
    words: str
    sure: float
    open: str = ""


@dataclass(slots=True)
class Seen:
    """What the sentences so far have established: who speaks, whom the note is with, the last deed."""

    speaker: str = ""
    named: bool = False
    talk: bool = False
    last: Told | None = None
    subject: str = ""


class Doers(Deeds):
    """The deeds of a note and those who did them."""

    def subject(self, deed: Deed, start: int, seen: Seen) -> tuple[str, int, str]:
        """Who did it, where that stands, and whether it was done: "yes", "no" or "ask"."""
        tokens, place = self.tokens, deed.start - 1
        if deed.sort == "went":
            return self._owner(deed, start, seen)
        skipped: list[str] = []
        while place >= start and (tokens[place] in self.lists["auxiliary"] or tokens[place] == "would"):
            skipped.append(tokens[place])
            place -= 1
        if "would" in skipped and "have" in skipped:
            return "", -1, "no"
        if place >= start and (tokens[place] in NEGATORS or tokens[place] in self.lists["unreal"]):
            return "", -1, "no"
        doubt = place >= start and tokens[place] in self.lists["doubt"]
        while place >= start and tokens[place] in self.lists["doubt"]:
            place -= 1
        role = self.roles[place] if place >= start else ""
        if role:
            return (role if role != "x" else "c", place, self.verdict(place, start, deed, doubt or role == "x"))
        joins = place >= start and tokens[place] in ("and", "then", ",", "but", "or")
        if joins and seen.subject:
            return seen.subject, -1, self.verdict(place, start, deed, doubt)
        opener = self._opener(start)
        if joins and opener >= 0:
            return self.roles[opener], opener, self.verdict(opener, start, deed, doubt)
        if place < start or joins or tokens[place] in (*self.lists["frames"], COLON):
            if any(self.roles[n] == "p" for n in range(start, max(place, start))):
                return "p", -1, self.verdict(place, start, deed, doubt)
            # nobody is named: the recruiter's own deed, unless the note retells what the candidate said
            told = seen.speaker == "c" or (seen.talk and seen.speaker in ("", "c"))
            return ("c" if told else "a"), -1, self.verdict(place, start, deed, doubt)
        return "o", -1, "no"

    def _owner(self, deed: Deed, start: int, seen: Seen) -> tuple[str, int, str]:
        thing = self.thing(max(start, deed.start - 6), deed.start)
        if thing is None:
            return "", -1, "no"
        before = thing[0] - 1
        while before >= start and self.tokens[before] in self.lists["softly"] and not self.roles[before]:
            before -= 1
        role = self.roles[before] if before >= start else ""
        thanks = "thank" in self.tokens[thing[0] : thing[1]]
        if role in ("c", "p") or (thanks and role in ("", "c")) or seen.speaker == "c":
            return "c", before, self.verdict(before, start, deed, False)
        return "", -1, "no"

    def _opener(self, start: int) -> int:
        place = start
        while place < len(self.tokens) and self.tokens[place] in self.lists["frames"]:
            place += 1
        return place if place < len(self.tokens) and self.roles[place] in ("c", "k", "p", "q", "n") else -1

    def verdict(self, place: int, start: int, deed: Deed, doubt: bool) -> str:
        """Whether the words around it say that it was done."""
        tokens = self.tokens
        clause = start
        for n in range(place - 1, start - 1, -1):
            if tokens[n] == ",":
                clause = n
                break
        head = tokens[clause : max(place, clause)]
        if any(t in ("if", "whether", "unless", "once", "when", "wish", "wishes", "imagine", "until") for t in head):
            return "no"
        behind = tokens[deed.end : deed.end + 24]
        behind = behind[: next((n for n, t in enumerate(behind) if t in ENDS), len(behind))]
        if "bounced" in behind or "behalf" in behind or "draft" in head:
            return "no"
        around = [*head, *behind]
        if any(f" {said} " in f" {' '.join(behind)} " for said in _LOST):
            return "ask"
        if doubt or any(t in self.lists["doubt"] for t in head) or any(t in self.lists["undone"] for t in behind):
            return "ask"
        return "ask" if "not sure" in " ".join(around) else "yes"

    def voice(self, start: int, at: int, seen: Seen) -> str:
        """Who tells of it: the one before "says", or before a colon."""
        for place in range(max(at, start) - 1, start, -1):
            if self.tokens[place] in self.lists["says"]:
                behind = [r for r in self.roles[start:place] if r]
                return behind[-1] if behind else ""
        return seen.speaker
