"""Columns that say too much about a person are left out whole; columns that only sound alike are not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.checked import Answers
from analysis.formats.answers import LayoutAnswers
from analysis.formats.private import private_columns, without_private
from analysis.formats.profile import profiles
from analysis.loading import load
from analysis.reading.reader import read, read_tables

EXPORTS = Path(__file__).parents[1] / "exports"


def told(header: str, *cells: str) -> str:
    return private_columns(pd.DataFrame({header: pd.Series(cells or [""], dtype="str")})).get(header, "")


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Date of Birth", "the date of birth"),
        ("candidate.dateOfBirth", "the date of birth"),
        ("DOB", "the date of birth"),
        ("Geburtsdatum", "the date of birth"),
        ("Fecha de nacimiento", "the date of birth"),
        ("Date de naissance", "the date of birth"),
        ("Gender (self-declared)", "the gender"),
        ("Geschlecht", "the gender"),
        ("EEO Race", "origin or nationality"),
        ("Nationalité", "origin or nationality"),
        ("Home Address", "the home address"),
        ("Address", "the home address"),
        ("Straße", "the home address"),
        ("Código postal", "the home address"),
        ("National Insurance No.", "a number of an official paper or a bank"),
        ("SSN", "a number of an official paper or a bank"),
        ("Schwerbehinderung", "health or a disability"),
        ("Candidate health", "health or a disability"),
        ("Religion", "belief or a union"),
        ("Familienstand", "the family"),
        ("Criminal convictions", "a criminal record or service"),
    ],
)
def test_a_header_says_that_its_column_is_never_kept(header: str, what: str) -> None:
    assert told(header) == what


@pytest.mark.parametrize(
    "header",
    [
        *("Email address", "E-mail address", "Company address", "Addressed to", "To: (Address)", "IP address"),
        *("Interview street address", "Account health", "State", "Status", "City", "Home phone", "phoneHome"),
        *("Stage", "Language", "Engagement", "Message", "Page", "Manager", "Trace", "Embrace", "Birthday reminder"),
        *("Contact", "Title", "Agender item", "Sexton", "Job code", "Note body"),
    ],
)
def test_a_header_that_only_sounds_alike_is_kept(header: str) -> None:
    assert told(header) == ""


def test_a_word_of_two_meanings_is_decided_by_the_cells() -> None:
    assert told("Age", "34", "51", "") == "the age"
    assert told("Age", "3 days", "112 days") == ""
    assert told("Genre", "F", "M") == "the gender"
    assert told("Genre", "call", "e-mail") == ""
    assert told("Address", "12 Elm Road", "4 Oak Lane") == "the home address"
    assert told("Address", "dana@acme.example") == ""


def test_no_header_of_a_known_export_is_taken_for_a_private_one() -> None:
    found = {
        path.name: said
        for path in sorted(EXPORTS.iterdir())
        for table in read_tables(path.read_bytes(), path.name)
        if (said := private_columns(table.frame))
    }
    assert found == {}
    known = pd.DataFrame(
        {
            header: pd.Series([""], dtype="str")
            for header in sorted({h for p in profiles() for h in (*p.columns, *p.same)})
        }
    )
    assert len(known.columns) > 400
    assert private_columns(known) == {}


LOG = (
    b"candidate,Date of birth,at,kind,Ethnicity,note\n"
    b"Ana Lind,1990-05-01,2026-03-03 10:00,interview,Nordic,\n"
    b"Ana Lind,1990-05-01,2026-03-03,thank_you,Nordic,,too,many,cells\n"
)


def test_the_columns_are_gone_from_rows_lines_set_aside_and_messages_and_that_is_said() -> None:
    raw = without_private(read(LOG, "ana.csv"))
    assert list(raw.frame.columns)[:4] == ["candidate", "at", "kind", "note"]
    shown = "".join([raw.frame.to_csv(), raw.rejects.to_csv(), *(p.message + p.value for p in raw.problems)])
    assert "1990" not in shown
    assert "Nordic" not in shown
    assert raw.problems[0].message.startswith(
        "ana.csv: left out whole, because a follow-up score must not know the date of birth, origin or nationality: "
        "Date of birth, Ethnicity."
    )


def test_no_answer_about_a_layout_brings_such_a_column_into_the_log() -> None:
    headers = ("candidate", "Date of birth", "at", "kind", "Ethnicity", "note")
    fields = {"candidate": "candidate", "date of birth": "candidate_id", "at": "at", "ethnicity": "note"}
    for told_of in (headers, tuple(h for h in headers if h not in ("Date of birth", "Ethnicity"))):
        said = LayoutAnswers(told_of, columns=fields)
        log = load([("ana.csv", LOG)], Answers(), mappings={said.fingerprint: said.profile()})
        assert "1990" not in log.contacts.to_csv()
        assert "Nordic" not in log.contacts.to_csv() + log.set_aside.to_csv() + log.undated.to_csv()
