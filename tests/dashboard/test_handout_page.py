"""The page that goes home: one sheet, tagged, for one candidate alone, whatever the names and notes are."""

from __future__ import annotations

import io
import statistics
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from analysis import Answers, Scores, default_policy, load, score
from analysis.agreed import Action
from analysis.coaching import Habit, Strength, habit
from analysis.handout import FamilyScore, Handout, Step, handout
from analysis.report import Timeline, report
from analysis.results import FAMILIES
from dashboard.dates import Dates
from dashboard.handout import texts
from dashboard.handout.drawing import clusters, picture, words
from dashboard.handout.plain import cuts, line, plain
from dashboard.handout.rendering import FILE_NAME, Paper, paper_of, pdf
from dashboard.sample import sample

POLICY = default_policy()
BRITISH = Dates("en-GB")
AGENCY = sample()
DUE = Action("Send Acme one friendly message.", "one_message", date(2026, 11, 2))
HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    "$x^2$ *bold* _it_ `raw` #text(red)[no] @cite <label> = Head",
    "<script>alert(1)</script> &amp; \"q\" 'a' </svg>",
    "\\u{41} \\ // /* #sys.inputs ] } )",
    "\u202eesrever\u202c \u200fabc\u2066x\u2069",
    "\x00\x07\x1b[31m\ud800\ufffe\x85tab\there",
    "W" * 300,
    "Ana 🙂👩\u200d💻 陳大文 محمد יוסף Đặng Ω Ж",
    "e" + "\u0301" * 60,
)


@pytest.fixture(scope="module")
def agency() -> Scores:
    answers = {name: Answers(AGENCY.zone, AGENCY.calendar, complete) for name, complete in AGENCY.complete.items()}
    log = load(AGENCY.files, Answers(AGENCY.zone, AGENCY.calendar), answers)
    return score(log, POLICY, AGENCY.as_of)


def of(scores: Scores, name: str, agreed: Action | None = None, note: str = "") -> Handout:
    key = scores.candidates.set_index("candidate")["candidate_key"][name]
    view = report(scores, key, POLICY.bands)
    return handout(scores, view, POLICY.bands, habit(scores, key, POLICY), date(2026, 10, 26), agreed, note)


def line_of(count: int) -> Timeline:
    """So many contacts on two sides over a quarter of a year."""
    kinds = ["follow_up", "employer", "interview", "thank_you", "reply"]
    lanes = {"employer": "Employer", "interview": "Interviews"}
    marks = pd.DataFrame(
        {
            "contact": range(count),
            "at": pd.date_range("2026-08-03 09:00", "2026-10-23 17:00", periods=count),
            "class": [kinds[number % len(kinds)] for number in range(count)],
        }
    )
    marks["lane"] = marks["class"].map(lanes).fillna("Candidate")
    windows = pd.DataFrame(
        {
            "family": ["thank_you", "timing", "timing"],
            "good_from": pd.to_datetime(["2026-08-03 11:00", "2026-08-10 00:00", "2026-08-12 00:00"]),
            "good_to": pd.to_datetime(["2026-08-03 23:59", "2026-08-14 23:59", "2026-08-19 23:59"]),
            "interview": pd.to_datetime(["2026-08-03 11:00"] * 3),
        }
    )
    silences = pd.DataFrame({"starts": pd.to_datetime(["2026-09-01"]), "ends": pd.to_datetime(["2026-09-09"])})
    return Timeline("UTC", pd.Timestamp("2026-10-26"), marks, windows, silences, (pd.Timestamp("2026-08-10"),))


def sheet(name: str = "Ana Lind", note: str = "", contacts: int = 30, agreed: Action | None = DUE) -> Handout:
    found = Habit("too_early", "timing", "Let their date pass.", "", "2 business days", "", "", "Acme", 1.0, 1)
    scores = tuple(FamilyScore(family, 80.0, "scored", "", "good") for family in FAMILIES)
    when = Step("Acme", pd.Timestamp("2026-11-02"), pd.Timestamp("2026-11-06"), "direct")
    well = Strength("You said thank you while the talk was still fresh.", "Acme", "thank_you", 100.0)
    told = ((well, well), found, "Acme", line_of(contacts), scores, 3, agreed, "Acme", (when,), note)
    return Handout(name, date(2026, 10, 26), *told)


def made(page: Handout, paper: Paper = "A4", dates: Dates = BRITISH) -> PdfReader:
    """The page as a PDF that has one sheet, is tagged, and names itself."""
    reader = PdfReader(io.BytesIO(pdf(page, dates, paper)))
    assert len(reader.pages) == 1
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Coaching session"
    return reader


def text(reader: PdfReader) -> str:
    return " ".join(reader.pages[0].extract_text().replace("\u200b", "").split())


def everything(reader: PdfReader) -> str:
    """The text of the page, and all that its bytes hold once unpacked."""
    held = [text(reader)]
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        one = reader.get_object(number)
        held.append(repr(one))
        if isinstance(one, StreamObject):
            held.append(one.get_data().decode("latin-1"))
    return "\n".join(held)


def structure(reader: PdfReader) -> list[str]:
    """The kinds of the tagged parts, in the order they are read."""

    def walk(part: object) -> list[str]:
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            return [kind for one in part for kind in walk(one)]
        if not isinstance(part, DictionaryObject):
            return []
        return [*([str(part["/S"])] if "/S" in part else []), *walk(part.get("/K"))]

    return walk(reader.root_object["/StructTreeRoot"]["/K"])


def test_the_page_of_a_sample_candidate_says_what_it_must_in_this_order(agency: Scores) -> None:
    agreed = Action("Leave it with Bluewater for now; we ask on your behalf.", "leave_it", date(2026, 11, 9))
    page = of(agency, "Thandiwe Ndlovu", agreed, "Call us before you write.")
    assert text(made(page)) == " ".join(GOLDEN.split())


def test_the_bytes_hold_no_other_candidate_and_nothing_of_staff(agency: Scores) -> None:
    held = everything(made(of(agency, "Thandiwe Ndlovu", DUE)))
    assert "Thandiwe Ndlovu" in held
    mine = agency.candidates["candidate"] == "Thandiwe Ndlovu"
    staff = set(agency.candidates["recruiter"]) | set(agency.contacts["recruiter"])
    others = [name for name in (*agency.candidates.loc[~mine, "candidate"], *staff) if name]
    assert len(others) > 80
    assert [name for name in others if name in held] == []
    notes = [note for note in agency.contacts["note"] if len(note) > 20]
    assert len(notes) > 50
    assert [note for note in notes if note[:30] in held] == []
    assert [file for file in agency.contacts["file"].unique() if file in held] == []


def test_a_reader_who_cannot_see_it_gets_headings_a_table_and_the_picture_in_words() -> None:
    reader = made(sheet(note="Bring two references"))
    kinds = structure(reader)
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H2", "/H2", "/H3", "/H2", "/H2", "/H2"]
    assert (kinds.count("/Table"), kinds.count("/TH"), kinds.count("/TR"), kinds.count("/Figure")) == (1, 3, 7, 1)
    assert "pdfuaid:part>1<" in everything(reader)
    assert words(line_of(5), texts.texts(), BRITISH.day) == (
        "Timeline from Fri, 31 Jul 2026 to Mon, 26 Oct 2026, on the employer's clock. "
        "Check-in: 1; From the employer: 1; Interview: 1; Thank-you: 1; Reply: 1."
    )


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_sheet_is_the_readers(paper: Paper, size: tuple[int, int]) -> None:
    box = made(sheet(), paper).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize(
    ("locale", "paper"),
    [("en-US", "Letter"), ("fr-CA", "Letter"), ("en-GB", "A4"), ("de-DE", "A4"), ("en", "A4"), ("", "A4"), ("?", "A4")],
)
def test_the_paper_is_what_lies_in_the_readers_printer(locale: str, paper: str) -> None:
    assert paper_of(locale) == paper


def test_where_nothing_was_agreed_there_is_a_line_to_write_it_on() -> None:
    said = text(made(sheet(agreed=None)))
    assert "What we agreed We agree: By:" in said
    assert "Send Acme one friendly message. Acme. We look again on Mon, 2 Nov 2026." in text(made(sheet()))


def test_a_candidate_who_was_not_scored_gets_a_kind_page_without_a_table(agency: Scores) -> None:
    reader = made(of(agency, "Li Na Chen"))
    assert "There is nothing to judge yet, and that counts against nobody." in text(reader)
    assert "As soon as there is an interview, this is where it is drawn." in text(reader)
    assert "/Table" not in structure(reader)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_and_notes_are_text_and_fit(hostile: str) -> None:
    page = sheet(hostile, f"{hostile}\n{hostile}", agreed=replace(DUE, sentence=hostile))
    page = replace(page, application=hostile, about=hostile, steps=(replace(page.steps[0], client=hostile),) * 2)
    reader = made(page)
    said = text(reader)
    assert "An aid for coaching" in said
    assert "/URI" not in everything(reader)
    if hostile.isascii() and " " in hostile and hostile.isprintable():
        assert hostile in said


def test_marks_of_direction_and_signs_that_are_no_text_are_left_out() -> None:
    assert plain("a\u202eb\u200fc\x00d\ud800\ufffe\te") == "abcd e"
    assert plain("e" + "\u0301" * 60) == "é" + "\u0301" * 3
    assert plain("one\r\ntwo  three") == "one\ntwo three"
    assert line("x" * 300, 20) == "x" * 12 + "\u200b" + "x" * 6 + "…"


def test_a_long_note_is_cut_between_words_and_says_so() -> None:
    long = " ".join(f"word{number}" for number in range(900))
    said = text(made(sheet(note=long)))
    assert "word0 word1" in said
    assert "… (shortened to fit the page)" in said
    assert "word899" not in said
    last = said.partition("… (shortened")[0].split()[-1]
    assert last in long.split()


@pytest.mark.parametrize("note", ["w\n" * 1000, "W" * 2000, "Ж" * 2000, "a b " * 500, "\n\n\n", "陳大文" * 600])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_note_makes_a_second_sheet_or_pushes_anything_off_it(note: str, paper: Paper) -> None:
    page = sheet("W" * 300, note, 300, replace(DUE, sentence="Wm " * 100))
    page = replace(page, application="M" * 300, about="M" * 300, steps=page.steps * 2)
    said = text(made(page, paper))
    assert ("Our note" in said) == bool(note.strip())
    assert "What the note said 80 of 100 good" in said
    assert said.endswith("An aid for coaching, not for selecting people.")


def test_the_note_is_cut_in_steps_to_the_sign_that_it_was() -> None:
    steps = cuts("word " * 400, "…")
    assert [len(one) for one in steps] == sorted((len(one) for one in steps), reverse=True)
    assert steps[-1] == "…"
    assert cuts("", "…") == [""]
    assert cuts("short", "…") == ["short", "…"]


@pytest.mark.parametrize("count", [0, 1, 3, 30, 300])
def test_every_contact_is_in_the_picture_and_marks_do_not_cover_their_own_kind(count: int) -> None:
    view = line_of(count)
    first = pd.Timestamp("2026-08-01")
    found = clusters(view, lambda moment: (moment - first).days * 5.0)
    assert sum(one.count for one in found) == count
    for kind in {one.name for one in found}:
        places = sorted(one.left for one in found if one.name == kind)
        assert all(later - earlier >= 10 for earlier, later in pairwise(places))
    assert "Timeline" in words(view, texts.texts(), BRITISH.day)
    assert made(sheet(contacts=count))


def test_the_picture_escapes_what_it_is_given() -> None:
    drawn = picture(line_of(3), texts.texts(), lambda _: "<script>&", 480)
    assert "<script" not in drawn
    assert "&lt;script&gt;&amp;" in drawn


def test_another_language_is_another_file() -> None:
    told = texts.read(
        'language = "de"\n[families]\nthank_you = "Dank"\n[strengths]\nthank_you = "Schnell gedankt."\n'
        '[advice]\ntoo_early = "Erst das Datum abwarten."\n[words]\ngood = "gut"\n'
    )
    english = texts.texts()
    german = replace(told, tables={**english.tables, **told.tables})
    reader = PdfReader(io.BytesIO(pdf(sheet(), Dates("de-DE"), "A4", german)))
    assert reader.root_object["/Lang"] == "de"
    for word in ("Schnell gedankt.", "Erst das Datum abwarten.", "Dank 80 of 100 gut", "Mo., 2. Nov. 2026"):
        assert word in text(reader)
    assert texts.texts("xx") == english


def test_the_same_page_is_the_same_bytes_and_the_file_names_nobody() -> None:
    assert pdf(sheet(), BRITISH, "A4") == pdf(sheet(), BRITISH, "A4")
    assert FILE_NAME == "coaching-session.pdf"


def test_the_page_is_there_at_once() -> None:
    page = sheet(note="word " * 300, contacts=300)
    pdf(page, BRITISH, "A4")
    took = []
    for _ in range(5):
        start = time.perf_counter()
        pdf(page, BRITISH, "A4")
        took.append(time.perf_counter() - start)
    assert statistics.median(took) < 1


GOLDEN = """
Coaching session on Mon, 26 Oct 2026
Thandiwe Ndlovu
You do this well
✓ You said thank you while the talk was still fresh. Halyard Payments · Software Engineer: 100 of 100
✓ You checked in at a good moment. Halyard Payments · Software Engineer: 100 of 100
One thing to practise
→ They have heard from you; now let them come to you.
Bluewater Foundry · Maintenance Technician: 6 days with a follow-up, none answered.
What we agreed
Leave it with Bluewater for now; we ask on your behalf.
We look again on Mon, 9 Nov 2026.
How it went: Bluewater Foundry · Maintenance Technician
Interviews You Employer
Mon 7 Sept Mon 14 Sept Mon 21 Sept decision Tue 15 Sept
× 2 Tue 1 Sept Fri 4 Sept Fri 11 Sept Fri 25 Sept
Interview Check-in From the employer Thank-you welcome Check-in welcome Employer silent Decision date
Where you stand
0 to 100, over all your applications. It rests on 2 interviews.
What we look at Points In a word
Thank-you promptness 50 of 100 needs a tweak
Follow-up timing 66.6 of 100 needs a tweak
Persistent, not pushy 7.5 of 100 too much
Interviewers' contact details 100 of 100 strong
Asked when they decide 100 of 100 strong
What the note said 85 of 100 good
Our note
Call us before you write.
An aid for coaching, not for selecting people.
"""
"""What is read from top to bottom; in the picture, its lanes, days, and key."""
