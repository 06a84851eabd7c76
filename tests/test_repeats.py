"""One contact in many rows, and rows that are no contact; every row still ends somewhere."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.checked import Answers, CheckedLog, Fields
from analysis.checking import check
from analysis.formats.profile import profile_of_toml
from analysis.mapping import map_fields
from analysis.reading.reader import read

LEGS = """
name = "legs"
title = "Legs"
needs = ["call", "who", "when"]
date_order = "ymd"
continued = ["message_id", "candidate"]

[columns]
call = "message_id"
who = "candidate"
when = "at"
result = "result"
with = "interviewer"

[always]
channel = "call"

[once]
by = ["message_id"]
keep = "earliest"
prefer = { state = ["happened"] }
join = ["interviewer"]

[words.result]
ok = { state = "happened" }
miss = { state = "attempted" }

[[skip]]
match = '.+ \\(\\d+\\)'
alone = true
why = "the heading of a group"

[[skip]]
field = "candidate"
match = "total"
why = "a total"
"""


def fields(text: str) -> Fields:
    return map_fields(read(text.encode(), "x.csv"), profile_of_toml(LEGS))


def loaded(text: str) -> CheckedLog:
    return check([fields(text)], Answers())


def aside(log: CheckedLog) -> list[tuple[int, str]]:
    return list(zip(log.set_aside["line"], log.set_aside["code"], strict=True))


def test_the_answered_leg_stands_for_the_call_though_it_came_later() -> None:
    log = loaded(
        "call,who,when,result,with\n"
        "1,May Lind,2026-03-03 10:00:00,miss,Dana\n"
        "1,May Lind,2026-03-03 10:00:20,ok,Sam\n"
        "1,May Lind,2026-03-03 10:00:10,ok,Kim\n"
        "2,May Lind,2026-03-04 10:00:00,miss,Dana\n"
    )
    assert list(zip(log.contacts["line"], log.contacts["state"], strict=True)) == [(4, "happened"), (5, "attempted")]
    assert aside(log) == [(2, "same_contact"), (3, "same_contact")]
    assert "line 4" in log.set_aside["message"][0]


def test_who_took_part_is_gathered_from_all_rows_without_repeats() -> None:
    log = loaded(
        "call,who,when,result,with\n"
        "1,May Lind,2026-03-03 10:00:00,ok,Dana\n"
        "1,May Lind,2026-03-03 10:00:20,ok,Sam;Dana\n"
        "1,May Lind,2026-03-03 10:00:40,ok,\n"
    )
    assert list(log.contacts["interviewer"]) == ["Dana;Sam"]


def test_rows_without_a_number_are_never_joined() -> None:
    log = loaded(
        "call,who,when,result,with\n,May Lind,2026-03-03 10:00:00,ok,Dana\n,May Lind,2026-03-03 10:00:00,ok,Dana\n"
    )
    assert len(log.contacts) == 2


def test_a_row_without_its_main_cells_goes_on_with_the_one_above() -> None:
    log = loaded("call,who,when,result,with\n1,May Lind,2026-03-03 10:00:00,ok,Dana\n,,,,Sam\n,,,,Kim\n")
    assert list(log.contacts["interviewer"]) == ["Dana;Sam;Kim"]
    assert aside(log) == [(3, "same_contact"), (4, "same_contact")]


def test_a_first_row_without_its_main_cells_goes_on_with_nothing() -> None:
    log = loaded("call,who,when,result,with\n,,,,Sam\n1,May Lind,2026-03-03 10:00:00,ok,Dana\n")
    assert list(log.contacts["interviewer"]) == ["Dana"]
    assert aside(log) == [(2, "no_candidate")]


def test_headings_and_totals_say_what_they_are() -> None:
    log = loaded("call,who,when,result,with\nCalls (1),,,,\n1,May Lind,2026-03-03 10:00:00,ok,Dana\n9,Total,,,\n")
    assert aside(log) == [(2, "not_a_contact"), (4, "not_a_contact")]
    assert [m.split(" is ")[1].split(".")[0] for m in log.set_aside["message"]] == ["the heading of a group", "a total"]


def test_long_numbers_that_all_end_in_zeros_were_rounded_and_join_nothing() -> None:
    rows = [f"6529997769220{n}96,May Lind,2026-03-03 10:0{n % 10}:00,ok,Dana" for n in (10, 20, 20)]
    log = loaded("\n".join(["call,who,when,result,with", *rows, ""]))
    assert len(log.contacts) == 2
    rounded = [f"6529997769220{n}000,May Lind,2026-03-03 10:0{n % 10}:00,ok,Dana" for n in (11, 12, 12)]
    log = loaded("\n".join(["call,who,when,result,with", *rounded, ""]))
    assert len(log.contacts) == 3
    assert "rounded_ids" in {p.code for p in log.problems}


ROW = st.tuples(
    st.sampled_from(["", "1", "2", "3"]),
    st.sampled_from(["", "May Lind", "Lee Orr", "Total"]),
    st.sampled_from(["", "2026-03-03 10:00:00", "2026-03-03 09:00:00", "never"]),
    st.sampled_from(["", "ok", "miss"]),
    st.sampled_from(["", "Dana", "Sam;Dana"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8))
def test_every_row_ends_once_and_points_only_to_rows_that_stand(rows: list[tuple[str, ...]]) -> None:
    text = "\n".join(["call,who,when,result,with", *(",".join(r) for r in rows), ""])
    found = fields(text)
    log = check([found], Answers())
    assert len(log.contacts) + len(log.undated) + len(log.set_aside) == len(found.lines)
    assert found.same_as is not None
    standing = set(found.lines[found.same_as == 0])
    assert set(found.same_as[found.same_as > 0]) <= standing
    ids = found.frame["message_id"][found.same_as == 0]
    skipped = found.aside != "" if found.aside is not None else None
    assert skipped is not None
    ids = ids[~skipped[found.same_as == 0]]
    assert ids[ids != ""].is_unique
