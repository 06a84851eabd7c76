"""Whether two names can be one person's: short forms, initials, order of words, spelling, father and son."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from analysis.phrases import words_of

_TITLES: Final = words_of("mr mrs ms miss mx dr prof professor sir madam herr frau ing phd md")
_GENERATIONS: Final = words_of("jr junior sr senior ii iii iv")
_SAME_GENERATION: Final = {"junior": "jr", "senior": "sr"}

_SHORT_FORMS: Final = """
alexander alex alec xander sasha|alexandra alex sandra sasha lexi|alfred alf alfie fred|andrew andy drew|
ana anna anne ann annie anja anya hannah|anthony antony tony|antonio tony toni|barbara barb babs|benjamin ben benny|
bernard bernie|carolyn caroline carol carrie|catherine katherine kathryn katharina cathy kathy kate katie kat katja|
charles charlie chuck|charlotte lottie charlie|christian chris|christine christina chris chrissy tina kirsten|
christopher chris kit topher|daniel dan danny|danielle dani|david dave davey|deborah debra deb debbie|dominic dom|
dorothy dot dottie|edward ed eddie ted ned|eleanor ellie nell nora|elizabeth elisabeth liz lizzie beth betty eliza libby
lisa|emily em emmy|eugene gene|florence flo florrie|frances fran francesca|francis francisco frank paco|
frederick fred freddie|gabriel gabe|gabrielle gabriela gabi gabby|george georgie jorge|gerald gerry jerry|
gregory greg|harold harry hal|henry harry hank henk|ian iain|isabel isabella isobel bella izzy|jacob jake|james jim
jimmy jamie jem|jacqueline jackie|jane janey|jean jeanne|jeffrey geoffrey jeff geoff|jennifer jen jenny|jessica jess
jessie|john jon johnny jack|jonathan jon jonny|jose joe pepe|joseph joe joey josef|joshua josh|juan johnny|
judith judy|julia julie jules|kenneth ken kenny|kimberly kim|laurence lawrence larry laurie lars|leonard len lenny leo|
leonardo leo|louis luis lewis lou|louise lou luisa|magdalena maggie lena|manuel manny|margaret maggie meg peggy rita
marge|maria marie mary mia|mark marcus marc|martin marty|matthew matt matty mateo|maximilian max|maxwell max|
michael mike mick mickey miguel|mohammed muhammad mohamed mohammad mohd mo|natalie nat natasha|nathaniel nathan nate|
nicholas nicolas nick nicky nico|nicole nicky nicki|olivia liv livvy|oliver ollie|pamela pam|patricia pat patty trish
tricia|patrick pat paddy rick|pauline paula|penelope penny|peter pete pedro|philip phillip phil|rachel rachael rae|
raymond ray|rebecca becky becca|ricardo ricky|richard rick rich dick ricky|robert rob bob bobby robbie bert|
roberta bobbie|ronald ron ronnie|rosemary rose rosie|russell russ|samantha sam|samuel sam sammy|sandra sandy|
sarah sara sally|sebastian seb bas|sophia sofia sophie|stephanie steph|stephen steven stefan steve ste stevie|
susan suzanne susanna sue susie suzy|theodore theo ted|theresa teresa terry tess|thomas tom tommy tomas|
timothy tim timmy|tobias toby|valerie val|veronica ronnie vera|victor vic viktor|victoria vicky vicki tori|
vincent vince vinny|virginia ginny|walter walt wally|wilhelm willi|william will bill billy liam willy|
yevgeny eugene zhenya|zachary zach zack
"""


def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(_SHORT_FORMS.split("|")):
        for word in group.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


_GROUP_OF: Final = _groups()


@lru_cache(maxsize=200_000)
def words_of_name(plain: str) -> tuple[str, ...]:
    """The words of a plain name without titles and generations; an address in its place has none."""
    if "@" in plain:
        return ()
    words = [w for w in re.split(r"[\s\-'/()\"]+", plain) if w and not w.isdigit()]
    kept = [w for w in words if w not in _TITLES and w not in _GENERATIONS]
    return tuple(kept or words)


def short_forms(word: str) -> frozenset[int]:
    """Numbers of the groups of short forms that a first name belongs to."""
    return _GROUP_OF.get(word, frozenset())


def _generation(plain: str) -> str:
    found = [w for w in plain.split()[1:] if w in _GENERATIONS]
    return _SAME_GENERATION.get(found[-1], found[-1]) if found else ""


def near(one: str, other: str) -> bool:
    """Whether two words differ by a slip of the keys: one letter in five or more, two in ten or more."""
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < 5 else 1 if shorter < 10 else 2
    return bool(allowed) and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def initial(one: str, other: str) -> bool:
    """Whether one word is the other's first letter."""
    return one != other and min(len(one), len(other)) == 1 and one[:1] == other[:1]


def _alike(one: str, other: str) -> bool:
    return one == other or initial(one, other) or bool(short_forms(one) & short_forms(other)) or near(one, other)


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        hit = next((m for m in left if m == word), None) or next((m for m in left if _alike(word, m)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


@lru_cache(maxsize=200_000)
def agree(one: str, other: str) -> bool:
    """Whether two plain names can be one person's, given that something else says so; no name contradicts nothing.

    First names decide: a couple shares its last name. A junior is not a senior.
    """
    a, b = words_of_name(one), words_of_name(other)
    if one == other or not a or not b:
        return True
    ours, theirs = _generation(one), _generation(other)
    if ours and theirs and ours != theirs:
        return False
    if min(len(a), len(b)) > 1:
        if any(_alike(x, y) for x in a[:-1] for y in b[:-1]):
            return True
    elif any(_alike(x, y) for x in a for y in b):
        return True
    return _within(*sorted((a, b), key=len))


def weak(plain: str) -> bool:
    """Whether a name leaves open who it is: one word, or nothing but an initial in front of the last name."""
    words = words_of_name(plain)
    return len(words) < 2 or all(len(w) == 1 for w in words[:-1])


def clusters(names: Iterable[str]) -> dict[str, int]:
    """Number for each of the names that stand beside one address: equal where they can be one person's.

    A name that fits several of the others (``Lind`` beside ``Ana Lind`` and ``Tom Lind``) has a number of its own.
    """
    ordered = sorted(set(names), key=lambda n: (weak(n), n))
    if all(agree(x, y) for i, x in enumerate(ordered) for y in ordered[:i]):
        return dict.fromkeys(ordered, 0)
    groups: list[list[str]] = []
    number: dict[str, int] = {}
    for name in ordered:
        fitting = [g for g, members in enumerate(groups) if any(agree(name, m) for m in members if not weak(m))]
        if weak(name) and len(fitting) == 1:
            number[name] = fitting[0]
        elif weak(name) or not fitting:
            number[name] = len(groups)
            groups.append([name])
        else:
            first = fitting[0]
            for other in fitting[1:]:
                groups[first] += groups[other]
                groups[other] = []
            groups[first].append(name)
            number |= dict.fromkeys(groups[first], first)
    return number


@lru_cache(maxsize=200_000)
def likeness(one: str, other: str) -> tuple[int, str]:
    """How far two plain names speak for one person, from 0 to 40, and why in words.

    House judgement: 40 for the same name, 26 for what differs by custom or by a slip (many namesakes nearly are one),
    22 for what an initial leaves open. Last names must agree, except for the order of the words.
    """
    a, b = words_of_name(one), words_of_name(other)
    if not a or not b:
        return 0, ""
    ours, theirs = _generation(one), _generation(other)
    if ours and theirs and ours != theirs:
        return 0, ""
    if a == b:
        return (40, "same name") if len(a) > 1 else (22, "same single name")
    if sorted(a) == sorted(b):
        return 38, "same name in another order"
    if len(a) < 2 or len(b) < 2:
        return (18, "one name is part of the other") if set(a) & set(b) else (0, "")
    if spelled_out(a) == spelled_out(b) or "".join(a) == "".join(b):
        return 38, "same name in another spelling"
    same_last = a[-1] == b[-1]
    if same_last or near(a[-1], b[-1]):
        firsts = [(x, y) for x in a[:-1] for y in b[:-1]]
        if same_last and any(x == y and len(x) > 1 for x, y in firsts):
            return 28, "same first and last name, another name between"
        if same_last and any(short_forms(x) & short_forms(y) for x, y in firsts):
            return 26, "a short form of the same first name"
        if len(a) == len(b) and all(x == y or near(x, y) for x, y in zip(a, b, strict=True)):
            return 26, "spelled almost the same"
        if same_last and any(initial(x, y) for x, y in firsts):
            return 22, "the initial fits"
    if _within(*sorted((a, b), key=len)) and set(a) & set(b):
        return 26, "every word of one name fits the other"
    whole, whole_2 = "".join(a), "".join(b)
    if whole[0] == whole_2[0] and min(len(whole), len(whole_2)) > 6 and near(whole, whole_2):
        return 26, "spelled almost the same"
    return 0, ""


def spelled_out(words: tuple[str, ...]) -> str:
    """One spelling for umlauts written with and without an e, and for double letters."""
    text = " ".join(words)
    for two, single in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s")):
        text = text.replace(two, single)
    return text
