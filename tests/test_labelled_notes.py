"""The labelled notes are what their README says: known words, dates that parse, two parts that share nothing."""

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from analysis.log import CHANNELS, KINDS, PARTIES

NOTES = Path(__file__).parent / "notes"
STATES = {"", "happened", "attempted", "planned", "cancelled", "no_show"}
FILES = ("dev", "dev_b", "dev_c", "dev_d", "held_out", "held_out_e")
LABELS = {*KINDS, "automated", "ask"}


def part(name: str) -> list[dict[str, str]]:
    with (NOTES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(row: dict[str, str]) -> str:
    return default_process(f"{row['subject']} {row['note']}")


@pytest.mark.parametrize("name", FILES)
def test_every_label_is_a_word_of_the_contact_log(name: str) -> None:
    for row in part(name):
        assert row["expected_kind"] in LABELS, row["id"]
        assert row["expected_state"] in STATES, row["id"]
        assert row["channel"] in {"", *CHANNELS}, row["id"]
        assert {row["sender"], row["receiver"]} <= {"", *PARTIES}, row["id"]


@pytest.mark.parametrize("name", FILES)
def test_every_date_and_every_reported_contact_can_be_read(name: str) -> None:
    for row in part(name):
        at = datetime.fromisoformat(row["at"])
        if row["expected_decision_on"]:
            assert date.fromisoformat(row["expected_decision_on"]) >= at.date(), row["id"]
        for contact in filter(None, row["reported"].split(";")):
            roles, channel, kind, rest = contact.split(":", 3)
            when, precision = rest.rsplit(":", 1)
            assert set(roles.split(">")) <= set(PARTIES), row["id"]
            assert channel in {"", *CHANNELS}, row["id"]
            assert kind in {"", *KINDS}, row["id"]
            assert precision in ({"day", "evening", "minute"} if when else {""}), row["id"]
            assert not when or datetime.fromisoformat(when) <= at.replace(hour=23, minute=59), row["id"]


@pytest.mark.parametrize(
    ("name", "least"), [("dev", 20), ("dev_b", 15), ("dev_c", 15), ("dev_d", 25), ("held_out", 10)]
)
def test_every_kind_has_enough_notes_to_measure(name: str, least: int) -> None:
    counts = Counter(row["expected_kind"] for row in part(name))
    assert {kind: counts[kind] for kind in LABELS if counts[kind] < least} == {}


def test_no_id_occurs_twice_and_no_held_out_note_is_like_one_to_tune_with() -> None:
    ids = Counter(row["id"] for name in FILES for row in part(name))
    assert max(ids.values()) == 1
    texts = [text(row) for name in FILES if name.startswith("dev") for row in part(name)]
    held_out = [row for name in ("held_out", "held_out_e") for row in part(name)]
    alike = process.cdist([text(row) for row in held_out], texts, scorer=fuzz.ratio, score_cutoff=85.1).max(axis=1)
    assert [row["id"] for row, likeness in zip(held_out, alike, strict=True) if likeness] == []


@pytest.mark.parametrize(("name", "least"), [("told_dev", 90), ("told_held_out", 45)])
def test_notes_that_tell_of_a_contact_are_labelled_in_the_words_of_the_log(name: str, least: int) -> None:
    rows = part(name)
    assert len({row["id"] for row in rows}) == len(rows) >= least
    telling = [row for row in rows if row["reported"]]
    assert 0.4 < len(telling) / len(rows) < 0.6
    for row in telling:
        at = datetime.fromisoformat(row["at"])
        for contact in row["reported"].split(";"):
            roles, channel, kind, rest = contact.split(":", 3)
            when, precision = rest.rsplit(":", 1)
            assert roles in ("candidate>client", "client>candidate"), row["id"]
            assert channel in {"", *CHANNELS}, row["id"]
            assert kind in {"", *KINDS}, row["id"]
            assert precision in {"day", "evening", "minute"}, row["id"]
            assert datetime.fromisoformat(when) <= at.replace(hour=23, minute=59), row["id"]
