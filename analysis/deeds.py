"""The deeds that a note names in a past form: "emailed", "left a voicemail", "got an email from"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.told_words import book

REACH: Final = 8
"""Words behind a deed within which its thing, and the one whom it reached, is named."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed found: its words ``start`` to ``end``, its ``channel``, and what sort of deed it is."""

    start: int
    end: int
    channel: str
    sort: str


class Deeds:
    """The plain words of a note (``tokens``) with whom each stands for (``roles``, `analysis.told_words.roles_of`)."""

    def __init__(self, tokens: list[str], roles: list[str]) -> None:
        self.tokens, self.roles = tokens, roles
        self.book = book()
        self.lists = self.book.words

    def deeds(self, start: int, end: int) -> list[Deed]:
        """The deeds between two places, in their order."""
        deeds = []
        place = start
        while place < end:
            deed = self.deed_at(place, start, end)
            if deed is not None:
                deeds.append(deed)
                place = max(deed.end, place + 1)
            else:
                place += 1
        return deeds

    def deed_at(self, place: int, start: int, end: int) -> Deed | None:
        tokens = self.tokens
        for size in (3, 2, 1):
            way = self.book.deeds.get(tuple(tokens[place : place + size]))
            if way is not None and place + size <= end:
                behind = tokens[place + size] if place + size < end else ""
                if behind == "by" and place + size + 1 < end and self.roles[place + size + 1]:
                    return None
                if tokens[place] == "called" and tokens[place + 1 : place + 3] == ["in", "sick"]:
                    return None
                return Deed(place, place + size, way, tokens[place + size - 1] if size == 1 else "deed")
        token = tokens[place]
        if token in self.lists["giving"]:
            return self._given(place, start, end)
        if token in self.lists["getting"]:
            thing = self.thing(place + 1, min(place + 6, end))
            return None if thing is None else Deed(place, place + 1, thing[2], "got")
        if token == "heard" and tokens[place + 1 : place + 2] in (["from"], ["back"]):
            return Deed(place, place + 1, "", "got")
        if token in ("went", "posted", "on", "of", "from"):
            return self._nominal(place, start)
        return None

    def _given(self, place: int, start: int, end: int) -> Deed | None:
        """A deed that needs a thing: before it ("the note she sent Ravi") or behind it ("sent Dana a card")."""
        thing = self.thing(place + 1, min(place + REACH, end))
        papers = any(t in self.lists["papers"] for t in self.tokens[place + 1 : min(place + REACH, end)])
        before = self.thing(max(start, place - 5), place)
        what = "what" in self.tokens[max(start, place - 3) : place]
        if thing is not None and self.tokens[place] == "posted" and before is not None:
            return None
        if thing is not None or papers:
            way = thing[2] if thing is not None else ""
            left = self.tokens[place] == "left"
            return Deed(place, place + 1, ("voicemail" if left else "") if way == "@left" else way, "gave")
        if before is not None:
            person = any(self.roles[n] in ("c", "k", "p", "q") for n in range(before[1], place))
            way = "" if before[2] == "@left" else before[2]
            if person and "to" not in self.tokens[before[1] : place]:
                return Deed(place, place + 1, way, "gave")
            return Deed(place, place + 1, way, "went") if self.tokens[place] in self.lists["went"] else None
        return Deed(place, place + 1, "", "gave") if what else None

    def _nominal(self, place: int, start: int) -> Deed | None:
        """A thing of the candidate's that went out on a day: "Ana's note to Dana went out Monday"."""
        thing = self.thing(max(start, place - 6), place)
        if thing is None or (self.tokens[place] in ("on", "of", "from") and thing[1] != place):
            return None
        way = "" if thing[2] == "@left" else thing[2]
        at_once = self.tokens[place] in ("on", "of", "from")
        if at_once and not (thing[0] > start and self.roles[thing[0] - 1] in ("c", "p")):
            return None
        return Deed(place, place + (0 if self.tokens[place] == "on" else 1), way, "went")

    def thing(self, start: int, end: int) -> tuple[int, int, str] | None:
        """The first thing between two places: where it stands, and its channel."""
        last = None
        for place in range(start, end):
            if self.tokens[place] in (",", "and") and last is None and place > start + 1:
                break
            for size in (2, 1):
                way = self.book.things.get(tuple(self.tokens[place : place + size]))
                if way is not None and place + size <= end:
                    # "thank you card": the last of several things says how it went
                    if last is None or place == last[1]:
                        last = (place if last is None else last[0], place + size, way or (last[2] if last else ""))
                    break
        return last
