"""Stories that are not over at the sample's moment: what Today and the pending statuses are about."""

from __future__ import annotations

from datetime import date

from agency import words
from agency.process import Process, plus, story


@story("Interviewed at the end of last week, nothing seen yet", "pending", times=3, weeks=(15, 15), habit="recent")
def too_soon_to_say(p: Process) -> None:
    p.interview(day=p.day.replace(day=p.pick(21, 22, 23)), decides=p.pick(0, 8))


@story("Thanked them, waiting for their date", "pending", times=4, weeks=(14, 15), habit="recent")
def waiting(p: Process) -> None:
    p.interview(day=p.day.replace(day=p.pick(19, 20, 21)), decides=p.pick(6, 9), asked="yes")
    p.thanks(p.evening())


@story("Their date is today", "pending", times=2, weeks=(14, 14), habit="recent")
def due_today(p: Process) -> None:
    p.interview(decides="2026-10-26", asked="yes")
    p.thanks(p.evening(), words.FAIR_NOTES)


@story("A week gone, no date given: today is a good day to write", "pending", times=2, weeks=(15, 15), habit="recent")
def due_a_check_in(p: Process) -> None:
    p.interview(day=p.day.replace(day=19), asked="no")
    p.thanks(p.evening(), words.FAIR_NOTES)


@story("Their date passed on Thursday and nobody has asked", "pending", times=2, weeks=(14, 14), habit="recent")
def date_just_passed(p: Process) -> None:
    p.interview(day=p.day.replace(day=p.pick(13, 14)), decides="2026-10-22", asked="yes")
    p.thanks(p.evening())


@story("They are past their own date, he has asked twice: our turn to chase", times=2, weeks=(13, 13), habit="recent")
def our_turn(p: Process) -> None:
    p.interview(day=p.day.replace(day=p.pick(6, 7)), decides="2026-10-14", asked="yes")
    p.thanks(p.evening(), words.FAIR_NOTES)
    p.checks_in(p.past(date(2026, 10, 14), 1), kind="follow_up")
    p.checks_in(p.past(date(2026, 10, 14), 6), "voicemail")


@story("Three messages last week alone: ask him to stop", "too_close", times=2, weeks=(14, 14), habit="recent")
def ask_to_stop(p: Process) -> None:
    p.interview(day=p.day.replace(day=13))
    for n in (5, 6, 8):
        p.checks_in(p.on(n, "9:40-17:50"), "voicemail")


@story("First interview booked for this week", "not scored", times=2, weeks=(15, 15), habit="recent")
def booked(p: Process) -> None:
    day = plus(p.day.replace(day=26), p.pick(1, 2, 3), p.client.calendar)
    p.interview(day=day, state="planned", note="confirmed by client", topics="")
