"""Stories of people who do it well, or well enough, and of what happens to them on the way."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from agency import words
from agency.process import Process, plus, story


@story("Thanked them the same evening and checked in once their date had passed", "well_judged", times=12)
def by_the_book(p: Process) -> None:
    due = p.interview(decides=p.pick(5, 7, 8, 10), asked=p.pick("yes", "yes", "volunteered"))
    p.thanks(p.evening())
    p.checks_in(p.past(due, p.pick(1, 2, 3)), p.pick("email", "email", "voicemail"))
    if p.chance(0.4):
        p.hears(p.past(due, 5, "13:00-16:00"), "reply", *p.pick(*words.STILL_OPEN))
    p.ends(p.past(due, p.pick(8, 10, 12), "11:00-16:30"))


@story("No date was given: one e-mail after a week, then let it be", "well_judged", times=8)
def after_a_week(p: Process) -> None:
    p.interview(asked=p.pick("", "yes", "in_note"))
    p.thanks(p.evening(), words.FAIR_NOTES)
    p.checks_in(p.on(p.pick(5, 6, 7), "8:10-17:40"))
    p.ends(p.on(p.pick(12, 15), "11:00-16:30"))


@story("Note the next day, one call mid-morning a week on", "well_judged", times=6)
def next_day_note(p: Process) -> None:
    p.interview(asked="no" if p.chance(0.3) else "")
    p.thanks(p.later(p.pick(17, 19, 22)), words.FAIR_NOTES)
    p.checks_in(p.on(p.pick(5, 6)), p.pick("voicemail", "call"))
    p.ends(p.on(p.pick(10, 13), "11:00-16:30"))


@story("They asked him back before he had to ask", "not scored", times=6, weeks=(0, 12))
def second_round(p: Process) -> None:
    p.interview(decides=p.pick(5, 6))
    p.thanks(p.evening())
    p.hears(
        p.on(3, "13:00-16:00"),
        "",
        "Second interview",
        "We would like you to come in again next week. Does Tuesday suit?",
    )
    answer = p.on(3, "16:05-17:30")
    text = "Tuesday is fine, thank you."
    p.row(answer, "candidate", "client", "email", "logistics", subject="Re: Second interview", note=text)
    p.interview(panel=p.pick(1, 2), day=p.on(8).date())
    p.thanks(p.evening())
    heard = len(p.rows)
    p.ends(p.on(4, "10:00-16:00"))
    if len(p.rows) == heard:
        at = datetime.combine(plus(p.start.date(), 4, p.client.calendar), time(16, 10))
        p.hears(at, "rejection", "Your application", words.REJECTIONS[0])


@story("Turned down within the week; one gracious reply and done", "well_judged", times=4, weeks=(0, 14))
def gracious(p: Process) -> None:
    p.interview(decides=4)
    p.thanks(p.evening())
    p.hears(p.on(4, "10:00-16:00"), "rejection", "Your application", p.text(words.REJECTIONS))
    kind = p.pick("", "courtesy")
    text = p.text(words.GRACIOUS)
    p.row(p.on(5, "8:00-12:00"), "candidate", "client", "email", kind, subject="Re: Your application", note=text)


@story("They moved their date, and she waited for the new one", "postponed", times=4, weeks=(0, 11))
def moved_date(p: Process) -> None:
    due = p.interview(decides=8)
    p.thanks(p.evening())
    news = p.past(due, -1, "13:00-16:00")
    new = p.past(due, p.pick(4, 6))
    p.hears(news, "decision_date", "Update", "We need a little longer.", decision_on=new.date().isoformat())
    answer = news + timedelta(minutes=40)
    p.row(answer, "candidate", "client", "email", "", subject="Re: Update", note="Thanks for letting me know")
    p.checks_in(p.past(new.date(), p.pick(1, 2)))


@story("Panel of three, a line of their own for each", "well_judged", times=3)
def panel_each(p: Process) -> None:
    p.interview(panel=3, decides=6)
    for n, person in enumerate(p.met):
        p.thanks(p.later(3 + n / 3), who=(person,))
    p.checks_in(p.on(8))


@story("Panel of three: she asked the host to thank the rest", times=2)
def panel_through_host(p: Process) -> None:
    p.interview(panel=3, known=lambda person: person == p.met[0])
    host, *rest = p.met
    ask = f"Please pass my thanks to {rest[0].first} and {rest[1].first}."
    text = f"Dear {host.first}, thank you for today. {ask} I enjoyed the part on {p.discussed[0]}."
    p.thanks(p.evening(), note=text, kind="thank_you")
    p.checks_in(p.on(6))


@story("TY to the whole panel, logged in our shorthand", times=2)
def panel_shorthand(p: Process) -> None:
    p.interview(panel=2, decides=6)
    p.thanks(p.evening(), who=p.met, kind="", subject="", note="TY sent to panel")
    p.checks_in(p.on(8), "voicemail", kind="", note="LVM x2")


@story("Two polite e-mails a week apart, then stopped", times=4)
def persistent(p: Process) -> None:
    p.interview()
    p.thanks(p.evening(), words.FAIR_NOTES)
    p.checks_in(p.on(5, "8:10-17:40"))
    p.checks_in(p.on(10, "8:10-17:40"), subject="Checking in again")


@story("A card in the post the next morning", "well_judged", times=2)
def card(p: Process) -> None:
    p.interview(channel="in_person", decides=9)
    p.thanks(
        p.on(1).date(), by="card", kind="thank_you", note=p.pick("Handwritten card posted", p.text(words.FAIR_NOTES))
    )
    p.checks_in(p.on(11))


@story("Sent the references they asked for within the hour", times=2)
def references(p: Process) -> None:
    p.interview(decides=10)
    p.thanks(p.evening())
    asked = p.on(3, "9:00-15:00")
    p.hears(asked, "", "References", "Could you send us two references?")
    answer = asked + timedelta(minutes=50)
    p.row(answer, "candidate", "client", "email", "logistics", subject="Re: References", note="Both attached.")
    p.checks_in(p.on(12))


@story("Left a message, they rang back: phone tag", times=2)
def phone_tag(p: Process) -> None:
    p.interview()
    p.thanks(p.evening(), words.FAIR_NOTES)
    p.checks_in(p.on(6), "voicemail")
    p.hears(p.on(7, "13:00-16:00"), "", "", "missed call from client, asked cand to ring back", by="voicemail")
    p.row(p.on(8, "9:30-11:00"), "candidate", "client", "call", "reply", note=p.text(words.TALKS))


@story("Call me Thursday, they said, and he did", "well_judged", times=2)
def invited_call(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    told = p.on(3, "13:00-16:00")
    when = p.on(6, "15:00-17:00")
    p.hears(
        told, "", "Re: Thank you", f"Call me on {when:%A}, I will know more then.", decision_on=when.date().isoformat()
    )
    p.row(when, "candidate", "client", "call", "", note=f"cand rang as asked. {p.text(words.TALKS)}")


@story("They only said 'end of next week'", "well_judged", times=3)
def vague_date(p: Process) -> None:
    p.interview(decides=p.pick("end of next week", "in a couple of weeks"), asked="volunteered")
    p.thanks(p.evening())
    p.checks_in(p.on(p.pick(11, 12)))


@story("We will be in touch by then, they said; he let them", "well_judged", times=2)
def will_contact(p: Process) -> None:
    p.interview()
    p.thanks(p.evening())
    due = p.on(8).date()
    p.hears(p.on(2), "will_contact", "Next steps", "We will be in touch.", decision_on=due.isoformat())
    p.checks_in(p.past(due, 2))


@story("Took another job and withdrew", "not scored", times=2)
def withdrew(p: Process) -> None:
    p.interview(decides=8)
    p.thanks(p.evening())
    text = "I have accepted another position. Thank you for your time."
    p.row(p.on(4), "candidate", "client", "email", "withdrawn", subject="Withdrawing", note=text)


@story("The vacancy was closed under her", "not scored", times=2)
def closed(p: Process) -> None:
    p.interview(decides=8)
    p.thanks(p.evening())
    text = "Headcount frozen, vacancy closed"
    p.row(p.on(5), "client", "agency", "email", "closed", subject="Requisition on hold", note=text)


@story("Interview moved by two days; only the second one counts", times=2)
def moved_interview(p: Process) -> None:
    p.interview(state="cancelled", note="moved by client")
    p.interview(day=p.on(2).date(), same_people=True, decides=7)
    p.thanks(p.evening())
    p.checks_in(p.on(9))


@story("Called off the day before", "not scored", times=2)
def cancelled(p: Process) -> None:
    p.interview(state=p.pick("cancelled", ""), note="CANCELLED - manager ill, will rebook")


@story("Did not turn up", "not scored", times=1)
def no_show(p: Process) -> None:
    p.interview(state="no_show", note="no show, phone off")


@story("Note and debrief came to us, we chased", times=4, routes=("via_agency",))
def through_us(p: Process) -> None:
    p.interview(panel=p.pick(1, 2))
    p.hands_over(p.evening(), words.FAIR_NOTES)
    p.desk(p.on(1), "client", "email", "forwarded", subject=f"FW: thanks from {p.candidate.first}")
    text = f"debrief: went well, talked about {p.discussed[0]}"
    p.row(p.on(1, "13:00-16:00"), "candidate", "agency", "call", "debrief", who=p.met, note=text)
    for n in (4, 5, 7):
        p.desk(
            p.on(n), "client", p.pick("call", "email"), p.pick("chased for feedback", "chased", "client still thinking")
        )
    p.ends(p.on(11, "11:00-16:00"))


@story(
    "Client goes through us: the note reached us three days later", "thank_you_late", times=2, routes=("via_agency",)
)
def through_us_late(p: Process) -> None:
    p.interview(between="9:00-12:00")
    p.hands_over(p.on(3, "13:00-15:00"), words.BARE)
    p.desk(p.on(3, "15:30-17:00"), "client", "email", "forwarded note")


@story("We agreed a day for her to check in with us", times=2, routes=("via_agency",))
def agreed_check_in(p: Process) -> None:
    p.interview()
    due = p.on(6).date()
    p.hands_over(p.evening(), words.FAIR_NOTES)
    p.desk(
        p.on(1),
        "candidate",
        "call",
        "agreed: check in with me on that day",
        kind="decision_date",
        decision_on=due.isoformat(),
    )
    p.row(p.past(due, 0), "candidate", "agency", "call", "follow_up", who=(), note="cand checked in as agreed")


@story("Wrote, and got their out-of-office naming a colleague", times=2)
def out_of_office(p: Process) -> None:
    p.interview(decides=6)
    p.thanks(p.evening())
    asked = p.on(8)
    p.checks_in(asked, kind="follow_up")
    other = next(i for i in p.client.staff if i not in p.met)
    text = f"I am away until Monday. In urgent cases please write to {other.name}, {other.email}."
    p.hears(asked + timedelta(minutes=1), "", "Automatic reply: Out of office", text)
    p.checks_in(p.on(13), who=(other,), kind="follow_up")


@story("They asked for no calls; she wrote", "well_judged", times=2)
def no_calls_kept(p: Process) -> None:
    p.interview(decides=8)
    p.hears(p.end, "no_calls", "", "Please no calls, e-mail is fine", by="in_person")
    p.thanks(p.evening())
    p.checks_in(p.on(10))


@story("Told not to contact them, and he did not", "not scored", times=1)
def no_contact_kept(p: Process) -> None:
    p.interview()
    p.hears(p.on(1), "no_contact", "Process", "Please do not contact the team during the process.")


@story("'No thank-you notes, please' at the end of the interview", "not scored", times=1)
def no_notes(p: Process) -> None:
    p.interview(decides=6)
    p.hears(p.end, "no_notes", "", "asked candidates not to send notes", by="in_person")
    p.checks_in(p.on(8))


@story("Nobody here knows whether she may write to them herself", "not scored", times=2, routes=("unknown",))
def unknown_route(p: Process) -> None:
    p.interview()
    p.thanks(p.pick(p.evening(), p.later(50)), words.FAIR_NOTES)
    p.checks_in(p.on(p.pick(3, 6)))
