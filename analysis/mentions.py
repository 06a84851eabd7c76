"""Numbers, people and days that a text mentions."""

from __future__ import annotations

import re

from analysis.phrases import words_of

_COUNTS = {"twice": 2, "thrice": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_COUNT = r"(?:(twice|thrice)|(\d{1,2}|two|three|four|five|six|seven|eight) ?(?:times|x)|x ?(\d{1,2}))"
_TRIED = re.compile(
    r" (?:called|calls|call|rang|rung|phoned|tried|dialled|dialed|ringing|calling)(?: (?![.?] )[^ ]+){0,4}? "
    + _COUNT
    + r"(?= )"
)
_TRIES = re.compile(
    r" (\d{1,2}|two|three|four|five|six|seven|eight) (?:missed |unanswered |phone )?(?:calls|attempts|tries"
    r"|dials)(?= )"
)


def tries(text: str) -> int:
    """How many calls the text says were tried (0 where it names no number)."""
    found = [word for match in _TRIED.finditer(text) for word in match.groups() if word]
    found += [match[1] for match in _TRIES.finditer(text)]
    return min(max((_COUNTS.get(w) or int(w) for w in found), default=0), 99)


_NAME = r"([^\W\d_][\w'\u2019.-]{0,30}(?: [^\W\d_][\w'\u2019.-]{0,30}){0,3})"
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_REFERRAL = re.compile(
    r"\b(?:please|kindly|can|should|instead|cases?,?|matters?,?|absence,?)[ ,](?:[^.\n@]{0,60}? )??"
    r"(?:contact|write to|e-?mail|call|reach out to|reach|speak to|speak with|get in touch with|turn to)"
    r"(?: my colleague| our| my| to)?:? (?:" + _NAME + r")?",
    re.IGNORECASE,
)
_NO_NAMES = words_of("me us i hr the my our your you at on to by if and or back")


def person_named(body: str) -> str:
    """The person (or else the address) a message tells the reader to turn to, as written."""
    for match in _REFERRAL.finditer(body):
        name: list[str] = []
        for word in (match[1] or "").split():
            if not word[0].isupper() or word.lower() in _NO_NAMES:
                break
            name.append(word.rstrip(".,") if len(word) > 3 else word)
            if word.endswith((".", ",")) and len(word) > 3:
                break
        if name:
            return " ".join(name)
        mail = _MAIL.match(body[match.end() - len(match[1] or "") :].lstrip(" (<:"))
        if mail:
            return mail[0]
    return ""


_CAPITALS = words_of(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """
)


def as_written(words: str) -> str:
    """Plain words of a date as people write them: weekdays and months with a capital."""
    return " ".join(w.capitalize() if w in _CAPITALS else w for w in words.split()).replace(" , ", ", ")
