"""What holds for every file: clean tables come back exactly, and broken ones are accounted for to the line."""

from __future__ import annotations

import csv
import io
import random
import time

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from polluted import log

from analysis.reading import read
from analysis.reading.raw import RawTable

_MENDED = "".join(map(chr, range(0x80, 0xA0)))  # wrongly converted quotes and dashes, put right on reading
_CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r" + _MENDED, exclude_categories=("Cs",)), max_size=12
) | st.sampled_from(["2026-03-02", "10:00", "May Lind", "a, b", 'the "best"', "two\nlines", "5", "", "x;y", "it's"])
_QUIET = settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


def physical_lines(data: bytes) -> int:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.count("\n") + (not text.endswith("\n") and bool(text))


def adds_up(found: RawTable) -> None:
    account = found.account
    assert account.rows + account.header + account.set_aside + sum(account.dropped.values()) == account.lines
    assert len(found.lines) == len(found.frame)
    assert (found.lines[1:] > found.lines[:-1]).all()
    assert all(str(dtype) == "str" for dtype in found.frame.dtypes)
    assert not found.frame.isna().any(axis=None)


@_QUIET
@given(
    rows=st.integers(2, 5).flatmap(
        lambda w: st.lists(st.lists(_CELL, min_size=w, max_size=w), min_size=4, max_size=12)
    ),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quote=st.sampled_from(['"', "'"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_written_by_the_csv_module_comes_back_exactly(
    rows: list[list[str]], delimiter: str, quote: str, end: str
) -> None:
    width = len(rows[0])
    header = [f"name {n}" for n in range(width)]
    assume(all(any(cell.strip() for cell in row) for row in rows))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quotechar=quote, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([header, *rows])
    named = f"sep={delimiter}\n".encode() if delimiter != "\t" else b"sep=\\t\n"
    found = read(named + out.getvalue().encode(), "log.csv")
    adds_up(found)
    assert found.dialect is not None
    assert found.account.header == 1
    assert [list(row) for row in found.frame.itertuples(index=False, name=None)] == rows


@_QUIET
@given(data=st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_sentence(data: bytes) -> None:
    adds_up(read(data, "log.csv"))


@_QUIET
@given(text=st.text(st.sampled_from(list("ab1 ,;\t|\"'\\\n\r-:é")), max_size=300))
def test_any_text_of_signs_that_matter_is_accounted_for_to_the_line(text: str) -> None:
    data = text.encode()
    found = read(data, "log.csv")
    adds_up(found)
    if found.format == "delimited":
        assert found.account.lines == physical_lines(data)


@pytest.mark.parametrize("seed", range(150))
def test_a_log_with_bytes_changed_is_read_quickly_and_accounted_for(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray((log() + log()).encode())
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(data))
        action = dice.randrange(3)
        sign = dice.choice(b",;\"'\n\r\\\t|\0\xff\xe9a1")
        if action == 0:
            data[at] = sign
        elif action == 1:
            data.insert(at, sign)
        else:
            del data[at : at + dice.randint(1, 6)]
    began = time.monotonic()
    found = read(bytes(data), "log.csv")
    adds_up(found)
    assert found.account.lines == physical_lines(bytes(data).replace(b"\0", b""))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n" + 'x,"y,z\n' * 20_000,
        "a,b\n" + '"' * 60_000 + "\n",
        "a,b\n" + '",' * 30_000 + "\n",
        "a,b,c\n" + '"x","y"z","w\n' * 5_000,
        "," * 5_000 + "\n" + "1," * 4_000 + "\n",
        'a,b\n"' + "x\n" * 50_000,
        "a,b,c,d\n" + '"x","y","z","w"\n' * 200 + ('"' + 'a"b,""c" ,"' * 20 + "\n") * 800,
    ],
)
def test_hostile_quotes_do_not_hang(text: str) -> None:
    began = time.monotonic()
    adds_up(read(text.encode(), "log.csv"))
    assert time.monotonic() - began < 20
