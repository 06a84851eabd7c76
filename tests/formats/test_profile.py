"""Data files of layouts: headers in any language, offsets in headers, and mistakes that are refused loudly."""

from __future__ import annotations

import pytest

from analysis.formats.profile import normal_header, offset_in_header, profile_named, profile_of_toml

HEAD = 'name = "x"\ntitle = "X"\nneeds = ["Day"]\n'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Priorität", "prioritat"),
        ("À: (adresse)", "A  (ADRESSE)"),
        ("CallType", "call_type"),
        ("Straße", "STRASSE"),
        ("De\u0301but", "Début"),
    ],
)
def test_headers_are_the_same_whatever_their_case_and_accents(one: str, other: str) -> None:
    assert normal_header(one) == normal_header(other)


@pytest.mark.parametrize(
    ("header", "offset"),
    [
        ("Sent on (UTC+0)", "+00:00"),
        ("Sent on (UTC-5)", "-05:00"),
        ("Sent on (UTC+05:30)", "+05:30"),
        ("datetime (utc)", "+00:00"),
        ("origin_timestamp_utc", "+00:00"),
        ("Start (GMT+1)", "+01:00"),
        ("Sent At (Your time zone)", ""),
        ("Date", ""),
        ("Cutc", ""),
    ],
)
def test_a_header_can_give_the_offset_of_its_times(header: str, offset: str) -> None:
    assert offset_in_header(header) == offset


def test_headers_of_another_language_are_read_as_their_own() -> None:
    profile = profile_of_toml(f'{HEAD}[columns]\n"Day" = "at"\n"Who" = "candidate"\n[headers.de]\n"Tag" = "Day"\n')
    assert (profile.field_of("TAG"), profile.own("Tag"), profile.languages) == ("at", "day", ("de",))
    assert list(profile.columns) == ["day", "tag", "who"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[columns]\n"Day" = "at"\n[headers.de]\n"Tag" = "Dai"\n', "is no column"),
        ('[columns]\n"Day" = "at"\n"Who" = "candidate"\n[headers.de]\n"Day" = "Who"\n', "two columns"),
        ('[columns]\n"Day" = "at"\n[once]\nby = []\n', "by some fields"),
        ('[columns]\n"Day" = "at"\n[once]\nby = ["nothing"]\n', "do not exist"),
        ('holds = "jam"\n[columns]\n"Day" = "at"\n', "jam"),
    ],
)
def test_a_mistake_in_a_data_file_is_refused_loudly(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        profile_of_toml(HEAD + text)


def test_a_layout_is_found_by_its_name() -> None:
    found = profile_named("aircall_calls")
    assert found is not None
    assert found.title == "Aircall calls"
    assert profile_named("no such export") is None
