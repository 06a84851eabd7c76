"""Layouts keep being recognised when columns are missing, added, moved, renamed or translated, and are never guessed
between two that fit."""

from __future__ import annotations

from random import Random

import pytest

from analysis.formats.fitting import Choice, choose, fit
from analysis.formats.profile import Profile, profiles
from analysis.formats.recognising import recognise
from analysis.loading import fields_of
from analysis.reading.reader import read

FIXED = [p for p in profiles() if p.needs]
"""Layouts with a header of their own; a hand-kept sheet is known by what its columns hold."""
NAMES = [p.name for p in FIXED]
STRANGE = ("Colour", "Shoe size", "Favourite tea", "x_studio_field", "Campo 7")


def own(profile: Profile) -> list[str]:
    """The headers of a layout in its own language."""
    return [h for h in profile.columns if h not in profile.same]


def needed(profile: Profile) -> list[str]:
    """The headers it is known by, one of each group."""
    return [*profile.needs, *(group[0] for group in profile.one_of)]


def taken(columns: list[str]) -> str:
    """The layout a header is taken for, blank where none is."""
    choice = choose(columns)
    return choice.fit.profile.name if choice.fit else ""


def sure(choice: Choice) -> bool:
    """Whether a layout is applied without a word."""
    return choice.fit is not None and not choice.fit.lacks and not choice.fit.renamed


@pytest.mark.parametrize("profile", FIXED, ids=NAMES)
def test_a_whole_header_is_known_in_any_order_case_and_spacing(profile: Profile) -> None:
    columns = own(profile)
    random = Random(profile.name)
    for _ in range(5):
        random.shuffle(columns)
        written = [random.choice((str.upper, str.title, lambda h: f"  {h} ", lambda h: h.replace(" ", "_")))(h)
                   for h in columns]  # fmt: skip
        choice = choose(written)
        assert choice.fit is not None
        assert choice.fit.profile.name == profile.name
        assert sure(choice)


@pytest.mark.parametrize("profile", FIXED, ids=NAMES)
def test_strange_columns_and_the_loss_of_any_that_do_not_matter_change_nothing(profile: Profile) -> None:
    random = Random(profile.name)
    spare = [h for h in own(profile) if h not in needed(profile)]
    for _ in range(12):
        kept = random.sample(spare, random.randint(0, len(spare)))
        columns = [*needed(profile), *kept, *random.sample(STRANGE, random.randint(0, len(STRANGE)))]
        random.shuffle(columns)
        choice = choose(columns)
        assert choice.fit is not None, columns
        assert choice.fit.profile.name == profile.name
        assert sure(choice)


@pytest.mark.parametrize("profile", FIXED, ids=NAMES)
def test_without_a_column_it_is_known_by_a_layout_is_never_taken_in_silence(profile: Profile) -> None:
    for gone in profile.needs:
        choice = choose([h for h in own(profile) if h != gone])
        assert not (sure(choice) and choice.fit is not None and choice.fit.profile.name == profile.name)
        if choice.fit is not None and not sure(choice):
            assert choice.fit.profile.name == profile.name
            assert gone in choice.fit.lacks


@pytest.mark.parametrize(
    "name", ["message_trace", "outlook_mail", "ringcentral_calls", "salesforce_task", "odoo_messages", "dialpad_calls"]
)
def test_a_layout_with_many_marks_is_still_named_when_one_is_gone(name: str) -> None:
    profile = next(p for p in profiles() if p.name == name)
    for gone in profile.needs:
        choice = choose([h for h in own(profile) if h != gone])
        assert choice.fit is not None
        assert (choice.fit.profile.name, choice.fit.lacks) == (name, (gone,))


@pytest.mark.parametrize(
    ("profile", "language"),
    [pytest.param(p, dict(p.same), id=p.name) for p in FIXED if p.same],
)
def test_every_header_of_another_language_stands_for_one_of_its_own(profile: Profile, language: dict[str, str]) -> None:
    for theirs, ours in language.items():
        columns = [theirs if h == ours else h for h in own(profile)]
        choice = choose(columns)
        assert choice.fit is not None
        assert (choice.fit.profile.name, sure(choice)) == (profile.name, True)
        assert profile.field_of(theirs) == profile.columns[ours]


@pytest.mark.parametrize("one", FIXED, ids=NAMES)
def test_a_mixture_of_two_layouts_is_a_question(one: Profile) -> None:
    for other in FIXED[: FIXED.index(one)]:
        columns = list(dict.fromkeys([*own(one), *own(other)]))
        first, second = fit(one, tuple(columns)), fit(other, tuple(columns))
        assert first is not None
        assert second is not None
        choice = choose(columns)
        if choice.fit is not None:
            # one is a part of the other: nothing speaks for it alone
            assert {*first.evidence, *second.evidence} <= choice.fit.known
        else:
            assert {one.name, other.name} <= {f.profile.name for f in choice.rivals}


def test_a_layout_that_lacks_a_mark_is_read_and_said() -> None:
    raw = read(
        b"Type,Direction,From,To,Extension,Name,Date,Action Result\n"
        b"Voice,Inbound,5550100,5550199,101 - Ines Rivera,May Lind,2026-03-05,Accepted\n",
        "calls.csv",
    )
    fields = fields_of(raw)
    assert fields.profile == "ringcentral_calls"
    told = next(p for p in fields.problems if p.code == "layout_lacks")
    assert "looks like “RingCentral call log” but has no column “time”" in told.message


def test_a_column_in_another_spelling_is_read_and_said() -> None:
    renamed = read(
        b"CONVERSATION ID,FROM,TO,DATE,CONTENTS\nc1,May Lind,Ines Rivera,2026-08-01 02:00:00 UTC,Thanks\n", "in.csv"
    )
    found = recognise(renamed)
    assert [p.code for p in found.problems] == ["columns_renamed"]
    assert "“CONTENTS” as “content”" in found.problems[0].message
    assert fields_of(renamed).frame["note"][0] == "Thanks"


def test_two_exports_pasted_side_by_side_are_read_as_neither() -> None:
    raw = read(
        b"CONVERSATION ID,FROM,TO,DATE,CONTENT,Subject,Start Date,Start Time,Meeting Organizer\n"
        b"c1,May Lind,Ines Rivera,2026-08-01 02:00:00 UTC,Thanks,Interview,2026-08-01,10:00,Ines Rivera\n",
        "both.csv",
    )
    found = recognise(raw)
    assert found.profile is None
    assert {p.name for p in found.rivals} == {"linkedin_messages", "outlook_calendar"}
    question = next(q for q in found.questions if q.about == "layout")
    assert set(question.options) == {"linkedin_messages", "outlook_calendar"}
    assert [p.code for p in found.problems] == ["layout_open"]
    assert "layout_open" in {p.code for p in fields_of(raw).problems}


def test_headers_that_everybody_has_speak_for_nobody() -> None:
    assert taken(["Date", "Subject", "From", "To", "Notes"]) == ""
    assert taken(["Name", "Email", "Phone", "Status"]) == ""
    assert taken([]) == ""
    assert taken(["Direction", "Date", "From", "To", "Body", "Status", "Message_ID"]) == ""
    assert taken(["Call Time", "From", "To", "Status", "Duration"]) == ""
    assert taken(["Assigned", "Subject", "Date", "Status", "Name", "Comments"]) == ""
