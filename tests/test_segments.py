"""Whole-array steps, held against the loop each replaces."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.segments import (
    firsts,
    group_any,
    group_count,
    group_list,
    group_max,
    group_sum,
    last_true,
    matches,
    next_true,
    place_of,
    primaries,
    running_count,
    unique_rows,
)

KEYS = np.array([4, 4, 4, 7, 9, 9])
MARKS = np.array([True, False, True, False, True, False])


def test_each_row_knows_where_its_segment_begins() -> None:
    assert firsts(KEYS).tolist() == [0, 0, 0, 3, 4, 4]
    assert firsts(KEYS, np.array([1, 1, 2, 2, 2, 2])).tolist() == [0, 0, 2, 3, 4, 4]
    assert firsts(np.empty(0, dtype=np.int64)).tolist() == []


def test_the_last_and_the_next_true_row_stay_within_the_segment() -> None:
    first = firsts(KEYS)
    assert last_true(MARKS, first).tolist() == [-1, 0, 0, -1, -1, 4]
    assert last_true(MARKS, first, before=False).tolist() == [0, 0, 2, -1, 4, 4]
    assert next_true(MARKS, first).tolist() == [2, 2, -1, -1, -1, -1]


def test_groups_without_a_row_are_kept() -> None:
    group = np.array([0, 0, 2])
    values = np.array([1.5, 2.5, 4.0])
    assert group_sum(values, group, 4).tolist() == [4.0, 0.0, 4.0, 0.0]
    assert group_count(group, 4).tolist() == [2, 0, 1, 0]
    assert group_max(values, group, 4, empty=-1.0).tolist() == [2.5, -1.0, 4.0, -1.0]
    assert group_any(np.array([False, True, False]), group, 4).tolist() == [True, False, False, False]
    assert group_list(np.array([7, 8, 9]), group, 4) == [[7, 8], [], [9], []]
    assert group_list(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), 0) == []


def test_a_repeat_is_measured_from_the_first_of_its_kind_never_chained() -> None:
    minutes = np.array([0, 8, 16, 24, 40])
    one_segment = np.zeros(5, dtype=np.int64)
    # 16 lies within 10 of 8 but not of 0, so it is a contact of its own, and 24 repeats that one
    assert primaries(minutes, one_segment, 10).tolist() == [0, 0, 2, 2, 4]


SEGMENTS = st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 60)), max_size=40).map(sorted)


@given(SEGMENTS)
def test_the_steps_do_what_a_loop_over_the_rows_would(rows: list[tuple[int, bool, int]]) -> None:
    rows = sorted(rows, key=lambda row: (row[0], row[2]))
    key = np.array([row[0] for row in rows], dtype=np.int64)
    mark = np.array([row[1] for row in rows], dtype=bool)
    time = np.array([row[2] for row in rows], dtype=np.int64)
    first = firsts(key)
    before, after, counts, repeats = [], [], [], []
    for i, (k, _, at) in enumerate(rows):
        same = [j for j, row in enumerate(rows) if row[0] == k]
        before.append(max((j for j in same if j < i and rows[j][1]), default=-1))
        after.append(min((j for j in same if j > i and rows[j][1]), default=-1))
        counts.append(sum(rows[j][1] for j in same if j <= i))
        lead = repeats[i - 1] if i and rows[i - 1][0] == k else i
        repeats.append(lead if at - rows[lead][2] <= 10 else i)
    assert first.tolist() == [min(j for j, row in enumerate(rows) if row[0] == k) for k, *_ in rows]
    assert last_true(mark, first).tolist() == before
    assert next_true(mark, first).tolist() == after
    assert running_count(mark, first).tolist() == counts
    assert primaries(time, first, 10).tolist() == repeats


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))))
def test_of_equal_rows_the_first_one_is_kept(rows: list[tuple[int, int]]) -> None:
    one, other = (np.array([row[n] for row in rows], dtype=np.int64) for n in (0, 1))
    kept = [n for n, row in enumerate(rows) if row not in rows[:n]]
    assert unique_rows(one, other).tolist() == kept


@given(st.lists(st.integers(0, 4)), st.lists(st.integers(0, 4)))
def test_keys_find_their_equals(left: list[int], right: list[int]) -> None:
    here, there = np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)
    pairs = [(a, b) for a, x in enumerate(left) for b, y in enumerate(right) if x == y]
    assert list(zip(*(each.tolist() for each in matches(here, there)), strict=True)) == pairs
    assert place_of(here, there).tolist() == [right.index(x) if x in right else -1 for x in left]
