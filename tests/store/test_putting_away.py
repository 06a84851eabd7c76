"""Rows put away from the action list: kept with their author, brought back once, gone with the person."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from analysis.put_away import PutAway
from dashboard.store.engine import Conflict, reading, writing
from dashboard.store.putting_away import all_put_away, bring_back, put_away

MONDAY = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
LATER = PutAway(0, "a" * 16, "b" * 16, "later", date(2026, 3, 12))


def test_a_row_that_was_put_off_is_there_for_everybody_with_who_put_it_off(engine: Engine) -> None:
    with writing(engine) as connection:
        number = put_away(connection, LATER, "Kim", MONDAY)
        put_away(connection, PutAway(0, "c" * 16, "d" * 16, "not_needed", None, " settled by phone "), "Jo", MONDAY)
    with reading(engine) as connection:
        first, second = all_put_away(connection)
    assert (first.number, first.until, first.author) == (number, date(2026, 3, 12), "Kim")
    assert (second.how, second.until, second.reason) == ("not_needed", None, "settled by phone")


def test_a_row_comes_back_once_and_who_did_it_first_is_told(engine: Engine) -> None:
    with writing(engine) as connection:
        number = put_away(connection, LATER, "Kim", MONDAY)
    with writing(engine) as connection:
        bring_back(connection, number, "Jo", MONDAY)
    with reading(engine) as connection:
        assert all_put_away(connection) == []
    with pytest.raises(Conflict, match="Jo took this back already"), writing(engine) as connection:
        bring_back(connection, number, "Kim", MONDAY)
