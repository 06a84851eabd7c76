"""Silence runs: days with unanswered follow-ups since the employer's last word, and what stood out in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.clock import Clock
from analysis.facts.decisions import Decisions
from analysis.identifiers import mapped, plain_name, plain_names
from analysis.kinds import Classified
from analysis.segments import Bools, Ints, firsts, group_any, group_count, last_true, next_true, running_count
from analysis.timeline import Timeline, channel

_NEVER: Final = 10**6


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

    follow_ups: pd.DataFrame
    episodes: pd.DataFrame
    runs: pd.DataFrame
    breaches: pd.DataFrame
    sent: Bools


def find_runs(
    line: Timeline,
    classes: Classified,
    decisions: Decisions,
    contacts: pd.DataFrame,
    faces: pd.DataFrame,
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
    follow = pd.DataFrame({"entry": entry, "app": app, "run": run, "episode": episode, "day": day})
    episodes = _episodes(follow, line, decisions, answered, clock)
    follow["exempt"] = episodes["exempt"].to_numpy()[episode] if len(follow) else np.zeros(0, dtype=bool)
    follow["hops"] = _hops(line, clock, entry, run_first, day)
    follow["unused_channel"] = _unused(line, classes, entry)
    follow["another_person"] = _strangers(line, classes, contacts, faces, entry)
    follow["dials"] = _dials(line, classes, follow)
    sanctioned = line.words["sanctioned"].to_numpy(dtype=bool)[entry]
    follow["round_agency"] = via_agency[app] & ~sanctioned
    counted = episodes[~episodes["exempt"]]
    length = group_count(counted["run"].to_numpy(dtype=np.int64), int(run.max()) + 1 if len(run) else 0)
    runs = follow.groupby("run", sort=True).agg(
        app=("app", "first"), entry=("entry", "first"), last_entry=("entry", "last")
    )
    last = runs["last_entry"].to_numpy(dtype=np.int64)
    word = classes.human | classes.held | decisions.ending | decisions.withdrawn
    still = (next_true(word, line.first)[last] < 0) & (classes.answered[last] <= 0)
    unknown = group_any(classes.outcome_unknown[entry], run, len(runs))
    runs = runs.reset_index().assign(length=length, open=still, outcome_unknown=unknown)
    return Runs(
        follow,
        episodes,
        runs,
        _breaches(line, classes, decisions, follow, clock),
        _sent(line, classes, of_round),
    )


def _sent(line: Timeline, classes: Classified, of_round: Ints) -> Bools:
    names = ("thank_you", "reply", "follow_up", "after_rejection")
    sent = np.zeros(len(line.zone), dtype=bool)
    counted = np.any([classes.is_class(n) for n in names], axis=0) & line.to_client & (of_round >= 0)
    sent[line.app[counted]] = True
    return sent


def _episodes(
    follow: pd.DataFrame, line: Timeline, decisions: Decisions, answered: Bools, clock: Clock
) -> pd.DataFrame:
    spoke = follow.assign(answered=answered[follow["entry"].to_numpy(dtype=np.int64)])
    episodes = spoke.groupby("episode", sort=True).agg(
        run=("run", "first"),
        app=("app", "first"),
        day=("day", "first"),
        entry=("entry", "first"),
        answered=("answered", "any"),
    )
    episodes = episodes.reset_index()
    app, day = episodes["app"].to_numpy(dtype=np.int64), episodes["day"].to_numpy(dtype=np.int64)
    first = episodes["entry"].to_numpy(dtype=np.int64)
    before = np.maximum(first - 1, line.first[first]) if len(first) else first
    due = decisions.day[before]
    late = (due >= 0) & (clock.days_between(line.calendar[app], due, day) >= 1)
    # one check-in per date the employer let pass: the first day after it, also where a word of theirs divides that day
    once = pd.DataFrame({"app": app, "due": due, "day": day})[late]
    exempt = np.zeros(len(episodes), dtype=bool)
    exempt[late] = once["day"].to_numpy() == once.groupby(["app", "due"])["day"].transform("min").to_numpy()
    episodes["exempt"] = exempt
    episodes["gap"] = _NEVER
    episodes["before"] = -1
    kept = np.flatnonzero(~exempt)
    if len(kept) > 1:
        run = episodes["run"].to_numpy(dtype=np.int64)[kept]
        same = run[1:] == run[:-1]
        gap = clock.days_between(line.calendar[app[kept[1:]]], day[kept[:-1]], day[kept[1:]])
        free = episodes["answered"].to_numpy(dtype=bool)[kept[1:]]
        episodes.loc[kept[1:], "gap"] = np.where(same & ~free, gap, _NEVER)
        episodes.loc[kept[1:], "before"] = np.where(same, first[kept[:-1]], -1)
    return episodes


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


def _strangers(line: Timeline, classes: Classified, contacts: pd.DataFrame, faces: pd.DataFrame, entry: Ints) -> Bools:
    """A follow-up to somebody who neither interviewed, wrote, nor was named by the employer before."""
    out = np.zeros(len(entry), dtype=bool)
    asked = faces[np.isin(faces["entry"].to_numpy(), entry)]
    if not len(asked):
        return out
    known = (
        classes.held[faces["entry"].to_numpy()] | (line.is_kind("interview") | classes.human)[faces["entry"].to_numpy()]
    )
    friends = faces.loc[known].groupby(["app", "face"])["entry"].min().rename("since").reset_index()
    friends.loc[:, "since"] = np.where(line.is_kind("interview")[friends["since"].to_numpy()], -1, friends["since"])
    thanked = faces.loc[classes.thanks[faces["entry"].to_numpy()], ["app", "face"]].drop_duplicates()
    asked = asked.merge(friends, how="left", on=["app", "face"])
    asked = asked.merge(thanked.assign(thanked=True), how="left", on=["app", "face"])
    stranger = (asked["since"].isna() | (asked["since"] > asked["entry"])) & asked["thanked"].isna()
    some = faces[faces["app"].isin(asked["app"])]
    met_anyone = some.loc[(line.is_kind("interview") | classes.human)[some["entry"].to_numpy()], "app"].unique()
    stranger &= asked["app"].isin(met_anyone)
    suspects = asked.loc[stranger, "entry"].unique()
    if len(suspects):
        suspects = suspects[~_referred(line, contacts, suspects)]
    out[np.isin(entry, suspects)] = True
    return out


def _referred(line: Timeline, contacts: pd.DataFrame, suspects: Ints) -> Bools:
    """Whether an earlier message of the employer (an out-of-office too) named the person."""
    names = mapped(contacts["interviewer"], plain_names)[line.row]
    emails = contacts["interviewer_email"].to_numpy(dtype=object)[line.row]
    refers = line.words["refers_to"].to_numpy(dtype=object)
    pointing = np.flatnonzero((refers != "") & (line.to_candidate | line.told | line.system | line.with_agency))
    pairs = pd.DataFrame({"app": line.app[suspects], "suspect": suspects}).merge(
        pd.DataFrame({"app": line.app[pointing], "pointer": pointing}), on="app"
    )
    pairs = pairs[pairs["pointer"] < pairs["suspect"]]
    if not len(pairs):
        return np.zeros(len(suspects), dtype=bool)
    pointed = mapped(pd.Series(refers[pairs["pointer"].to_numpy()], dtype="str"), plain_name)
    hit = [
        bool(set(p.split()) & set(n.split())) or (e != "" and e.casefold() in p)
        for p, n, e in zip(pointed, names[pairs["suspect"]], emails[pairs["suspect"]], strict=True)
    ]
    return np.isin(suspects, pairs.loc[hit, "suspect"].unique())


def _dials(line: Timeline, classes: Classified, follow: pd.DataFrame) -> Ints:
    entry = follow["entry"].to_numpy(dtype=np.int64)
    if not len(entry):
        return entry
    call = (line.channel[entry] == channel("call")) & (classes.answered[entry] <= 0)
    message = call & line.voicemail[entry] | (line.channel[entry] != channel("call"))
    said = np.maximum(line.words["dials"].to_numpy(dtype=np.int64)[entry], 1)
    tally = follow.assign(n=np.where(call & ~message, said, 0), message=message).groupby(["app", "day"])
    return np.where(tally["message"].transform("any"), 0, tally["n"].transform("sum")).astype(np.int64)


def _breaches(
    line: Timeline, classes: Classified, decisions: Decisions, follow: pd.DataFrame, clock: Clock
) -> pd.DataFrame:
    entry = follow["entry"].to_numpy(dtype=np.int64)
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
    parts = [
        pd.DataFrame(
            {"app": app[m], "entry": entry[m], "day": day[m], "what": what, "wait": wait[m], "dated": due[m] >= 0}
        )
        for what, m in (
            ("no_calls", (told["no_calls"] >= 0) & call),
            ("no_contact", told["no_contact"] >= 0),
            ("will_contact", promise >= 0),
        )
    ]
    late = np.flatnonzero(classes.is_class("after_rejection"))
    parts.append(
        pd.DataFrame(
            {
                "app": line.app[late],
                "entry": late,
                "day": line.day[late],
                "what": "after_rejection",
                "wait": 0,
                "dated": False,
            }
        )
    )
    return pd.concat(parts, ignore_index=True)
