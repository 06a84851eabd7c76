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
LABELS = {*KINDS, "automated", "ask"}


def part(name: str) -> list[dict[str, str]]:
    with (NOTES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(row: dict[str, str]) -> str:
    return default_process(f"{row['subject']} {row['note']}")


@pytest.mark.parametrize("name", ["dev", "held_out"])
def test_every_label_is_a_word_of_the_contact_log(name: str) -> None:
    for row in part(name):
        assert row["expected_kind"] in LABELS, row["id"]
        assert row["expected_state"] in STATES, row["id"]
        assert row["channel"] in {"", *CHANNELS}, row["id"]
        assert {row["sender"], row["receiver"]} <= {"", *PARTIES}, row["id"]


@pytest.mark.parametrize("name", ["dev", "held_out"])
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


@pytest.mark.parametrize(("name", "least"), [("dev", 20), ("held_out", 10)])
def test_every_kind_has_enough_notes_to_measure(name: str, least: int) -> None:
    counts = Counter(row["expected_kind"] for row in part(name))
    assert {kind: counts[kind] for kind in LABELS if counts[kind] < least} == {}


def test_no_id_occurs_twice_and_no_held_out_note_is_like_one_to_tune_with() -> None:
    dev, held_out = part("dev"), part("held_out")
    ids = Counter(row["id"] for row in dev + held_out)
    assert max(ids.values()) == 1
    texts = [text(row) for row in dev]
    alike = [
        row["id"] for row in held_out if process.extractOne(text(row), texts, scorer=fuzz.ratio, score_cutoff=85.1)
    ]
    assert alike == []
