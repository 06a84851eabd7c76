"""Who works here, kept in the workspace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from dashboard.access import Person
from dashboard.store.engine import Conflict, StoreError, reading, writing
from dashboard.store.schema import SETTING
from dashboard.store.staff import NoAdmin, appoint, dismiss, person, staff, staff_rows

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)
BOSS = Person("boss@agency.example", "Bo", "admin")
JO = Person("jo@agency.example", "Jo Park", "staff", ("Jo Park",))


def test_somebody_with_a_role_is_found_however_the_address_is_typed(engine: Engine) -> None:
    with writing(engine) as connection:
        appoint(
            connection, Person(" Jo@Agency.example", " Jo  Park", "staff", ("Jo  Park", "", "Jo Park")), "sam", NINE
        )
    with reading(engine) as connection:
        assert person(connection, "JO@agency.example") == JO
        assert person(connection, "sam@agency.example") is None


def test_the_last_word_holds_and_the_earlier_ones_stay_with_author_and_time(engine: Engine) -> None:
    with writing(engine) as connection:
        appoint(connection, BOSS, "console", NINE)
        appoint(connection, JO, BOSS.address, NINE)
        appoint(connection, Person(JO.address, JO.name, "lead"), BOSS.address, TEN)
    with reading(engine) as connection:
        assert [(one.address, one.role) for one in staff(connection)] == [
            ("boss@agency.example", "admin"),
            ("jo@agency.example", "lead"),
        ]
        told = connection.execute(select(SETTING.c.author, SETTING.c.at, SETTING.c.value).order_by(SETTING.c.id)).all()
    assert [(author, at[:13], value["role"]) for author, at, value in told] == [
        ("console", "2026-03-02T09", "admin"),
        ("boss@agency.example", "2026-03-02T09", "staff"),
        ("boss@agency.example", "2026-03-02T10", "lead"),
    ]


def test_somebody_removed_has_no_role_and_may_come_back(engine: Engine) -> None:
    with writing(engine) as connection:
        appoint(connection, BOSS, "console", NINE)
        appoint(connection, JO, BOSS.address, NINE)
        dismiss(connection, "Jo@agency.example", BOSS.address, TEN)
        assert person(connection, JO.address) is None
        assert staff(connection) == (BOSS,)
        with pytest.raises(StoreError, match="has no role here"):
            dismiss(connection, JO.address, BOSS.address, TEN)
        appoint(connection, JO, BOSS.address, TEN, seen=0)
        assert person(connection, JO.address) == JO
        with pytest.raises(Conflict, match="has a role here already"):
            appoint(connection, JO, BOSS.address, TEN, seen=0)


def test_the_only_admin_can_neither_go_nor_step_down(engine: Engine) -> None:
    with writing(engine) as connection:
        appoint(connection, BOSS, "console", NINE)
    for act in (
        lambda c: dismiss(c, BOSS.address, BOSS.address, TEN),
        lambda c: appoint(c, Person(BOSS.address, "", "lead"), BOSS.address, TEN),
    ):
        with pytest.raises(NoAdmin, match="name another one first"), writing(engine) as connection:
            act(connection)
    with writing(engine) as connection:
        appoint(connection, Person(JO.address, "", "admin"), BOSS.address, TEN)
        dismiss(connection, BOSS.address, JO.address, TEN)
        assert [one.address for one in staff(connection)] == [JO.address]


def test_two_admins_who_change_one_person_hear_of_each_other(engine: Engine) -> None:
    with writing(engine) as connection:
        appoint(connection, BOSS, "console", NINE)
        appoint(connection, JO, BOSS.address, NINE)
        seen = {one.address: number for number, one in staff_rows(connection)}
    with writing(engine) as connection:
        appoint(connection, Person(JO.address, "", "lead"), "al@agency.example", TEN, seen=seen[JO.address])
    with pytest.raises(Conflict, match=r"al@agency\.example changed this"), writing(engine) as connection:
        dismiss(connection, JO.address, BOSS.address, TEN, seen=seen[JO.address])


@pytest.mark.parametrize("address", ["", "jo", "jo@", "two words@agency.example"])
def test_what_is_no_address_gets_no_role(engine: Engine, address: str) -> None:
    with pytest.raises(StoreError, match="is no address"), writing(engine) as connection:
        appoint(connection, Person(address, "", "staff"), "sam", NINE)
