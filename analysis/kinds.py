"""What each contact counts as, worked out from kind, text and order; the first rule that fits wins.

Source of the rules and their order: "Classify each contact" in docs/rules.md (after the agency's article).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.clock import MICROS_DAY, Clock
from analysis.doubles import codes
from analysis.identifiers import mapped, plain_names
from analysis.log import LEFT_OUT
from analysis.named_days import decision_days
from analysis.policy import Classes
from analysis.results import CONTACT_CLASSES
from analysis.segments import Bools, Ints, firsts, last_true, running_count
from analysis.timeline import NO_TIME, Timeline, channel, state

WHY: Final = (
    "the log names it",
    "an interview",
    "the employer's own message",
    "passed on by the agency",
    "between candidate and recruiter",
    "the agency's own contact with the client",
    "the same contact stands in the log already",
    "sent by a machine",
    "it did not take place",
    "practical arrangements",
    "sent after the rejection",
    "answers the employer's message",
    "the employer asked for this call",
    "its text thanks for the interview",
    "its text asks how things stand",
    "a call without a note of its purpose",
    "its text does not say what it was for: please check",
    "before the first interview",
    "a courtesy",
    "the same interview, from another source",
    "left out by your team",
    "it tells of a contact that counts by itself",
)

_CODE: Final = {name: number for number, name in enumerate(CONTACT_CLASSES)}


@dataclass(frozen=True, slots=True)
class Classified:
    """Per entry of the timeline: ``cls`` (number in `CONTACT_CLASSES`), ``why`` (number in `WHY`), ``sure`` (0-1).

    ``duplicate_of``: entry it repeats, or -1. ``thanks``: counts as a thank-you for the interview. ``invited``: the
    employer asked for it. ``invited_day``: the day they named, -1 where none. ``courtesy``: the courtesy after a
    rejection. ``answered``: 1 a conversation, -1 not answered, 0 unknown; ``outcome_unknown``: a call taken for a
    conversation because nothing says otherwise. ``human``: a human message of the employer to the candidate.
    ``after_rejection``, ``after_offer``: what stood before it.
    """

    cls: np.ndarray
    why: np.ndarray
    sure: np.ndarray
    duplicate_of: Ints
    thanks: Bools
    invited: Bools
    invited_day: Ints
    courtesy: Bools
    answered: np.ndarray
    outcome_unknown: Bools
    human: Bools
    held: Bools
    after_rejection: Bools
    after_offer: Bools

    def is_class(self, name: str) -> Bools:
        """Entries of this class."""
        return np.asarray(self.cls == _CODE[name])


def classify(line: Timeline, contacts: pd.DataFrame, duplicate: Ints, clock: Clock, classes: Classes) -> Classified:
    """Classify every contact of a timeline.

    ``duplicate``: the entry that each repeats, or -1 (`analysis.doubles`); the numbers come from ``policy.classes``.
    """
    size, words = len(line), line.words
    flag = {name: words[name].to_numpy(dtype=bool) for name in words.columns if words[name].dtype == bool}
    machine = (flag["automated"] | line.system) & ~(line.named & line.is_kind("interview"))
    left_out = line.state == state(LEFT_OUT)
    missing = left_out | np.isin(line.state, [state(s) for s in ("planned", "cancelled", "failed", "draft", "no_show")])
    interview = line.is_kind("interview")
    live = (duplicate < 0) & ~machine & ~missing
    held = live & interview & (line.state == state("happened"))
    outgoing = live & line.to_client & ~interview
    human = live & line.to_candidate & ~interview
    calendar, call = line.calendar[line.app], line.channel == channel("call")

    decision = live & (line.to_candidate | line.told | line.to_agency_by_client)
    rejected = last_true(decision & line.is_kind("rejection"), line.first)
    offered = last_true(live & ~line.agency & line.is_kind("offer", "hired"), line.first)
    reopened = np.maximum(last_true(held, line.first), offered)
    after_rejection = (rejected >= 0) & (rejected > reopened)
    after_offer = (offered >= 0) & (offered > np.maximum(last_true(held, line.first), rejected))
    met_before = last_true(held, line.first) >= 0

    employer = last_true(human, line.first)
    earlier = last_true(outgoing, line.first)
    invited, invited_day = _invited(line, clock, contacts, outgoing, human, call, flag["invites_contact"], classes)
    invited |= outgoing & contacts["asked_for"].to_numpy(dtype=bool)[line.row]
    soon = clock.days_between(calendar, line.day[employer], line.day) <= classes.reply_days
    face = mapped(contacts["interviewer"], plain_names)[line.row]
    known_face = (face != "") & (face[employer] != "")
    same_face = ~known_face | (face == face[employer])
    only_status = flag["asks_status"] | (line.is_kind("follow_up") & ~line.named)
    asked_for = flag["invites_contact"][employer]
    answers = (employer > earlier) & (employer >= 0) & soon & same_face & (~only_status | asked_for)

    cls = np.full(size, _CODE["other"], dtype=np.int8)
    why = np.full(size, 16, dtype=np.int8)
    open_ = np.ones(size, dtype=bool)

    def put(mask: Bools, name: str, reason: int) -> None:
        hit = mask & open_
        cls[hit], why[hit] = _CODE[name], reason
        open_[hit] = False

    named = line.named
    put(duplicate >= 0, "duplicate", 6)
    put(machine, "automated", 7)
    put(left_out, "not_happened", 20)
    put(missing, "not_happened", 8)
    put(interview, "interview", 1)
    put(human, "employer", 2)
    put(line.told, "statement", 3)
    put(line.to_agency_by_client, "employer", 2)
    put(line.tells & ~line.to_client & ~line.agency & ~line.with_agency, "statement", 21)
    put(line.agency, "agency", 5)
    put(line.with_agency, "with_agency", 4)
    put(line.is_kind("withdrawn", "hired", "debrief", "decision_date"), "statement", 0)
    put(outgoing & line.is_kind("logistics") & ~(flag["thanks_interview"] & ~named), "logistics", 9)
    put(outgoing & after_rejection, "after_rejection", 10)
    put(outgoing & line.is_kind("reply") & named, "reply", 0)
    put(outgoing & invited & (~named | line.is_kind("follow_up")), "reply", 12)
    put(outgoing & ~named & answers, "reply", 11)
    put(outgoing & line.is_kind("thank_you") & named, "thank_you", 0)
    late = _days_since_meeting(line, clock, held) > classes.thank_you_days
    put(
        outgoing & ~named & flag["thanks_interview"] & ~late & ~_thanked(line, held, outgoing, flag, face),
        "thank_you",
        13,
    )
    put(outgoing & ~met_before & line.is_kind("follow_up"), "other", 17)
    put(outgoing & named & line.is_kind("follow_up"), "follow_up", 0)
    put(outgoing & ~met_before, "other", 17)
    put(outgoing & ~named & (flag["asks_status"] | line.is_kind("follow_up")), "follow_up", 14)
    speechless = (words["words"].to_numpy(dtype=object) == "") & ~_has_text(line, contacts)
    put(outgoing & ~named & call & (speechless | line.voicemail | flag["left_message"]), "follow_up", 15)
    put(outgoing & line.is_kind("courtesy"), "other", 18)
    put(outgoing & named, "other", 0)

    why[_second_source(line, held)] = 19
    sure = np.where(named, 1.0, words["sure"].to_numpy(dtype=float))
    sure[np.isin(why, (1, 3, 5, 4, 2))] = 1.0
    sure[why == 15] = 0.5
    sure[why == 11] = np.maximum(sure[why == 11], 0.8)
    sure = np.minimum(sure, contacts["told_sure"].to_numpy(dtype=float)[line.row])
    thanks = (cls == _CODE["thank_you"]) | ((cls == _CODE["reply"]) & flag["thanks_interview"])
    late_thanks = (cls == _CODE["after_rejection"]) & (line.is_kind("thank_you") | flag["thanks_interview"])
    first_after = (cls == _CODE["after_rejection"]) & (
        running_count(cls == _CODE["after_rejection"], firsts(line.app, rejected)) == 1
    )
    quick = clock.days_between(calendar, line.day[rejected], line.day) <= classes.courtesy_days
    answered = _answered(line, call, classes)
    return Classified(
        cls,
        why,
        sure,
        duplicate,
        thanks | late_thanks,
        invited,
        invited_day,
        first_after & quick,
        answered,
        call & (answered > 0) & (words["answered"] == 0).to_numpy() & (line.ended == NO_TIME),
        human,
        held,
        after_rejection,
        after_offer,
    )


def _second_source(line: Timeline, held: Bools) -> Bools:
    """Interviews that stand in the log already at the same minute: their attendees count, the round is one."""
    before = last_true(held, line.first)
    same_minute = line.at // 60_000_000 == line.at[before] // 60_000_000
    return np.asarray(held & (before >= 0) & same_minute & line.timed, dtype=bool)


def _has_text(line: Timeline, contacts: pd.DataFrame) -> Bools:
    said = (contacts["subject"].str.strip() != "") | (contacts["note"].str.strip() != "")
    return said.to_numpy(dtype=bool)[line.row]


def _answered(line: Timeline, call: Bools, classes: Classes) -> np.ndarray:
    """Whether a contact was a conversation. A long call without a message was answered.

    A call of which neither words nor length are known is taken for one: the reading that favours the candidate.
    """
    said = line.words["answered"].to_numpy(dtype=np.int8)
    ends = np.where(line.ended == NO_TIME, line.at + np.int64(classes.talk_seconds * 1_000_000), line.ended)
    talk = call & ~line.voicemail & (ends - line.at >= classes.talk_seconds * 1_000_000)
    out = np.where(said != 0, said, np.where(talk, 1, 0))
    out[line.voicemail | (line.state == state("attempted"))] = -1
    return out


def _days_since_meeting(line: Timeline, clock: Clock, held: Bools) -> Ints:
    meeting = last_true(held, line.first)
    days = clock.days_between(line.home_calendar[line.app], line.home_day[meeting], line.home_day)
    return np.where(meeting >= 0, days, 0)


def _thanked(line: Timeline, held: Bools, outgoing: Bools, flag: dict[str, Bools], face: np.ndarray) -> Bools:
    """Whether this person was already thanked in text since the last meeting (later thanks are no second note)."""
    since = last_true(held, line.first)
    thanking = outgoing & (line.is_kind("thank_you") | flag["thanks_interview"]) & ~line.is_kind("follow_up")
    order = np.lexsort((np.arange(len(line)), line.channel == channel("card"), codes(face), since, line.app))
    segment = firsts(line.app[order], since[order], codes(face)[order], (line.channel == channel("card"))[order])
    out = np.zeros(len(line), dtype=bool)
    out[order] = last_true(thanking[order], segment) >= 0
    return out


def _invited(
    line: Timeline,
    clock: Clock,
    contacts: pd.DataFrame,
    outgoing: Bools,
    human: Bools,
    call: Bools,
    invites: Bools,
    classes: Classes,
) -> tuple[Bools, Ints]:
    """Calls the employer asked for ("call back at 3", "call me Thursday"), and the day they named."""
    size = len(line)
    none = np.full(size, -1, dtype=np.int64)
    inviting = human & invites
    if not inviting.any():
        return np.zeros(size, dtype=bool), none
    asked = last_true(inviting, line.first)
    called = last_true(outgoing & call, line.first)
    named_day = none.copy()
    where = np.flatnonzero(inviting)
    said_on = pd.Series((line.day[where] * MICROS_DAY).view("M8[us]"))
    spoken = line.words["call_words"].iloc[where].reset_index(drop=True)
    found = decision_days(spoken, said_on)["day"]
    day = found.dt.as_unit("us").astype("int64").to_numpy() // MICROS_DAY
    named_day[where] = np.where(found.isna().to_numpy(), -1, day)
    calendar = line.calendar[line.app]
    wanted = named_day[asked]
    late = clock.days_between(calendar, wanted, line.day)
    on_the_day = (wanted >= 0) & (late >= 0) & (late <= 1) & (line.day >= wanted)
    soon = (wanted < 0) & (clock.days_between(calendar, line.day[asked], line.day) <= classes.reply_days)
    invited = outgoing & call & (asked >= 0) & (asked > called) & (on_the_day | soon)
    return invited, np.where(invited, wanted, -1)
