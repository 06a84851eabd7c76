"""Days named in words, seen from Tuesday 3 March 2026 unless the test says otherwise."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.named_days import decision_days

TUESDAY = "2026-03-03 10:00"


def named(words: str, said_on: str = TUESDAY) -> tuple[str, bool]:
    """ISO day ("" for none) and vagueness of one text."""
    found = decision_days(pd.Series([words], dtype="str"), pd.Series([pd.Timestamp(said_on)]))
    day = found["day"].iloc[0]
    return ("" if pd.isna(day) else f"{day:%Y-%m-%d}"), bool(found["vague"].iloc[0])


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-03-20", "2026-03-20"),
        ("July 1st", "2026-07-01"),
        ("by July 1st", "2026-07-01"),
        ("1 July", "2026-07-01"),
        ("1st of July 2027", "2027-07-01"),
        ("the 20th", "2026-03-20"),
        ("the 2nd", "2026-04-02"),
        ("by Friday", "2026-03-06"),
        ("Tuesday", "2026-03-10"),
        ("tomorrow", "2026-03-04"),
        ("Monday week", "2026-03-16"),
        ("Friday 13 March", "2026-03-13"),
        ("Friday, 13 March 2026", "2026-03-13"),
        ("Wednesday next week", "2026-03-11"),
        ("Jan 15", "2027-01-15"),
        ("29 February", "2028-02-29"),
        ("am 20. März", "2026-03-20"),
        ("el viernes", "2026-03-06"),
    ],
)
def test_an_exact_day_is_found(words: str, day: str) -> None:
    assert named(words) == (day, False)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("end of next week", "2026-03-13"),
        ("It will be the end of next week now", "2026-03-13"),
        ("next week", "2026-03-13"),
        ("this week", "2026-03-06"),
        ("EOW", "2026-03-06"),
        ("week after next", "2026-03-20"),
        ("early next week", "2026-03-10"),
        ("next Friday", "2026-03-13"),
        ("a couple of weeks", "2026-03-17"),
        ("in two weeks", "2026-03-17"),
        ("within a week", "2026-03-10"),
        ("in 10 business days", "2026-03-17"),
        ("in a few days", "2026-03-06"),
        ("early March", "2026-03-10"),
        ("mid-March", "2026-03-20"),
        ("late March", "2026-03-31"),
        ("end of February", "2027-02-28"),
        ("by end of month", "2026-03-31"),
        ("next month", "2026-04-30"),
    ],
)
def test_a_vague_date_is_the_latest_day_it_may_mean(words: str, day: str) -> None:
    assert named(words) == (day, True)


@pytest.mark.parametrize(
    "words",
    ["", "soon", "when we know", "at 3", "10/16", "31 February", "before Friday", "the 12th or the 13th",
     "Friday 14 March", "2026-02-03", "1 March 2026", "Monday and Thursday"],
)  # fmt: skip
def test_in_doubt_no_day_is_guessed(words: str) -> None:
    assert named(words) == ("", False)


def test_this_week_said_on_a_sunday_is_the_friday_ahead() -> None:
    assert named("this week", "2026-03-08 18:00") == ("2026-03-13", True)


def test_next_week_said_on_a_friday_is_the_friday_after() -> None:
    assert named("end of next week", "2026-03-06 17:00") == ("2026-03-13", True)


def test_without_a_day_of_saying_only_a_full_date_counts() -> None:
    found = decision_days(
        pd.Series(["2026-03-20", "by Friday", "the 20th"]), pd.Series([pd.NaT] * 3, dtype="datetime64[us]")
    )
    assert found["day"].notna().tolist() == [True, False, False]


def test_rows_keep_their_order_and_index() -> None:
    words = pd.Series(["tomorrow", "soon", "tomorrow", "by Friday"], index=[5, 1, 9, 2])
    said = pd.Series(pd.to_datetime([TUESDAY, TUESDAY, "2026-03-04 08:00", TUESDAY]))
    found = decision_days(words, said)
    assert found.index.tolist() == [5, 1, 9, 2]
    assert found["day"].dt.day.fillna(0).astype(int).tolist() == [4, 0, 5, 6]
    assert (str(found["day"].dtype), str(found["vague"].dtype)) == ("datetime64[us]", "bool")
    assert len(decision_days(words[:0], said[:0])) == 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)))
def test_no_words_make_it_fail_and_no_named_day_is_past(words: str, said: datetime.date) -> None:
    day, vague = named(words, said.isoformat())
    assert day == "" or day >= said.isoformat()
    assert not (vague and day == "")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        [
            "next week",
            "by Friday",
            "early March",
            "the 31st",
            "29 February",
            "in two weeks",
            "end of month",
            "Monday week",
        ]
    ),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
)
def test_a_known_phrase_names_a_day_ahead_on_every_date(words: str, said: datetime.date) -> None:
    day, _ = named(words, said.isoformat())
    assert day >= said.isoformat()


@pytest.mark.parametrize("words", ["2nd round", "met Gail; Result: 2nd round", "3rd interview", "1st choice"])
def test_a_number_of_a_round_is_no_day_of_the_month(words: str) -> None:
    assert named(words) == ("", False)
