"""JSON: lists of records, objects that hold one, a record a line, feeds of several lists; nothing that crashes."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.json_file import read_json
from analysis.reading.raw import RawTable
from analysis.reading.reader import read


def raw(text: str) -> RawTable:
    return read(text.encode(), "export.json")


def codes(table: RawTable) -> list[str]:
    return [p.code for p in table.problems]


def test_a_list_of_records_is_a_table_with_the_line_of_each_record() -> None:
    found = raw('[\n  {"name": "May Lind", "at": "2026-03-02"},\n\n  {"name": "Lee Orr",\n   "at": null}\n]\n')
    assert found.format == "json"
    assert found.frame.to_dict("list") == {"name": ["May Lind", "Lee Orr"], "at": ["2026-03-02", ""]}
    assert list(found.lines) == [2, 4]
    assert (found.account.rows, dict(found.account.dropped)) == (3, {"brackets": 2, "blank": 1})


def test_records_within_records_have_dotted_names_and_lists_keep_their_places() -> None:
    found = raw('{"results": [{"id": 1, "people": [{"name": "Dana"}, {"name": "Sam", "email": "s@x.example"}]}]}')
    assert found.frame.to_dict("list") == {
        "id": ["1"],
        "people.name": ["Dana;Sam"],
        "people.email": [";s@x.example"],
    }


def test_a_record_a_line_is_read_and_a_line_that_is_none_is_set_aside() -> None:
    found = raw('{"name": "May Lind"}\n{"name": "Lee O\n{"name": "Kim Ray"}\n')
    assert list(found.frame["name"]) == ["May Lind", "Kim Ray"]
    assert list(found.lines) == [1, 3]
    assert list(found.rejects["line"]) == [2]
    assert codes(found) == ["damaged_record"]


def test_a_feed_of_several_lists_gives_a_row_for_each_item() -> None:
    found = raw('{"candidate_id": 7, "notes": [{"body": "called"}], "emails": [{"body": "thanks"}], "activities": []}')
    assert found.frame.to_dict("list") == {
        "candidate_id": ["7", "7"],
        "notes.body": ["called", ""],
        "emails.body": ["", "thanks"],
    }


def test_numbers_stay_as_they_are_written() -> None:
    found = raw('[{"date": 1418128200000, "score": 1.50, "id": 16470000170001234567}]')
    assert found.frame.iloc[0].to_dict() == {
        "date": "1418128200000",
        "score": "1.50",
        "id": "16470000170001234567",
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "b": [1, 2',
        "[[1, 2], [3, 4]]",
        "[]",
        "[" * 100_000 + "]" * 100_000,
        '[{"headers": ["a"], "columns": {"a": "at"}}]',
    ],
)
def test_json_without_records_is_refused_in_a_sentence(text: str) -> None:
    found = read_json(text.encode(), "export.json", "0")
    assert not found.readable
    assert codes(found) == ["unreadable_json"]
    assert found.account.lines == 1


def test_a_thousand_columns_are_read_and_a_million_are_not() -> None:
    wide = json.dumps([{f"c{n}": n for n in range(1_000)}])
    assert raw(wide).frame.shape == (1, 1_000)
    assert codes(raw(json.dumps([{f"c{n}": n for n in range(5_000)}]))) == ["too_many_columns"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES, st.integers(0, 3))
def test_any_json_is_read_or_refused_and_every_line_is_placed(value: object, indent: int) -> None:
    data = json.dumps(value, indent=indent or None, ensure_ascii=False).encode()
    found = read_json(data, "export.json", "0")
    assert len(found.lines) == len(found.frame)
    assert found.readable or codes(found)[-1] in ("unreadable_json", "too_many_columns")
    account = found.account
    assert account.rows + account.header + account.set_aside + sum(account.dropped.values()) == account.lines


def test_a_damaged_file_never_crashes() -> None:
    whole = json.dumps([{"name": "Zoë", "people": [{"at": "2026-03-02"}, {}]}] * 3, indent=1, ensure_ascii=False)
    data, draw = whole.encode(), random.Random(3)
    for _ in range(300):
        broken = bytearray(data)
        for _ in range(draw.randint(1, 4)):
            broken[draw.randrange(len(broken))] = draw.choice(b'{}[]",:\n x\xff\0')
        found = read_json(bytes(broken), "export.json", "0")
        assert len(found.lines) == len(found.frame)
