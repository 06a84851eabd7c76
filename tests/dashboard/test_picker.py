"""Choosing a candidate among thousands: by a part of the name, never from a list of all."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from test_views import html, opened, sound

from dashboard import picker


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The candidate page of the sample, as if its candidates were too many for one list."""
    monkeypatch.setattr(picker, "_MANY", 3)
    monkeypatch.setattr(picker, "_SHOWN", 2)
    return sound(opened().switch_page("views/candidate.py").run())


def typed(at: AppTest, words: str) -> list[str]:
    """What the list offers after a part of a name was typed."""
    at.text_input(key="find-pick").set_value(words).run()
    return list(sound(at).selectbox(key="pick").options)


def test_nobody_is_listed_before_something_is_typed(large: AppTest) -> None:
    assert large.selectbox(key="pick").options == []


def test_those_who_fit_are_offered_and_more_are_counted(large: AppTest) -> None:
    names = typed(large, "a")
    assert len(names) == 2
    assert all("a" in name.casefold() for name in names)
    assert "The first 2 of" in html(large)
    assert typed(large, "nobody is called so") == []


def test_whom_one_chose_stays_when_something_else_is_typed(large: AppTest) -> None:
    first = typed(large, "a")[0]
    at = sound(large.selectbox(key="pick").select(first).run())
    assert f">{first.split(' (')[0]}</h1>" in html(at)
    assert first.split(" (")[0] in typed(at, "nobody is called so")[0]
