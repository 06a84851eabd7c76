"""The wide tracker one desk keeps by hand: a row per candidate, US dates, cells as people type them."""

from __future__ import annotations

import random
from datetime import date, datetime

from agency.people import Candidate, Client
from agency.process import FIRST_MONDAY, Process, plus

HEADER = [
    *("Name", "Email", "Mobile", "Client", "Date Invited", "Interview Date", "Interviewer"),
    *("1st Follow Up", "2nd Follow Up", "3rd Follow Up", "Thank you note sent?", "Date Sent"),
    *("Interview Remarks", "Result"),
]
TITLE = "Interview tracker \u2013 Joanna\u2019s desk"
NAMES = (
    *("Björn Åkesson", "Renée Lévesque", "Jürgen Köhler", "Denise Kurowski", "Jamal Pettway"),
    *("Hannah Vogel", "Dale Huffman", "Carmen Yazzie", "Jesse Redbird", "Latoya Briggs"),
)

# week, clock, check-ins (working days after the interview, text), thank-you ticked, sent on day, remarks, result
ROWS = (
    (1, "10am", ((6, "{d} - LVM"), (11, "{d} emailed")), "Yes", 0, "ok \u2013 will rev. w/ team", "pending"),
    (2, "2:30pm", ((5, "{d} emailed"),), "Yes", 1, "good fit, liked the plant tour", "Offer"),
    (
        4,
        "9am",
        ((1, "{d} - LVM"), (2, "{d} - LVM"), (3, "{d} called again, n/a")),
        "No",
        None,
        "client says \u201ctoo keen\u201d",
        "Rejected",
    ),
    (5, "11:15am", ((7, "{d}/26 10am"),), "Yes", None, "decide by end of next week", "pending"),
    (6, "1pm", ((5, "Yes"),), "Y", 0, "met Gail + Otto", "2nd round"),
    (8, "", (), "", None, "phoned debrief, seemed quiet", "pending"),
    (9, "10am", ((9, "{d} emailed"),), "yes", 4, "asked abt start date", "Hired"),
    (11, "3pm", ((4, "{d} LVM 5:30pm"), (8, "{d} - text")), "No", None, "", "Client passed"),
    (12, "10:30am", (), "Yes", 2, "client to decide 10/16", "pending"),
    (15, "9:30am", (), "", None, "waiting for feedback", ""),
)


def us(day: datetime, rng: random.Random) -> str:
    """``7/14``, ``7/14/26`` or ``7/14/2026``."""
    return f"{day.month}/{day.day}" + rng.choice(("", "", "/26", "/2026"))


def table(people: list[Candidate], clients: list[Client], known: list[Process], rng: random.Random) -> list[list[str]]:
    """The title line, the header and a row per candidate; ``known`` are processes the log holds as well."""
    direct = [c for c in clients if c.route != "via_agency" and c.zone == "America/Detroit"]
    rows = [[TITLE] + [""] * (len(HEADER) - 1), HEADER]
    for n, (person, (week, clock, asks, ticked, sent, remarks, result)) in enumerate(zip(people, ROWS, strict=True)):
        client = direct[n % len(direct)]
        start = plus(FIRST_MONDAY, 5 * week + n % 4, client.calendar)

        def day(offset: int, start: date = start, client: Client = client) -> datetime:
            return datetime.combine(plus(start, offset, client.calendar), datetime.min.time())

        met = us(day(0), rng) if clock else f"{start.month}/{start.day}/2026"
        cells = [text.format(d=f"{day(n).month}/{day(n).day}") for n, text in asks] + ["", "", ""]
        sent_on = us(day(sent), rng) if sent is not None else ""
        name = rng.choice((client.staff[n % 4].first, client.staff[n % 4].name))
        contact = [person.name, person.email, person.phone, client.name]
        dates = [us(day(-5), rng), f"{met} {clock}".strip()]
        rows.append([*contact, *dates, name, *cells[:3], ticked, sent_on, remarks, result])
    for p in known:
        who = p.candidate
        first = [f"{r['at'].month}/{r['at'].day} {r['channel']}" for r in p.rows if r["kind"] == "follow_up"] + [""] * 3
        met = f"{p.start.month}/{p.start.day}/{p.start:%y} {p.start.hour % 12 or 12}:{p.start:%M}{p.start:%p}".lower()
        contact = [who.name, who.email, who.phone, p.client.name]
        rows.append([*contact, "", met, p.met[0].name, *first[:3], "Yes", "", "see log", "pending"])
    return rows
