"""Roles and what they cover, whose candidates are whose, and what counts as signed in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.access import (
    ACTS,
    ROLES,
    Act,
    Person,
    Role,
    desks_of,
    may,
    own_recruiters,
    plain_address,
    refusal,
    signed_in,
)

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
NINE = datetime(2026, 3, 10, 9, tzinfo=UTC).timestamp()

STAFF: set[Act] = {"see", "import", "describe", "correct", "debrief", "coach", "put away"}
LEAD: set[Act] = STAFF | {"see all desks", "take back", "decide links", "policy", "clients", "copy"}
ADMIN: set[Act] = LEAD | {"staff", "settings", "erase", "hold", "purge", "restore"}


def somebody(role: Role, *desks: str) -> Person:
    return Person("jo@agency.example", "Jo Park", role, desks)


@pytest.mark.parametrize(("role", "acts"), [("staff", STAFF), ("lead", LEAD), ("admin", ADMIN)])
def test_each_role_may_do_this_and_nothing_else(role: Role, acts: set[Act]) -> None:
    assert {act for act in ACTS if may(somebody(role), act)} == acts


def test_a_higher_role_may_all_that_a_lower_one_may() -> None:
    for act in ACTS:
        allowed = [may(somebody(role), act) for role in ROLES]
        assert allowed == sorted(allowed), act
        assert allowed[-1]


def test_a_refusal_says_who_could() -> None:
    assert refusal(somebody("staff"), "take back") == (
        "Only a lead or an admin can take an import back; you are here as staff. Ask one of them; nothing was changed."
    )
    assert refusal(somebody("lead"), "erase").startswith("Only an admin can erase somebody; you are here as lead.")


def test_staff_see_their_desks_and_leads_all() -> None:
    assert desks_of(somebody("staff", "Jo Park", " sam  LEE ")) == {"jo park", "sam lee"}
    assert desks_of(somebody("staff")) == frozenset()
    assert desks_of(somebody("lead", "Jo Park")) is None
    assert desks_of(somebody("admin")) is None


def test_a_desk_is_told_by_the_name_however_it_is_typed_and_nobodys_candidate_is_nobodys() -> None:
    recruiters = ["Jo Park", "jo  park", "Joanna Park", "Sam Lee", ""]
    assert own_recruiters(recruiters, frozenset({"jo park"})) == {"Jo Park", "jo  park"}
    assert own_recruiters(recruiters, frozenset()) == frozenset()


def test_a_sign_in_stands_for_its_address_in_small_letters() -> None:
    claims = {"email": "Jo@Agency.Example", "email_verified": True, "iat": NINE}
    assert signed_in(claims, "email", NOON) == ("jo@agency.example", "")
    assert signed_in({"upn": "jo@agency.example", "iat": NINE}, "upn", NOON) == ("jo@agency.example", "")


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iat": NINE}, "tells no address"),
        ({"email": None, "iat": NINE}, "tells no address"),
        ({"email": "jo", "iat": NINE}, "tells no address"),
        ({"email": "jo@agency.example", "email_verified": False, "iat": NINE}, "not verified"),
        ({"email": "jo@agency.example", "email_verified": "false", "iat": NINE}, "not verified"),
        ({"email": "jo@agency.example"}, "when it was made"),
        ({"email": "jo@agency.example", "iat": "9"}, "when it was made"),
        ({"email": "jo@agency.example", "iat": NINE - 10 * 3600}, "more than 12 hours ago"),
    ],
)
def test_what_counts_for_nothing_says_why(claims: dict[str, object], why: str) -> None:
    address, said = signed_in(claims, "email", NOON)
    assert address == ""
    assert why in said


@pytest.mark.parametrize(
    "text", ["", "jo", "jo@", "@agency.example", "a@b@c", "jo park@agency.example", "jo@a\n.example"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no address"):
        plain_address(text)
