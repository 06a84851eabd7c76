"""The same contact logged more than once: in one system, in two, or for two vacancies.

Source: "Duplicate" in docs/rules.md. One row of a contact is its primary; the others point to it and none is deleted.
A row is compared with primaries only, so that a chain of near rows never becomes one contact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bodies import ANSWERED
from analysis.gists import compared
from analysis.identifiers import distinct, mapped, plain_emails, plain_names
from analysis.names import agree
from analysis.policy import Classes
from analysis.segments import Bools, Ints, firsts, group_count, primaries, unique_rows
from analysis.timeline import Timeline, channel, state

_ALWAYS: Final = np.iinfo(np.int64).max // 4
_MOST: Final = 60
"""Contacts of one kind on one day beyond which two files are not compared: no candidate has so many."""
_OFF: Final = ("planned", "cancelled", "failed", "draft", "no_show")


@dataclass(frozen=True, slots=True)
class Doubles:
    """Per entry of the timeline: ``of``: the primary it repeats, or -1; ``loose``: taken for the same because nothing
    speaks against it (two systems, one day or a few minutes), in the row and its primary: please check."""

    of: Ints
    loose: Bools


def find_doubles(line: Timeline, contacts: pd.DataFrame, classes: Classes) -> Doubles:
    """Find every entry that repeats another.

    Certain are: equal in every field; the same message id; the same parties, channel, direction and subject or body
    within ``duplicate_minutes``; calls between the same parties within ``same_call_seconds``. Between two files also,
    to be checked: the same parties, channel and direction within ``duplicate_minutes``, or on the same day where one
    file has the day only, unless subject or kind differ.
    """
    seen = Seen(line, contacts)
    same = _certain(line, seen, classes)
    loose = _between_files(line, seen, same, classes)
    corrected = (contacts["correction"] != "").to_numpy(dtype=bool)[line.row]
    return Doubles(_corrected_first(same, corrected), loose)


def _corrected_first(of: Ints, corrected: Bools) -> Ints:
    """What a person corrected is primary, so that a copy in another system does not bring back what was wrong."""
    own = np.arange(len(of))
    lead = np.where(of < 0, own, of)
    better = np.flatnonzero(corrected & (of >= 0) & ~corrected[lead])
    if not len(better):
        return of
    former, first = np.unique(lead[better], return_index=True)
    now = own.copy()
    now[former] = better[first]
    return np.where(now[lead] == own, -1, now[lead])


class Seen:
    """What is compared of each entry."""

    def __init__(self, line: Timeline, contacts: pd.DataFrame) -> None:
        log = compared(contacts.iloc[line.row])
        content = log.drop(
            columns=["file", "line", "complete", "correction", "asked_for", "told_at", "told_sure", "tells"]
        )
        self.equal = pd.util.hash_pandas_object(content, index=False).to_numpy().view(np.int64)
        self.person = mapped(log["interviewer"], plain_names)
        self.email = mapped(log["interviewer_email"], plain_emails)
        self.party = codes(np.where(self.email == "", self.person, self.email))
        self.way = np.select([line.to_client, line.to_candidate, line.with_agency & line.by_candidate], [1, 2, 3], 4)
        self.subject = log["subject"].str.strip().str.casefold().to_numpy(dtype=object)
        self.thread = mapped(log["subject"], _thread)
        self.body = log["note"].str.strip().str.casefold().to_numpy(dtype=object)
        self.message = log["message_id"].to_numpy(dtype=object)
        self.file = codes(log["file"].to_numpy(dtype=object))
        self.interview = line.is_kind("interview")
        # what a note tells of is compared in analysis.retold
        self.told = log["told_at"].notna().to_numpy()
        self.call = (line.channel == channel("call")) & ~self.interview & ~self.told
        self.off = np.isin(line.state, [state(s) for s in _OFF])
        # a row that also records their date says more than the contact: it is only ever a certain double
        self.plain = (
            ~self.interview & ~self.told & ((log["decision_on"] == "") & (log["decision_asked"] == "")).to_numpy()
        )


def _thread(subject: str) -> str:
    """A subject without the marks of an answer."""
    return ANSWERED.sub("", subject.strip().casefold())


def codes(values: NDArray[np.object_]) -> Ints:
    """A number per text, equal where the texts are."""
    return distinct(pd.Series(values, dtype=object))[0]


def _certain(line: Timeline, seen: Seen, classes: Classes) -> Ints:
    size = len(line)
    same = np.full(size, -1, dtype=np.int64)
    minutes, seconds = int(classes.duplicate_minutes * 60_000_000), int(classes.same_call_seconds * 1_000_000)
    talk = line.timed & ~seen.interview & ~seen.told
    about = (seen.party, seen.way, line.channel, seen.off)
    rules = (
        (np.ones(size, dtype=bool), (seen.equal,), _ALWAYS),
        (seen.message != "", (codes(seen.message), seen.interview, seen.off), _ALWAYS),
        ((seen.subject != "") & talk, (*about, codes(seen.subject)), minutes),
        ((seen.body != "") & talk, (*about, codes(seen.body), _threads(line, seen)), minutes),
        (seen.call & line.timed, (seen.party, seen.way, seen.off), seconds),
    )
    for wanted, keys, window in rules:
        index = np.flatnonzero(wanted & (same < 0))
        if len(index) < 2:
            continue
        columns = [np.asarray(key)[index] for key in (*keys[::-1], line.app)]
        order = np.lexsort((index, line.at[index], *columns))
        index = index[order]
        segment = firsts(*(np.asarray(key)[index] for key in (line.app, *keys)))
        lead = primaries(line.at[index], segment, window)
        repeats = lead != np.arange(len(index))
        same[index[repeats]] = index[lead[repeats]]
        follow(same)
    return same


def follow(same: Ints) -> None:
    """Let what repeats a row that turned out to repeat another point to that one."""
    some = same >= 0
    while (again := some & (np.where(some, same[same], -1) >= 0)).any():
        same[again] = same[same[again]]


def _threads(line: Timeline, seen: Seen) -> Ints:
    """The subject where one body stands under several of them: two short "Thanks" are two messages."""
    body, thread = codes(seen.body), codes(seen.thread)
    order = np.lexsort((body, seen.party, line.app))
    text = np.empty(len(order), dtype=np.int64)
    text[order] = firsts(line.app[order], seen.party[order], body[order])
    each = unique_rows(text, thread)
    subjects = group_count(text[each[seen.thread[each] != ""]], len(text))
    return np.where(subjects[text] > 1, thread, -1)


def _between_files(line: Timeline, seen: Seen, same: Ints, classes: Classes) -> Bools:
    """Link in place what two files hold of one contact; gives the entries that should be checked."""
    loose = np.zeros(len(line), dtype=bool)
    if len(np.unique(seen.file)) < 2:
        return loose
    day_only = ~line.timed & ~line.evening & ~line.logged_only
    fit = seen.plain & ~seen.off & (line.channel >= 0) & ~line.logged_only & (line.timed | day_only)
    window = int(classes.duplicate_minutes * 60_000_000)
    pairs = _pairs(line, seen, np.flatnonzero(fit & (same < 0)), day_only, window)
    taken: set[tuple[int, int]] = set()
    while len(pairs):
        best = pairs.drop_duplicates("one").merge(pairs.drop_duplicates("other"), on=["one", "other"])
        for one, other in zip(best["one"].tolist(), best["other"].tolist(), strict=True):
            same[other] = one
            taken |= {(one, int(seen.file[other])), (one, int(seen.file[one]))}
        loose[best["one"]] = loose[best["other"]] = True
        gone = pairs["one"].isin(best["other"]) | pairs["other"].isin(best["other"]) | pairs["other"].isin(best["one"])
        pairs = pairs[~gone.to_numpy()]
        full = [(a, int(seen.file[b])) in taken for a, b in zip(pairs["one"], pairs["other"], strict=True)]
        pairs = pairs[~np.array(full, dtype=bool)]
    follow(same)
    return loose


def _pairs(line: Timeline, seen: Seen, index: Ints, day_only: Bools, window: int) -> pd.DataFrame:
    """Entries of two files that can be one contact, the nearest first: ``one`` would be the primary, ``other`` not."""
    rows = pd.DataFrame(
        {
            "app": line.app[index],
            "way": seen.way[index],
            "channel": line.channel[index],
            "day": line.day[index],
            "entry": index,
            "file": seen.file[index],
        }
    )
    group = rows.groupby(["app", "way", "channel", "day"])["file"]
    rows = rows[((group.transform("nunique") > 1) & (group.transform("size") <= _MOST)).to_numpy()]
    both = rows.merge(rows, on=["app", "way", "channel", "day"], suffixes=("", "_2"))
    both = both[(both["file"] != both["file_2"]).to_numpy()]
    one, other = (both[c].to_numpy(dtype=np.int64) for c in ("entry", "entry_2"))
    # the exact time is the better one to keep, then the earlier one
    before = (day_only[one] < day_only[other]) | ((day_only[one] == day_only[other]) & (line.at[one] < line.at[other]))
    tied = (day_only[one] == day_only[other]) & (line.at[one] == line.at[other])
    before |= tied & ((seen.equal[one] < seen.equal[other]) | ((seen.equal[one] == seen.equal[other]) & (one < other)))
    one, other = one[before], other[before]
    apart = np.where(day_only[one] | day_only[other], 0, line.at[other] - line.at[one])
    kinds = (line.kind[one] == line.kind[other]) | (line.kind[one] < 0) | (line.kind[other] < 0)
    # what one calls a thank-you the other may call a courtesy or an answer
    polite = line.is_kind("thank_you", "courtesy", "reply")
    kinds |= polite[one] & polite[other]
    # two days without a time or text could be anything: there the kind must be known
    known = ~(day_only[one] & day_only[other]) | (line.kind[one] >= 0) & (line.kind[one] == line.kind[other])
    threads = (seen.thread[one] == seen.thread[other]) | (seen.thread[one] == "") | (seen.thread[other] == "")
    keep = (apart <= window) & kinds & known & threads.astype(bool)
    one, other, apart = one[keep], other[keep], apart[keep]
    keep = same_parties(seen, one, other)
    one, other, apart = one[keep], other[keep], apart[keep]
    text = (seen.thread[one] != "") & (seen.thread[one] == seen.thread[other])
    text |= (seen.body[one] != "") & (seen.body[one] == seen.body[other])
    order = np.lexsort((other, one, line.at[other], line.at[one], apart, ~text.astype(bool)))
    return pd.DataFrame({"one": one[order], "other": other[order]})


def same_parties(seen: Seen, one: Ints, other: Ints) -> Bools:
    """Whether two entries can name the same people: worked out once per distinct pair of names and addresses."""
    told = pd.DataFrame(
        {"a": seen.person[one], "b": seen.email[one], "c": seen.person[other], "d": seen.email[other]}, dtype=object
    )
    kinds = told.drop_duplicates()
    verdict = [_meet(*row) for row in kinds.itertuples(index=False)]
    found = told.merge(kinds.assign(meet=verdict), how="left")["meet"]
    return found.to_numpy(dtype=bool)


@lru_cache(maxsize=50_000)
def _meet(names: str, emails: str, names_2: str, emails_2: str) -> bool:
    ours, theirs = _sides(names, emails), _sides(names_2, emails_2)
    if not ours or not theirs:
        return True
    return any(_one_person(a, b) for a in ours for b in theirs)


def _sides(names: str, emails: str) -> list[tuple[str, str]]:
    name, email = names.split(";"), emails.split(";")
    size = max(len(name), len(email))
    filled = zip(name + [""] * (size - len(name)), email + [""] * (size - len(email)), strict=True)
    return [(n.strip(), e.strip()) for n, e in filled if n.strip() or e.strip()]


def _one_person(one: tuple[str, str], other: tuple[str, str]) -> bool:
    (name, email), (name_2, email_2) = one, other
    if email and email_2:
        return email == email_2
    if name and name_2:
        return agree(name, name_2)
    # a name beside an address: its words stand in it, or nothing is known
    told, address = (name or name_2), (email or email_2)
    local = " ".join(re.findall(r"[^\W\d_]+", address.partition("@")[0]))
    return any(word in local for word in told.split() if len(word) > 2)


def filled(line: Timeline, doubles: Doubles) -> Timeline:
    """The timeline whose primaries know what their doubles say of kind and text where they say nothing themselves."""
    entry = np.flatnonzero(doubles.of >= 0)
    if not len(entry):
        return line
    kind, named, words = line.kind.copy(), line.named.copy(), line.words
    into = doubles.of[entry]
    # the surest first: a kind that the log names, then one that a text tells
    sure = line.words["sure"].to_numpy(dtype=float)[entry]
    order = np.lexsort((entry, -sure, ~line.named[entry]))
    entry, into = entry[order], into[order]
    tells = line.named[entry] & ~named[into] | (line.kind[entry] >= 0) & (kind[into] < 0)
    entry, into = entry[tells], into[tells]
    into, first = np.unique(into, return_index=True)
    entry = entry[first]
    kind[into], named[into] = line.kind[entry], line.named[entry]
    silent = (words["words"].to_numpy(dtype=object)[into] == "") if len(into) else np.zeros(0, dtype=bool)
    if silent.any():
        take = np.arange(len(words))
        take[into[silent]] = entry[silent]
        words = words.iloc[take].reset_index(drop=True)
    return replace(line, kind=kind, named=named, words=words)


def counted_elsewhere(
    line: Timeline, contacts: pd.DataFrame, follow_up: Bools, met: Ints, group: Ints, classes: Classes
) -> Bools:
    """Follow-ups that are one message or call about two vacancies of a client, except in the latest application.

    ``met``: instant of the latest interview before each entry; ``group``: candidate and client, per application.
    Source: "one call about two vacancies is one episode" in docs/rules.md. It counts as the follow-up of each vacancy,
    and as an episode once.
    """
    out = np.zeros(len(line), dtype=bool)
    wanted = np.flatnonzero(follow_up & line.timed)
    # only candidates who follow up on several vacancies of one client
    told = pd.DataFrame({"about": group[line.app[wanted]], "app": line.app[wanted]})
    wanted = wanted[(told.groupby("about")["app"].transform("nunique") > 1).to_numpy()]
    if not len(wanted):
        return out
    log = compared(contacts.iloc[line.row[wanted]])
    email = mapped(log["interviewer_email"], plain_emails)
    party = codes(np.where(email == "", mapped(log["interviewer"], plain_names), email))
    about, app, at = group[line.app[wanted]], line.app[wanted], line.at[wanted]
    message = log["message_id"].to_numpy(dtype=object)
    thread = codes(mapped(log["subject"], _thread))
    seconds = int(classes.same_call_seconds * 1_000_000)
    for mask, keys in (
        (message != "", (about, codes(message))),
        (np.ones(len(wanted), dtype=bool), (about, party, line.channel[wanted], thread)),
    ):
        some = np.flatnonzero(mask)
        some = some[np.lexsort((at[some], *(key[some] for key in keys[::-1])))]
        if len(some) < 2:
            continue
        lead = primaries(at[some], firsts(*(key[some] for key in keys)), seconds)
        best = np.lexsort((-app[some], -met[wanted[some]], lead))
        kept = best[firsts(lead[best]) == np.arange(len(best))]
        winner = np.empty(len(some), dtype=np.int64)
        winner[lead[kept]] = app[some[kept]]
        out[wanted[some]] |= app[some] != winner[lead]
    return out
