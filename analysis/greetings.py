"""Whom a thank-you note greets and which points of the talk it takes up. Never grammar, spelling, length or tone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from analysis.bodies import new_text
from analysis.phrases import plain, words_of

GREETINGS: Final = ("name", "group", "formal", "none", "unknown")
NOTE_DTYPES: Final[dict[str, str]] = {
    "greeting": "str",
    "misspelt": "bool",
    "restated": "int64",
    "role_only": "bool",
    "judgeable": "bool",
    "has_text": "bool",
}
"""Columns and dtypes of `measure_notes`."""

_INPUT: Final = ("note", "subject", "interviewers", "topics", "job")
_SAME_TOPIC: Final = 88.0
"""rapidfuzz ``partial_ratio`` (0-100) from which a recorded topic counts as named; house judgement."""


def measure_notes(notes: pd.DataFrame) -> pd.DataFrame:
    """Measure thank-you texts; columns `NOTE_DTYPES`, rows and index as in ``notes``.

    ``notes``: text columns ``note``, ``subject``, ``interviewers`` and ``topics`` (joined by ``;``), ``job``.
    ``greeting``: one of `GREETINGS`; ``unknown`` where there is no text or no name to compare. ``misspelt``: the
    name is meant but spelt differently. ``restated``: points of the talk taken up. ``role_only``: only the role or
    company is named. ``judgeable``: False where no topics are recorded and the text has substance to compare with
    nothing. ``has_text``: there is a text of the note itself, not only somebody's word that one was sent.
    Worked out once per distinct row.
    """
    texts = notes.loc[:, list(_INPUT)].fillna("").astype("str").reset_index(drop=True)
    number = texts.groupby(list(_INPUT), sort=False, dropna=False).ngroup().to_numpy()
    rows = [_measure(*row) for row in texts.drop_duplicates().itertuples(index=False, name=None)]
    found = pd.DataFrame(rows, columns=list(NOTE_DTYPES)).astype(NOTE_DTYPES)
    return found.take(number).set_axis(notes.index)


_ABBREVIATED: Final = re.compile(r" (mr|mrs|ms|mx|dr|prof|st|sr|sra) \.(?= )")
_SHORTHAND: Final = {"ty": "thank you", "thx": "thanks", "thankyou": "thank you"}


def _measure(note: str, subject: str, interviewers: str, topics: str, job: str) -> tuple[Any, ...]:
    body = new_text(note)
    text = _ABBREVIATED.sub(r" \1", plain(body, _SHORTHAND))
    if not text.strip(" .,?") or _is_telling(text):
        return "unknown", False, 0, False, False, False
    names = _names(interviewers)
    greeting, misspelt, rest = _greeting(body, text, names)
    recorded = [t for t in (plain(topic, {}).strip(" .,") for topic in topics.split(";")) if t]
    clauses = [c.strip(" ,") for c in re.split(r" [.?](?= )", rest)]
    named = sum(_takes_up(topic, text) for topic in recorded)
    points = named if recorded else _points(clauses, job)
    role = not points and _names_role(text, job)
    judgeable = bool(recorded) or points > 0 or not _substance(clauses, names, job)
    return greeting, misspelt, points, role, judgeable, True


_TOLD = re.compile(
    r" (?:sent|emailed|posted|wrote|mailed|candidate|cand|forwarded|says|said|handed|dropped"
    r"|done|delivered)(?= )"
)
_SPEAKER = re.compile(
    r" (?:i|my|your|yours|we|our|ich|wir|ihnen|ihr|ihre|sie|je|votre|nous|vous|su|me)(?= )"
    r"|(?:thank you|thanks) for(?= )"
)
_SALUTE = (
    "dear|hi|hello|hey|hiya|greetings|good morning|good afternoon|good evening|good day|hallo|lieber|liebe|guten tag|"
    "sehr geehrter|sehr geehrte|hola|estimado|estimada|estimados|estimadas|querido|querida|bonjour|cher"
    "|chere|chers|salut"
)
_OPENING = re.compile(rf" (?:[.,] )*({_SALUTE})(?P<who>(?: [^ ,.?]+){{0,8}})(?= [,.?]| $| )")


def _is_telling(text: str) -> bool:
    """Whether the text only says that a note was sent ("cand sent TY to Theo")."""
    return bool(_TOLD.search(text)) and not _SPEAKER.search(text) and not _OPENING.match(text)


_TITLES: Final = words_of(
    """
    mr mrs ms miss mx dr prof professor doctor sir madam herr frau senor senora sra monsieur madame mme dott ing
    phd md mba
    """
)
_GROUP: Final = words_of(
    """
    all team everyone everybody both panel folks group committee colleagues guys zusammen alle allerseits team
    todos todas equipo tous toutes equipe there_all
    """
)
_FORMAL = re.compile(
    r" (?:to whom it may concern|(?:dear )?(?:sirs?|madam|sir or madam|sir madam|madam or sir|madam sir|ma "
    r"am|gentlemen|hiring manager|recruiter|"
    r"employer|interviewer|hr|hr manager|human resources)|sehr geehrte damen und herren|madame monsieur"
    r"|madame , monsieur|"
    r"(?:estimados|muy) senores(?: mios)?|a quien corresponda)(?= )"
)
_FILLER: Final = words_of("and dear hi und et y the again , . hiring")
_NOT_NAMES: Final = words_of(
    """
    thank thanks it i we this that was is many just what great so very my for again there hope writing wanted
    vielen danke merci gracias
    """
)


_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@lru_cache(maxsize=4096)
def _names(interviewers: str) -> tuple[str, ...]:
    """Words of the interviewers' names, folded, without titles."""
    spelt = interviewers + " " + interviewers.lower().translate(_SPELT_OUT)
    words = plain(spelt.replace(";", " , "), {}).replace(",", " ").replace(".", " ").split()
    return tuple(dict.fromkeys(w for w in words if w not in _TITLES and len(w) > 1))


def _greeting(body: str, text: str, names: tuple[str, ...]) -> tuple[str, bool, str]:
    """Kind of the greeting, whether the name is misspelt, and the plain text after it."""
    first_line = plain(body.lstrip().split("\n", 1)[0][:200], _SHORTHAND)
    opening = _OPENING.match(text)
    who: list[str] = []
    rest = text
    if opening:
        who = []
        for word in opening["who"].split():
            if word in _NOT_NAMES:
                break
            who.append(word)
        rest = text[opening.end(1) :]
        for word in who:
            rest = rest.removeprefix(f" {word}")
    elif (short := re.match(r"((?: [^ ,.?]+){1,4}) [,.](?= )", first_line)) is not None:
        candidates = short[1].split()
        if not set(candidates) & _NOT_NAMES and _match(candidates, names)[0]:
            who, rest = candidates, text[len(short[1]) :]
    formal = _FORMAL.search(text[:160])
    meant, misspelt = _match(who, names)
    if meant:
        return "name", misspelt, rest
    if formal and (opening is None or formal.start() <= opening.end()):
        return "formal", False, text[formal.end() :]
    if set(who) & _GROUP:
        return "group", False, rest
    called = [w for w in who if w not in _TITLES and w not in _FILLER]
    if called:
        return "unknown", False, rest
    meant, misspelt = _match(_addressed(text), names)
    return ("name" if meant else "none"), meant and misspelt, rest


def _addressed(text: str) -> list[str]:
    """Words that may address a person in the text: "thank you, Dana", "thanks Dana for"."""
    return [
        w
        for m in re.finditer(
            r" (?:thank you|thanks)(?: again| so much| very much)?(?: ,)? ([^ "
            r".,?]+)(?= (?:[.,?]|for ))",
            text,
        )
        for w in m[1].split()
        if w not in _GROUP and w not in _NOT_NAMES
    ]


def _match(words: list[str], names: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether any word is one of the names, and whether only nearly so."""
    if any(w in names or any(len(w) >= 3 and n.startswith(w) for n in names) for w in words):
        return True, False
    near = any(_nearly(w, n) for w in words for n in names if w not in _GROUP and w not in _TITLES)
    return near, near


def _nearly(word: str, name: str) -> bool:
    """A small misspelling: one change in four letters, two in more or among the same letters."""
    if len(name) < 4 or len(word) < 3:
        return False
    most = 1 if len(name) == 4 and set(word) != set(name) else 2
    changes = OSA.distance(word, name, score_cutoff=most)
    return changes <= most and (word[0] == name[0] or changes == 1)


_SMALL: Final = words_of(
    """
    the a an of and in on at for to with our your their its new my from by der die das und de la el les le des
    et y
    """
)
_ENDINGS = re.compile(r"(?:ions?|ings?|ments?|ers?|ors?|ed|es|s|e)$")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 4 else word.removesuffix("s") if len(word) > 3 else word


def _takes_up(topic: str, text: str) -> bool:
    """Whether a text names a recorded topic, in whatever word forms and order, all of its words close together."""
    words = [w for w in topic.split() if w not in _SMALL] or topic.split()
    said = [_stem(w) for w in text.split()]
    needed = len(words) if len(words) < 3 else -(-2 * len(words) // 3)
    stems = [_stem(w) for w in words]
    places = [[i for i, s in enumerate(said) if s == t or _close(s, t)] for t in stems]
    hit = [p for p in places if p]
    if len(hit) >= needed and any(sum(any(abs(i - at) <= 12 for i in p) for p in hit) >= needed for at in hit[0]):
        return True
    joined = "".join(words)
    return len(joined) >= 8 and fuzz.partial_ratio(joined, text.replace(" ", ""), score_cutoff=_SAME_TOPIC) > 0


@lru_cache(maxsize=65536)
def _close(said: str, topic: str) -> bool:
    """Two word stems of one family: a shared beginning of five letters or a slip of the pen in a long word."""
    if len(said) < 4 or len(topic) < 4 or said[0] != topic[0]:
        return False
    if len(topic) >= 5 and len(said) >= 5 and (said.startswith(topic) or topic.startswith(said)):
        return True
    return len(topic) >= 6 and OSA.distance(said, topic, score_cutoff=1) <= 1


_TALK = re.compile(
    r" (?:(?:talked|talking|talk|spoke|speaking|spoken|chatted|chatting|heard|hearing|hear|learned|learnt"
    r"|learning|learn|told me|telling me|read|"
    r"thinking|thought|conversation|discussion|chat|insights?|excited|explained|points?|said|mentioned)(?: "
    r"with you| to you| more| today| a lot| so much| all)? (?:about|of|on|around)"
    r"|discussed|discussing|explaining|showing me|describing|described|walking me through|taking me through"
    r"|sharing|shared with me|gesprochen uber|"
    r"hablamos (?:de|sobre)|parle de)((?: [^ .?]+){1,20})"
)
_EARLIER_TALK = re.compile(
    r" ((?:the |your )(?:[^ .?,]+ ){1,8})(?:that )?(?:we|you) (?:talked about|spoke "
    r"about|discussed|mentioned|described|told me about|explained)(?= )"
)
_ROLE = re.compile(
    r" (?:role|position|job|opportunity|vacancy|opening|company|post|stelle|firma|puesto"
    r"|empresa|poste|entreprise)(?= )"
)
_GENERIC: Final = words_of(
    """
    role position job opportunity vacancy opening company post team you me us it this that your our my time
    today more work working here there department what which how much everything things thing lot very really
    one some all made want keen join with was is were be me even so great interesting details place organisation
    organization business them they we i yesterday morning afternoon am excited would love have had has being
    been
    """
) | _SMALL  # fmt: skip
_SPLIT = re.compile(r" (?:,|and|as well as|und|et|y) ")
_STOP_POINT = re.compile(
    r" (?:made|makes|which|that made|and i|and it|because|but|so|is|was|has|have|i am"
    r"|confirmed|we talked|really)(?= ).*"
)


def _points(clauses: list[str], job: str) -> int:
    """Points of the talk that the text names itself ("we talked about the depot and the new ledger")."""
    role = set(plain(job, {}).split())
    found: set[str] = set()
    for clause in clauses:
        for match in (*_TALK.finditer(f" {clause} "), *_EARLIER_TALK.finditer(f" {clause} ")):
            said = _STOP_POINT.sub("", match[1])
            for point in _SPLIT.split(f"{said} "):
                words = [w for w in point.split() if w not in _GENERIC and w not in role]
                if words and any(len(w) > 2 for w in words):
                    found.add(" ".join(words))
    return len(found)


def _names_role(text: str, job: str) -> bool:
    title = [w for w in plain(job, {}).split() if w not in _SMALL and w not in ".,"]
    return bool(_ROLE.search(text)) or (bool(title) and all(f" {w} " in text for w in title))


_USUAL = re.compile(
    r"(?:thank|thanks|grateful|appreciate|regards|sincerely|best|cheers|yours|warmly|look forward|looking "
    r"forward|hear(?:ing)? from you|"
    r"hope you|have a (?:great|nice|good|lovely)|let me know|please (?:let|do not|feel)|if you (?:need|have"
    r"|would)|pleasure|(?:nice|great|good|lovely) (?:to meet|meeting|"
    r"speaking|talking)|great team|do not hesitate|further information|interested in (?:the|this)|keen"
    r"|excited about (?:the|this)|pass (?:on )?my thanks|"
    r"sent from|danke|dank|grusse|gracias|saludos|merci|cordialement)"
)


def _substance(clauses: list[str], names: tuple[str, ...], job: str) -> bool:
    """Whether a text says more than greeting, thanks, the role and closing."""
    role = set(plain(job, {}).split())
    for clause in clauses:
        words = [w for w in clause.split() if w not in _GENERIC and w not in names and w not in role and w not in ".,?"]
        if len(words) >= (12 if _USUAL.search(clause) else 4):
            return True
    return False
