"""What was said about layouts is kept in one file, survives damage, and can be handed on."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from analysis.formats.answers import LayoutAnswers
from dashboard import mappings
from dashboard.mappings import Kept, NotKept

TRACKER = LayoutAnswers(
    ("Wer", "Wann", "Was"),
    columns={"wer": "candidate", "wann": "at", "was": "type"},
    words={"type": {"zorb": {"kind": "follow_up", "sender": "candidate"}, "sonst": {}}},
    orders={"wann": "dmy"},
    zone="Europe/Berlin",
    time_is="contact",
    told_on="2026-11-03",
)
OTHER = LayoutAnswers(("Who", "When"), columns={"who": "candidate", "when": "at"}, told_on="2026-11-04")


def test_what_is_kept_is_there_the_next_day(tmp_path: Path) -> None:
    place = tmp_path / "not" / "there yet"
    assert mappings.load(place) == Kept({})
    mappings.keep([TRACKER], place)
    mappings.keep([OTHER], place)
    assert mappings.load(place) == Kept({TRACKER.fingerprint: TRACKER, OTHER.fingerprint: OTHER})
    mappings.forget([TRACKER.fingerprint], place)
    assert mappings.load(place) == Kept({OTHER.fingerprint: OTHER})
    assert [p.name for p in place.iterdir()] == [mappings.NAME]


def test_the_folder_is_the_named_one_else_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(mappings.ENVIRONMENT, str(tmp_path))
    assert mappings.folder() == tmp_path
    monkeypatch.delenv(mappings.ENVIRONMENT)
    assert "followthrough" in str(mappings.folder()).lower()


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    mappings.keep([TRACKER], tmp_path)
    assert stat.S_IMODE((tmp_path / mappings.NAME).stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"followthrough": "mappings", "version": 2, "mappings": []}', b"[" * 100_000],
)
def test_a_damaged_file_is_kept_aside_and_said_and_work_goes_on(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / mappings.NAME).write_bytes(broken)
    found = mappings.load(tmp_path)
    assert found.mappings == {}
    assert "mappings-damaged-1.json" in found.note
    assert (tmp_path / "mappings-damaged-1.json").read_bytes() == broken
    mappings.keep([TRACKER], tmp_path)
    assert mappings.load(tmp_path) == Kept({TRACKER.fingerprint: TRACKER})


def test_one_damaged_layout_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    told = json.loads(mappings.to_bytes({m.fingerprint: m for m in (TRACKER, OTHER)}))
    told["mappings"][0]["columns"] = {"x": "no such field"}
    (tmp_path / mappings.NAME).write_text(json.dumps(told), encoding="utf-8")
    found = mappings.load(tmp_path)
    assert len(found.mappings) == 1
    assert "1 of them can still be used" in found.note
    assert "no such field" in found.note
    assert (tmp_path / "mappings-damaged-1.json").exists()
    assert mappings.load(tmp_path) == Kept(found.mappings)


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mappings.keep([TRACKER], tmp_path)
    before = (tmp_path / mappings.NAME).read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mappings.os, "fsync", full)
    with pytest.raises(NotKept, match=r"no space left on device.*for this session only\.$"):
        mappings.keep([OTHER], tmp_path)
    assert (tmp_path / mappings.NAME).read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [mappings.NAME]


def test_an_exported_file_brings_the_same_layouts_elsewhere() -> None:
    told = {m.fingerprint: m for m in (TRACKER, OTHER)}
    data = mappings.to_bytes(told)
    assert mappings.of_bytes(data) == told
    assert mappings.to_bytes(mappings.of_bytes(data)) == data
    with pytest.raises(NotKept, match="no file of mappings"):
        mappings.of_bytes(b"candidate,at\n")


def test_the_file_holds_no_row_of_any_file_and_no_file_name() -> None:
    told = json.loads(mappings.to_bytes({TRACKER.fingerprint: TRACKER}))
    assert set(told["mappings"][0]) <= set(LayoutAnswers.__dataclass_fields__)
