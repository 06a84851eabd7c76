"""Contacts that a note tells of: "Ana says she emailed Dana Tuesday night".

A note is read sentence by sentence. Each deed in a past form ("emailed", "left a voicemail", "got an email from") needs
somebody who did it, somebody whom it reached, and a day. What is denied, wished, asked, planned or told of others gives
nothing; where a day or a person is not plain the result says so and a person is asked.
Method and words: house judgement, measured in docs/notes.md.
"""

from __future__ import annotations

from typing import Final

from analysis.deeds import REACH, Deed
from analysis.doers import ENDS, Doers, Seen, Told
from analysis.mentions import tries
from analysis.past_days import PastDay, past_days
from analysis.told_words import COLON, Who, capitals, plain_note, roles_of

_MOST: Final = 5


def told_in(text: str, who: Who) -> list[Told]:
    """The contacts that one note tells of, in its order."""
    words = plain_note(text)
    tokens = words.split()
    note = _Note(tokens, roles_of(tokens, who, capitals(text)), _days(words), who)
    found: list[Told] = []
    seen = Seen(talk=who.sender == "candidate" or (who.sender == "agency" and who.receiver == "candidate"))
    start = 0
    for end in [n for n, token in enumerate(tokens) if token in ENDS] + [len(tokens)]:
        found += note.sentence(start, end, seen)
        start = end + 1
    return found


def _days(words: str) -> list[tuple[int, int, PastDay]]:
    return [(words[: d.start + 1].count(" ") - 1, words[: d.end + 1].count(" ") - 1, d) for d in past_days(words)]


class _Note(Doers):
    """One note while it is being read."""

    def __init__(self, tokens: list[str], roles: list[str], days: list[tuple[int, int, PastDay]], who: Who) -> None:
        super().__init__(tokens, roles)
        self.days, self.known = days, bool(who.interviewers)

    def sentence(self, start: int, end: int, seen: Seen) -> list[Told]:
        """The contacts told of between two places; what it establishes goes into ``seen``."""
        tokens = self.tokens
        if end > start and tokens[end - 1] == COLON:
            roles = [r for r in self.roles[start : end - 1] if r]
            seen.speaker, seen.named = (roles[-1] if roles else ""), True
            seen.talk |= "c" in roles
            return []
        for place in range(start, end):
            if seen.speaker in ("c", "k") and tokens[place] in ("i", "me", "we", "us"):
                self.roles[place] = seen.speaker
        question = end < len(tokens) and tokens[end] == "?"
        deeds = [] if question else self.deeds(start, end)
        found: list[Told] = []
        seen.subject = ""
        for number, deed in enumerate(deeds):
            stop = deeds[number + 1].start if number + 1 < len(deeds) else end
            told = self._told(deed, start, stop, end, seen, found)
            found += told
            if told:
                seen.last = told[-1]
        if any(t in self.lists["talk"] for t in tokens[start:end]) and "c" in self.roles[start:end]:
            seen.talk = True
        if not question:
            seen.speaker, seen.named = ("", False) if seen.speaker != "c" else (seen.speaker, seen.named)
        return found

    def _told(self, deed: Deed, start: int, stop: int, end: int, seen: Seen, earlier: list[Told]) -> list[Told]:
        subject, at, verdict = self.subject(deed, start, seen)
        if verdict == "no" or subject in ("a", "o", ""):
            seen.subject = subject
            return []
        if deed.sort == "went":
            reached, place, group = self._reached(max(start, deed.start - 6), deed.end, "c", "gave", "c")
            reached = reached or "k"
        elif deed.sort == "got":
            subject, reached, place, group = self._got(deed, stop, subject)
        else:
            reached, place, group = self._reached(deed.end, stop, subject, deed.sort, self.voice(start, at, seen))
        sender, receiver, sure = self._parties(deed, subject, reached, start, at, seen)
        seen.subject = subject
        if not sender:
            return []
        span = self._span(deed.end, stop)
        days, vague = self._named_days(deed, start, span)
        words = " ".join(t for t in self.tokens[start:end] if t not in (COLON,))
        channel = self._channel(deed, " " + " ".join(self.tokens[deed.start : stop]) + " ")
        if deed.sort in ("told", "offered") and not channel:
            return []
        if deed.sort in ("replied", "responded", "answered") and not channel and seen.last:
            channel = seen.last.channel if seen.last.sender != sender else ""
        open_ = "who" if verdict == "ask" or (reached == "n" and self.known) or receiver == "?" else ""
        receiver = receiver if receiver != "?" else "client"
        person = self.tokens[place] if place >= 0 and self.roles[place] in ("k", "n") else ""
        if subject in ("k", "n") and at >= 0 and not person:
            person = self.tokens[at]
        if person in self.lists["client"]:
            person = ""
        framed = any(t in self.lists["says"] for t in self.tokens[start : deed.start]) or seen.named
        if not days and not vague and not framed:
            return []
        times = 1
        if len(days) == 1:
            times = max(1, tries(" " + " ".join(self.tokens[deed.start : span]) + " "))
            if "twice" in self.tokens[deed.start : span]:
                times = max(times, 2)
        if times > _MOST:
            times, open_ = 1, "day"
        made = [Told(sender, receiver, channel, day, times, person, group, words, sure, open_) for day in days]
        if not days or vague:
            made = [Told(sender, receiver, channel, None, 1, person, group, words, sure, open_ or "day")]
        return made

    def _reached(self, start: int, stop: int, subject: str, sort: str, voice: str) -> tuple[str, int, bool]:
        """Whom a deed reached: role, place, whether all of a panel."""
        tokens, roles = self.tokens, self.roles
        group = False
        direct = True
        for place in range(start, min(start + REACH + 2, stop)):
            token = tokens[place]
            if token in (",", COLON) or token in self.lists["stops"] or token in ("asking", "turning"):
                break
            group |= token in self.lists["group"]
            if token in self.lists["group"] and not roles[place]:
                return "k", place, True
            owned = token in ("her", "his", "their") and place + 1 < stop and not self._alone(place)
            role = "" if owned or token in ("his", "our") else roles[place]
            if owned and tokens[place + 1] in ("new", "old", "mum", "sister", "boss", "friend", "referee", "own"):
                return "o", place, False
            if role and (direct or tokens[place - 1] in ("to", "with", "at", "mr", "mrs", "ms", "the", "dr")):
                several = tokens[place + 1 : place + 2] == ["and"] and place + 2 < stop and roles[place + 2] in "kn"
                return role, place, group or (several and bool(roles[place + 2])) or "both" in tokens[place:stop][:4]
            if token not in self.lists["skip"]:
                direct = False
                if sort not in ("gave",) and place - start > 3:
                    break
        return ("k" if group else ""), -1, group

    def _alone(self, place: int) -> bool:
        """Whether "her" stands for a person, not before a thing of hers."""
        token = self.tokens[place + 1]
        if self.tokens[place] != "her":
            return False
        things = any(key[0] == token for key in self.book.things)
        return not (things or token in self.lists["papers"] or token in ("new", "old", "own", "right", "mum", "boss"))

    def _got(self, deed: Deed, stop: int, subject: str) -> tuple[str, str, int, bool]:
        """Somebody got a message: from whom. Gives sender, receiver and the sender's place."""
        tokens = self.tokens
        for place in range(deed.end, min(deed.end + REACH, stop)):
            if tokens[place] == "from":
                role, at, _ = self._reached(place + 1, stop, subject, "gave", "")
                return (role if deed.channel != "card" else ""), subject, at, False
        owner = next((n for n in range(deed.end, min(deed.end + 3, stop)) if self.roles[n] in ("c", "p")), -1)
        if owner >= 0 and subject in ("k", "n") and tokens[deed.start] != "had" and deed.channel != "card":
            return "c", subject, -1, False
        return "", "", -1, False

    def _parties(
        self, deed: Deed, subject: str, reached: str, start: int, at: int, seen: Seen
    ) -> tuple[str, str, float]:
        """Sender and receiver as parties ("" where it is no contact of the two), and how sure."""
        voice = self.voice(start, at if at >= 0 else deed.start, seen)
        sure = 0.95
        if subject == "q":
            subject = "k" if reached in ("c", "p") else "c"
            sure = 0.8
        if subject == "p":
            named = voice == "k" and any(
                self.roles[n] == "k" and self.tokens[n] not in self.lists["client"]
                for n in range(start, max(at, start))
            )
            if named and reached in ("p", "", "q"):
                return ("candidate", "?", 0.4) if reached == "p" else ("", "", 0.0)
            subject = "k" if reached == "c" else "c"
            sure = 0.9
        if subject == "n":
            if reached not in ("c", "p") or voice == "k":
                return "", "", 0.0
            return "client", "candidate", 0.6
        if subject == "c":
            if reached in ("a", "c", "o", "x"):
                return "", "", 0.0
            if not reached:
                if (
                    deed.sort in ("replied", "responded", "answered", "gave")
                    and seen.last
                    and seen.last.sender == "client"
                ):
                    return "candidate", "client", 0.7
                if voice == "k" and deed.sort != "gave":
                    return "candidate", "client", 0.8
                behind = self.tokens[deed.end : deed.end + 6]
                thanked = deed.sort == "gave" and ("thank" in behind or "card" in behind)
                if thanked or (seen.last and seen.last.sender == "candidate" and seen.last.day is not None):
                    return "candidate", "client", 0.7
                return "", "", 0.0
            return "candidate", "client", min(sure, 0.6 if reached == "n" else 0.9 if reached in "pq" else sure)
        if subject == "k" and reached in ("c", "p", "q"):
            return "client", "candidate", sure
        return "", "", 0.0

    def _span(self, start: int, stop: int) -> int:
        """Where the words that belong to a deed end."""
        tokens = self.tokens
        for place in range(start, stop):
            token = tokens[place]
            if token in self.lists["stops"]:
                return place
            if token in (",", "and") and place + 1 < stop:
                behind = place + 2 if tokens[place + 1] in self.lists["auxiliary"] and place + 2 < stop else place + 1
                if tokens[behind] in ("he", "she", "they", "i", "we") or (
                    token == "," and self.roles[behind] and tokens[behind] not in ("her", "him", "them", "me")
                ):
                    return place
        return stop

    def _named_days(self, deed: Deed, start: int, span: int) -> tuple[list[PastDay], bool]:
        """The days of a deed: those behind it, else one before it; and whether only a vague one is named."""
        behind = [d for d in self.days if deed.end <= d[0] < span]
        ahead = [d for d in self.days if start <= d[0] < deed.start and d[0] >= deed.start - 5]
        for some in (behind, ahead):
            good = [d for d in some if self._own(d, deed.sort == "went" or deed.sort == "got")]
            if not good:
                continue
            if good[0][2].shape in ("vague", "future"):
                return [], good[0][2].shape == "vague"
            days = [good[0]]
            for day in good[1:]:
                between = self.tokens[days[-1][1] : day[0]]
                if not set(between) <= {"and", "again", ",", "then", "on"} or day[2].shape in ("vague", "future"):
                    break
                days.append(day)
            return [day for _, _, day in days], False
        since = any(self.tokens[d[0] - 1] == "since" for d in behind if d[0] > 0)
        return [], since and bool(tries(" " + " ".join(self.tokens[deed.start : span]) + " "))

    def _own(self, day: tuple[int, int, PastDay], of: bool) -> bool:
        """Whether a day is the deed's own, not that of a meeting or a deadline."""
        first, last, _ = day
        before = self.tokens[first - 1] if first else ""
        if before == "the" and first > 1:
            before = self.tokens[first - 2]
        behind = self.tokens[last] if last < len(self.tokens) else ""
        if before in self.lists["days_of_others"] and not (of and before in ("of", "from")):
            return False
        return behind not in self.lists["meetings"]

    def _channel(self, deed: Deed, words: str) -> str:
        ways = sorted((words.find(f" {way} "), c) for way, c in self.book.ways if f" {way} " in words)
        voicemail = any(c == "voicemail" for _, c in ways) and deed.channel in ("call", "")
        if voicemail:
            return "voicemail"
        return ways[0][1] if ways and deed.channel in ("", "social", "call") else deed.channel
