"""Stories with one habit to talk about in a session."""

from __future__ import annotations

from datetime import timedelta

from agency import words
from agency.process import Process, plus, story

# Late, or nothing


@story("Thank-you two days after", "thank_you_late", times=4, habit="slow")
def note_after_two_days(p: Process) -> None:
    p.interview(decides=8)
    p.thanks(p.later(p.pick(34, 43, 50)), words.FAIR_NOTES)
    p.checks_in(p.on(10))


@story("Thank-you three days after", "thank_you_late", times=2, habit="slow")
def note_after_three_days(p: Process) -> None:
    p.interview(between="9:00-11:30")
    p.thanks(p.on(3, "12:30-15:00"), words.ROLE_ONLY)
    p.checks_in(p.on(6))


@story("Thank-you came the week after", "thank_you_late", times=3, habit="slow")
def note_a_week_on(p: Process) -> None:
    p.interview()
    p.thanks(p.on(p.pick(5, 6, 8)), words.BARE, kind="thank_you")
    p.checks_in(p.on(11))


@story("Only wrote to say thanks after they had decided", "thank_you_late", times=1, habit="slow")
def note_after_decision(p: Process) -> None:
    p.interview()
    p.hears(p.on(6), "offer", "Offer", p.text(words.OFFERS))
    p.thanks(p.on(7), words.BARE, kind="thank_you")


@story("No thank-you at all", "thank_you_missing", times=4, habit="slow")
def no_note(p: Process) -> None:
    p.interview(decides=p.pick(0, 7))
    p.checks_in(p.on(p.pick(8, 9)), p.pick("email", "voicemail"))


@story("Their date went by and he never asked", "missed", times=4, weeks=(0, 9), habit="slow")
def let_it_lapse(p: Process) -> None:
    p.interview(decides=p.pick(6, 8))
    p.thanks(p.later(p.pick(3, 20, 30)), words.FAIR_NOTES)


@story("Asked three weeks after their date", "too_late", times=3, weeks=(0, 8), habit="slow")
def asked_late(p: Process) -> None:
    due = p.interview(decides=6)
    p.thanks(p.later(p.pick(4, 20)), words.FAIR_NOTES)
    p.checks_in(p.past(due, p.pick(10, 12, 16)), p.pick("email", "voicemail"))


@story("No word from either side, four weeks on she e-mailed", "too_late", times=2, weeks=(0, 8), habit="slow")
def asked_after_a_month(p: Process) -> None:
    p.interview(asked="no")
    p.thanks(p.evening(), words.BARE)
    p.checks_in(p.on(p.pick(16, 20)))


# In a hurry


@story("Called before the date they had named", "too_early", times=4, habit="eager")
def before_their_date(p: Process) -> None:
    due = p.interview(decides=p.pick(7, 9))
    p.thanks(p.evening())
    p.checks_in(p.past(due, p.pick(-1, -2, -3, -5)), p.pick("call", "voicemail"))
    p.ends(p.past(due, 4, "11:00-16:30"))


@story("On the phone to them two days after", "too_early", times=3, habit="eager")
def after_two_days(p: Process) -> None:
    p.interview()
    p.thanks(p.evening(), words.FAIR_NOTES)
    p.checks_in(p.on(p.pick(1, 2, 3)), "voicemail")
    p.ends(p.on(9, "11:00-16:30"))


@story("A day or so too soon", "too_early", times=2, habit="eager")
def a_day_too_soon(p: Process) -> None:
    p.interview(asked="no")
    p.thanks(p.evening())
    within_the_week = plus(p.start.date(), 4, p.client.calendar) - p.start.date() < timedelta(days=7)
    p.checks_in(p.on(4 if within_the_week else 3, "10:00-11:00"))


@story("Wrote on the very day they were to decide", times=2, habit="eager")
def on_the_day(p: Process) -> None:
    due = p.interview(decides=7)
    p.thanks(p.evening())
    p.checks_in(p.past(due, 0, "9:00-11:00"))


@story("Right day, but rang at half past five", "late_day_call", times=4, habit="eager")
def late_call(p: Process) -> None:
    due = p.interview(decides=6)
    p.thanks(p.evening(), words.FAIR_NOTES)
    p.checks_in(p.past(due, 2, "17:20-18:10"), p.pick("call", "voicemail"))


@story("They would contact her by then; she wrote first", "too_early", times=2, habit="eager")
def told_to_wait(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    due = p.on(9).date()
    p.hears(p.on(2), "will_contact", "Next steps", "We will contact you.", decision_on=due.isoformat())
    p.checks_in(p.past(due, -3), "voicemail")


# Too much


@story("Three voicemails on three days", "too_close", times=2, habit="pressing")
def three_days_running(p: Process) -> None:
    p.interview()
    p.thanks(p.evening(), words.FAIR_NOTES)
    for n, note in enumerate(("LVM", "LVM again", "LVM x3")):
        p.checks_in(p.on(5 + n), "voicemail", note=note)


@story("Asked twice within the week", "too_close", times=3, habit="pressing")
def twice_in_a_week(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    gap = p.pick(1, 2, 3)
    p.checks_in(p.on(6))
    p.checks_in(p.on(6 + gap), subject="Did you get my last e-mail?")


@story("Three check-ins, a week between each", times=2, habit="pressing", weeks=(0, 9))
def at_the_limit(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    for n in (5, 10, 15):
        p.checks_in(p.on(n))


@story("Four and more messages into silence", "pushy", times=2, weeks=(0, 8), habit="pressing")
def will_not_let_go(p: Process) -> None:
    p.interview()
    p.thanks(p.evening(), words.FAIR_NOTES)
    for n in (5, 9, 13, 18, 23)[: p.pick(4, 5)]:
        p.checks_in(p.on(n), p.pick("voicemail", "email"))


@story("Rang every other day for two weeks", "pushy", "too_close", times=1, weeks=(0, 8), habit="pressing")
def overbearing(p: Process) -> None:
    p.interview(decides=6)
    for n in (4, 6, 7, 9, 11, 12, 14):
        p.checks_in(p.on(n, "9:00-18:10"), "call", note="cand chased again, no answer")


@story("E-mail, then LinkedIn and a text the same day", "channel_hopping", times=2, habit="pressing")
def hopping(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    first = p.on(6, "9:00-10:00")
    p.checks_in(first, kind="follow_up")
    p.checks_in(first + timedelta(hours=3), p.pick("social", "text"), note="Did you see my e-mail? Still very keen!")
    if p.chance(0.5):
        p.checks_in(p.on(7, "17:30-18:00"), "text", note="Any news?")


@story("E-mail and a call within the hour", "channel_hopping", times=2, habit="pressing")
def belt_and_braces(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    first = p.on(6)
    p.checks_in(first, kind="follow_up")
    p.checks_in(first + timedelta(minutes=35), "call")


@story("Asked for no calls, called all the same", "asked_not_to_call", times=2, habit="pressing")
def no_calls_broken(p: Process) -> None:
    p.interview(decides=7)
    p.hears(p.end, "no_calls", "", "Please no calls", by="in_person")
    p.thanks(p.evening())
    for n in range(p.pick(1, 2)):
        p.checks_in(p.on(9 + 6 * n), "call")


@story("Turned down, and kept writing", "after_rejection", times=2, weeks=(0, 11), habit="pressing")
def cannot_take_no(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    p.hears(p.on(5), "rejection", "Your application", p.text(words.REJECTIONS))
    for n in range(p.pick(2, 3)):
        text = "Could you tell me why? I would like you to reconsider."
        p.row(p.on(6 + 3 * n), "candidate", "client", "email", "", subject="Re: Your application", note=text)


@story(
    "Client goes through us; he wrote himself", "went_round_agency", times=2, routes=("via_agency",), habit="pressing"
)
def went_round(p: Process) -> None:
    p.interview()
    p.hands_over(p.evening(), words.FAIR_NOTES)
    p.checks_in(p.on(6), kind="follow_up")
    p.desk(p.on(6, "14:00-16:00"), "candidate", "call", "told cand to go through us")


@story("Told not to contact the team, and wrote", "pushy", times=1, habit="pressing")
def no_contact_broken(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    p.hears(p.on(1), "no_contact", "Process", "Please do not contact the team during the process.")
    p.checks_in(p.on(6))


@story("No answer, so he tried her boss", times=1, habit="pressing")
def somebody_else(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    p.checks_in(p.on(5))
    other = next(i for i in p.client.staff if i not in p.met)
    p.checks_in(p.on(10), who=(other,), kind="follow_up")


# Small things


@story("Panel of three, thanked the one she liked", "panel_partly_thanked", times=3, habit="careless")
def one_of_three(p: Process) -> None:
    p.interview(panel=3)
    p.thanks(p.evening(), kind="thank_you")
    p.checks_in(p.on(6))


@story("Dear Sir or Madam", "no_name", "nothing_restated", times=3, habit="careless")
def sir_or_madam(p: Process) -> None:
    p.interview(panel=p.pick(1, 2))
    p.thanks(p.evening(), p.pick(words.NAMELESS, words.GROUP), who=p.met)
    p.checks_in(p.on(6))


@story("Got the interviewer's name wrong", "check_spelling", times=2, habit="careless")
def wrong_name(p: Process) -> None:
    p.interview(decides=6)
    p.thanks(p.evening(), words.MISSPELT)
    p.checks_in(p.on(8))


@story("A thank-you that could have gone to anyone", "nothing_restated", times=3, habit="careless")
def bare_note(p: Process) -> None:
    p.interview()
    p.thanks(p.evening(), p.pick(words.BARE, words.ROLE_ONLY))
    p.checks_in(p.on(7))


@story("Came away without card and date", "contact_details_missing", "date_not_asked", times=4, habit="careless")
def no_card_no_date(p: Process) -> None:
    p.interview(panel=p.pick(2, 3), asked="no", known=lambda person: person == p.met[-1])
    p.thanks(p.later(p.pick(5, 25)), words.FAIR_NOTES, who=p.met[-1:])
    p.checks_in(p.on(7), who=p.met[-1:])


@story("Thank-you stamped before the interview began", "check_time_zone", times=2, habit="careless")
def impossible_time(p: Process) -> None:
    p.interview(between="13:00-15:00")
    p.thanks(p.start - timedelta(minutes=p.pick(55, 115)), kind="thank_you", subject="Thank you for today", exact=True)
    p.checks_in(p.on(6))


@story("Two systems logged the same mail and the same call", times=3, habit="careless")
def logged_twice(p: Process) -> None:
    p.interview()
    p.thanks(p.evening(), kind="thank_you", message_id=f"<{p.candidate.number.lower()}.a@example.com>")
    p.rows.append({**p.rows[-1], "at": p.rows[-1]["at"] + timedelta(seconds=50)})
    p.checks_in(p.on(6), "call", note="no answer")
    p.rows.append({**p.rows[-1], "at": p.rows[-1]["at"] + timedelta(seconds=41)})


@story("Typed up days later: only the time of typing is known", times=2, habit="careless")
def typed_later(p: Process) -> None:
    p.interview()
    p.thanks(p.on(1).date(), kind="thank_you", logged_at=p.on(4))
    p.checks_in(p.on(6), logged_at=p.on(8))
