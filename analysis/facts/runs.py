"""Silence runs: days with unanswered follow-ups since the employer's last word, and what stood out in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.clock import Clock
from analysis.columns import Columns, texts
from analysis.facts.decisions import Decisions
from analysis.identifiers import mapped, plain_name, plain_names
from analysis.kinds import Classified
from analysis.segments import Bools, Ints, firsts, group_any, group_count, last_true, matches, next_true, running_count
from analysis.timeline import Timeline, channel

_NEVER: Final = 10**6
_FAR: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Runs:
    """``follow_ups``: one row a counted contact: ``entry``, ``app``, ``run``, ``episode``, ``day``, ``exempt`` and
    the marks
    ``hops`` (business days to a contact by another channel just before, large where none), ``unused_channel``,
    ``another_person``, ``dials`` (that day, without a message), ``round_agency``.

    ``episodes``: ``episode``, ``run``, ``app``, ``day``, ``exempt``, ``answered``, ``gap`` (business days since the
    counted
    episode before it in the run, large where it costs nothing), ``before`` (that episode's first entry), ``entry``.
    ``runs``: ``run``, ``app``, ``length`` (u), ``entry``, ``last_entry``, ``open`` (no word since), ``outcome_unknown``
    (a call in it of which nothing says whether it was answered).
    ``breaches``: ``app``, ``entry``, ``what`` (``no_calls``, ``no_contact``, ``will_contact``,
    ``after_rejection``), ``day``.
    ``sent``: per application whether the candidate sent the employer anything that counts.
    """

    follow_ups: Columns
    episodes: Columns
    runs: Columns
    breaches: Columns
    sent: Bools


def find_runs(
    line: Timeline,
    classes: Classified,
    decisions: Decisions,
    contacts: pd.DataFrame,
    faces: Columns,
    of_round: Ints,
    via_agency: Bools,
    clock: Clock,
    elsewhere: Bools,
) -> Runs:
    """Find the silence runs of every application; ``elsewhere``: follow-ups that count for another vacancy."""
    chasing = classes.is_class("follow_up") & (of_round >= 0) & ~classes.after_offer & ~elsewhere
    answered = chasing & (classes.answered > 0)
    breaks = running_count(classes.human | classes.held, line.first) + running_count(answered, line.first) - answered
    entry = np.flatnonzero(chasing)
    app, day = line.app[entry], line.day[entry]
    run_first = firsts(app, breaks[entry])
    run = np.cumsum(run_first == np.arange(len(entry))) - 1
    episode_first = firsts(run, day)
    episode = np.cumsum(episode_first == np.arange(len(entry))) - 1
    follow = Columns({"entry": entry, "app": app, "run": run, "episode": episode, "day": day})
    episodes = _episodes(follow, line, decisions, answered, clock)
    follow = follow.having(
        exempt=episodes["exempt"][episode],
        hops=_hops(line, clock, entry, run_first, day),
        unused_channel=_unused(line, classes, entry),
        another_person=_strangers(line, classes, contacts, faces, entry),
        dials=_dials(line, classes, follow),
        round_agency=via_agency[app] & ~line.words["sanctioned"].to_numpy(dtype=bool)[entry],
    )
    begin = np.flatnonzero(run_first == np.arange(len(entry)))
    last = entry[np.append(begin[1:], len(entry)) - 1] if len(begin) else entry
    word = classes.human | classes.held | decisions.ending | decisions.withdrawn
    runs = Columns(
        {
            "app": app[begin],
            "entry": entry[begin],
            "last_entry": last,
            "length": group_count(episodes["run"][~episodes["exempt"]], len(begin)),
            "open": (next_true(word, line.first)[last] < 0) & (classes.answered[last] <= 0),
            "outcome_unknown": group_any(classes.outcome_unknown[entry], run, len(begin)),
        }
    )
    breaches = _breaches(line, classes, decisions, follow, clock)
    return Runs(follow, episodes, runs, breaches, _sent(line, classes, of_round))


def _sent(line: Timeline, classes: Classified, of_round: Ints) -> Bools:
    names = ("thank_you", "reply", "follow_up", "after_rejection")
    sent = np.zeros(len(line.zone), dtype=bool)
    counted = np.any([classes.is_class(n) for n in names], axis=0) & line.to_client & (of_round >= 0)
    sent[line.app[counted]] = True
    return sent


def _episodes(follow: Columns, line: Timeline, decisions: Decisions, answered: Bools, clock: Clock) -> Columns:
    number = follow["episode"]
    begin = np.flatnonzero(np.append(True, number[1:] != number[:-1])) if len(number) else number
    run, app, day, first = (follow[name][begin] for name in ("run", "app", "day", "entry"))
    spoke = group_any(answered[follow["entry"]], number, len(begin))
    before = np.maximum(first - 1, line.first[first]) if len(first) else first
    due = decisions.day[before]
    late = np.flatnonzero((due >= 0) & (clock.days_between(line.calendar[app], due, day) >= 1))
    # one check-in per date the employer let pass: the first day after it, also where a word of theirs divides that day
    exempt = np.zeros(len(begin), dtype=bool)
    order = late[np.lexsort((day[late], due[late], app[late]))]
    exempt[order] = day[order] == day[order][firsts(app[order], due[order])]
    gap = np.full(len(begin), _NEVER, dtype=np.int64)
    earlier = np.full(len(begin), -1, dtype=np.int64)
    kept = np.flatnonzero(~exempt)
    if len(kept) > 1:
        one, other = kept[:-1], kept[1:]
        same = run[one] == run[other]
        apart = clock.days_between(line.calendar[app[other]], day[one], day[other])
        gap[other] = np.where(same & ~spoke[other], apart, _NEVER)
        earlier[other] = np.where(same, first[one], -1)
    return Columns(
        {"run": run, "app": app, "day": day, "entry": first, "exempt": exempt, "gap": gap, "before": earlier}
    )


def _hops(line: Timeline, clock: Clock, entry: Ints, run_first: Ints, day: Ints) -> Ints:
    out = np.full(len(entry), _NEVER, dtype=np.int64)
    if len(entry) > 1:
        way = line.channel[entry]
        other = (way[1:] != way[:-1]) & (way[1:] >= 0) & (way[:-1] >= 0) & (run_first[1:] == run_first[:-1])
        gap = clock.days_between(line.calendar[line.app[entry[1:]]], day[:-1], day[1:])
        out[1:] = np.where(other, gap, _NEVER)
    return out


def _unused(line: Timeline, classes: Classified, entry: Ints) -> Bools:
    """Text, social media or turning up, where the employer never used that channel before."""
    out = np.zeros(len(entry), dtype=bool)
    for name in ("text", "social", "in_person"):
        used = classes.human & (line.channel == channel(name))
        if name == "in_person":
            used = np.zeros(len(line), dtype=bool)  # meeting in person is no invitation to turn up
        out |= (line.channel[entry] == channel(name)) & (last_true(used, line.first)[entry] < 0)
    return out


def _strangers(line: Timeline, classes: Classified, contacts: pd.DataFrame, faces: Columns, entry: Ints) -> Bools:
    """A follow-up to somebody who neither interviewed, wrote, nor was named by the employer before."""
    out = np.zeros(len(entry), dtype=bool)
    place, face = faces["entry"], faces["face"]
    asked = np.flatnonzero(np.isin(place, entry))
    if not len(asked):
        return out
    meeting = line.is_kind("interview")
    met = (meeting | classes.human)[place]
    known = np.flatnonzero(met | classes.held[place])
    since = np.full(int(face.max()) + 1, _FAR, dtype=np.int64)
    np.minimum.at(since, face[known], place[known])
    since = np.where((since < _FAR) & meeting[np.minimum(since, len(line) - 1)], -1, since)
    thanked = group_any(classes.thanks[place], face, len(since))
    stranger = (since[face[asked]] > place[asked]) & ~thanked[face[asked]]
    stranger &= group_any(met, faces["app"], len(line.zone))[faces["app"][asked]]
    suspects = np.unique(place[asked[stranger]])
    if len(suspects):
        suspects = suspects[~_referred(line, contacts, suspects)]
    out[np.isin(entry, suspects)] = True
    return out


def _referred(line: Timeline, contacts: pd.DataFrame, suspects: Ints) -> Bools:
    """Whether an earlier message of the employer (an out-of-office too) named the person."""
    refers = line.words["refers_to"].to_numpy(dtype=object)
    pointing = np.flatnonzero((refers != "") & (line.to_candidate | line.told | line.system | line.with_agency))
    suspect, pointer = matches(line.app[suspects], line.app[pointing])
    earlier = pointing[pointer] < suspects[suspect]
    suspect, pointer = suspect[earlier], pointing[pointer[earlier]]
    out = np.zeros(len(suspects), dtype=bool)
    if not len(suspect):
        return out
    pointed = mapped(pd.Series(refers[pointer], dtype="str"), plain_name)
    row = line.row[suspects[suspect]]
    names = mapped(contacts["interviewer"].iloc[row], plain_names)
    emails = contacts["interviewer_email"].to_numpy(dtype=object)[row]
    hit = [
        bool(set(p.split()) & set(n.split())) or (e != "" and e.casefold() in p)
        for p, n, e in zip(pointed, names, emails, strict=True)
    ]
    out[suspect[np.array(hit, dtype=bool)]] = True
    return out


def _dials(line: Timeline, classes: Classified, follow: Columns) -> Ints:
    entry = follow["entry"]
    if not len(entry):
        return entry
    call = (line.channel[entry] == channel("call")) & (classes.answered[entry] <= 0)
    message = call & line.voicemail[entry] | (line.channel[entry] != channel("call"))
    said = np.maximum(line.words["dials"].to_numpy(dtype=np.int64)[entry], 1)
    day = np.unique(follow["app"] * (1 << 32) + follow["day"], return_inverse=True)[1]
    tries = np.bincount(day, weights=np.where(call & ~message, said, 0)).astype(np.int64)
    return np.where(group_any(message, day, len(tries))[day], 0, tries[day])


def _breaches(line: Timeline, classes: Classified, decisions: Decisions, follow: Columns, clock: Clock) -> Columns:
    entry = follow["entry"]
    app, day = line.app[entry], line.day[entry]
    call = line.channel[entry] == channel("call")
    told = {
        name: last_true(getattr(decisions, name), line.first)[entry]
        for name in ("no_calls", "no_contact", "will_contact")
    }
    promise = told["will_contact"]
    due = np.where(promise >= 0, decisions.day[np.maximum(entry - 1, 0)], -1)
    due = np.where(due < line.day[promise], -1, due)  # a date gone by when they promised is not their promise
    wait = np.where(
        due >= 0,
        clock.days_between(line.calendar[app], due, day),
        clock.days_between(line.calendar[app], line.day[promise], day),
    )
    late = np.flatnonzero(classes.is_class("after_rejection"))
    masks = (
        ("no_calls", (told["no_calls"] >= 0) & call),
        ("no_contact", told["no_contact"] >= 0),
        ("will_contact", promise >= 0),
    )
    of = np.concatenate([np.flatnonzero(mask) for _, mask in masks])
    whole = np.concatenate((entry[of], late))
    never = np.zeros(len(late), dtype=bool)
    return Columns(
        {
            "app": line.app[whole],
            "entry": whole,
            "day": line.day[whole],
            "what": np.concatenate(
                [*(texts(int(mask.sum()), name) for name, mask in masks), texts(len(late), "after_rejection")]
            ),
            "wait": np.concatenate((wait[of], never.astype(np.int64))),
            "dated": np.concatenate(((due >= 0)[of], never)),
        }
    )
