"""A file comes in without what may not be kept, without people who were erased, and without texts where so set."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
import zstandard
from sqlalchemy import Engine

from analysis.checked import Answers
from analysis.identity import identities
from analysis.loading import load
from analysis.results import Scores
from dashboard.store.arriving import TEXTS, arrive, drop_texts, private_in
from dashboard.store.care import erase
from dashboard.store.engine import Conflict, open_engine, reading, writing
from dashboard.store.imports import CONTACTS, contents, imports, take_back
from dashboard.store.persons import erased, let_back
from dashboard.store.remarks import correct
from dashboard.store.sayings import say
from dashboard.store.state import ANSWERS, checked, kept_contacts, result, state

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
HEAD = "candidate,candidate_email,Date of birth,client,interviewer,at,sender,receiver,channel,kind,subject,note\n"
ANA = "Ana Lind,ana@mail.example,1990-05-01,Acme,Dana Osei"
BEN = "Ben Cole,ben@mail.example,1988-02-29,Acme,Dana Osei"
LOG = f"""{ANA},2026-03-03 10:00,client,candidate,in_person,interview,,
{ANA},2026-03-03 18:00,candidate,client,email,,Thank you,"Dear Dana, thank you for the interview and the depot tour."
{BEN},2026-03-03 14:00,client,candidate,in_person,interview,,
{BEN},2026-03-04 09:00,candidate,client,email,,Thanks,"Hi Dana, thanks for the talk. I met Ana Lind outside."
"""
DATA = (HEAD + LOG).encode()


def bring(engine: Engine, name: str, data: bytes) -> tuple[str, ...]:
    with writing(engine) as connection:
        return arrive(connection, name, data, "Kim", NOON).told


def kept(engine: Engine) -> bytes:
    """Everything that is kept of imports, unpacked."""
    with reading(engine) as connection:
        every = imports(connection, everything=True)
        return b"\n".join(contents(connection, [one.number for one in every]).values())


def scores_of(engine: Engine) -> Scores:
    with reading(engine) as connection:
        return result(state(connection), NOON)


def names(engine: Engine) -> list[str]:
    return sorted(scores_of(engine).candidates["candidate"])


def key_of(engine: Engine, name: str) -> str:
    return str(scores_of(engine).candidates.set_index("candidate").loc[name, "candidate_key"])


def test_a_column_that_is_never_kept_is_gone_from_the_file_that_is_kept_and_that_is_said(engine: Engine) -> None:
    told = bring(engine, "log.csv", DATA)
    assert told == ("log.csv: Date of birth is never kept and was left out.",)
    assert b"1990" not in kept(engine)
    assert b"Date of birth" not in kept(engine)
    with reading(engine) as connection:
        (one,) = imports(connection)
        contacts = checked(state(connection)).contacts
    assert one.account["left_out"] == ["Date of birth"]
    assert contacts["line"].tolist() == [2, 3, 4, 5]
    assert names(engine) == ["Ana Lind", "Ben Cole"]


def test_the_same_file_is_known_again_although_it_was_not_kept_as_it_came(engine: Engine) -> None:
    bring(engine, "log.csv", DATA)
    with pytest.raises(Conflict, match=r"again\.csv is in the workspace already, as log\.csv"):
        bring(engine, "again.csv", DATA)


def test_no_byte_of_such_a_column_ever_reaches_the_disk(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "workspace.db"))
    rows = "".join(f"{n} {ANA},2026-03-03 10:00,client,candidate,in_person,interview,,note {n}\n" for n in range(3000))
    bring(engine, "log.csv", (HEAD + rows).encode())
    packed = zstandard.ZstdCompressor(level=6).compress((HEAD + rows).encode())
    for file in tmp_path.iterdir():
        data = file.read_bytes()
        assert b"1990-05-01" not in data
        assert packed[200:300] not in data
    engine.dispose()


def test_a_file_inside_an_archive_is_rewritten_too(engine: Engine) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("one.csv", DATA)
        archive.writestr("two.csv", (HEAD + LOG.splitlines()[2].replace("03-03", "03-09") + "\n").encode())
    told = bring(engine, "both.zip", out.getvalue())
    assert told == ("both.zip: Date of birth is never kept and was left out.",)
    with zipfile.ZipFile(io.BytesIO(kept(engine))) as archive:
        assert b"19" not in b"".join(archive.read(name).replace(b"2026", b"") for name in archive.namelist())
    assert names(engine) == ["Ana Lind", "Ben Cole"]


def test_of_a_long_file_only_the_head_is_read_to_see_its_columns() -> None:
    long = DATA + LOG.encode() * 5000
    seen: list[int] = []

    def read(data: bytes, name: str) -> list[object]:
        seen.append(len(data))
        return []

    assert private_in(long, "log.csv") == ["Date of birth"]
    private_in(long, "log.csv", read)  # type: ignore[arg-type]
    assert seen[0] < 300_001 < len(long)


def test_a_file_that_brings_back_a_person_who_was_erased_comes_in_without_them(engine: Engine) -> None:
    bring(engine, "log.csv", DATA)
    erase(engine, key_of(engine, "Ana Lind"), "Kim", NOON)
    told = bring(
        engine, "next.csv", DATA + b"Cy Dorn,cy@mail.example,,Acme,Dana Osei,2026-03-05 10:00,,,,interview,,\n"
    )
    assert told[-1] == "next.csv: 2 contacts of a person erased on 2026-03-20 were left out."
    assert names(engine) == ["Ben Cole", "Cy Dorn"]
    for trace in (b"Ana", b"ana@", b"1990"):
        assert trace not in kept(engine)


def test_a_namesake_with_another_address_comes_in(engine: Engine) -> None:
    bring(engine, "log.csv", DATA)
    erase(engine, key_of(engine, "Ana Lind"), "Kim", NOON)
    other = LOG.splitlines()[0].replace("ana@mail.example", "ana.lind@other.example")
    assert bring(engine, "other.csv", (HEAD.replace("Date of birth", "x") + other + "\n").encode()) == ()
    assert names(engine) == ["Ana Lind", "Ben Cole"]


def test_the_person_comes_back_by_another_spelling_only_beside_their_address(engine: Engine) -> None:
    bring(engine, "log.csv", DATA)
    erase(engine, key_of(engine, "Ana Lind"), "Kim", NOON)
    plain = HEAD.replace("Date of birth,", "")
    married = "Ana Berg,ANA+jobs@mail.example,Acme,Dana Osei,2026-03-06 10:00,client,candidate,,interview,,\n"
    desk = "Eve Moss,ana@mail.example,Acme,Dana Osei,2026-03-06 11:00,client,candidate,,interview,,\n"
    told = bring(engine, "next.csv", (plain + married + desk).encode())
    assert told == ("next.csv: 1 contact of a person erased on 2026-03-20 was left out.",)
    assert names(engine) == ["Ben Cole", "Eve Moss"]


def test_a_person_comes_back_where_somebody_says_so(engine: Engine) -> None:
    bring(engine, "log.csv", DATA)
    erase(engine, key_of(engine, "Ana Lind"), "Kim", NOON)
    with writing(engine) as connection:
        (one,) = erased(connection)
        let_back(connection, one.person, "Lee", NOON)
    bring(engine, "next.csv", DATA)
    assert names(engine) == ["Ana Lind", "Ben Cole"]


def set_texts(engine: Engine, value: str) -> None:
    with writing(engine) as connection:
        say(connection, ANSWERS, {"complete": "yes"}, "Kim", NOON)
        say(connection, TEXTS, value, "Kim", NOON)


def same_scores(one: Scores, other: Scores) -> None:
    for name in ("candidates", "units", "rows", "findings"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_texts_are_not_kept_where_so_set_and_the_scores_are_the_same(tmp_path: Path) -> None:
    whole, bare = open_engine(str(tmp_path / "whole.db")), open_engine(str(tmp_path / "bare.db"))
    set_texts(whole, "whole")
    set_texts(bare, "hashes")
    bring(whole, "log.csv", DATA)
    told = bring(bare, "log.csv", DATA)
    assert told[-1] == "log.csv: its texts were read and are not kept; hashes of them are."
    same_scores(scores_of(whole), scores_of(bare))
    assert b"depot" in kept(whole)
    assert b"depot" not in kept(bare)
    with reading(bare) as connection:
        assert [one.form for one in imports(connection)] == [CONTACTS]
    bare.dispose()
    whole.dispose()
    with sqlite3.connect(tmp_path / "bare.db") as database:
        assert "depot" not in "\n".join(database.iterdump())


def test_texts_that_were_kept_are_dropped_and_everything_else_holds(engine: Engine) -> None:
    bring(engine, "log.csv", DATA)
    with writing(engine) as connection:
        twice = arrive(connection, "undone.csv", DATA + b"\n", "Kim", NOON)
        take_back(connection, twice.number, "Kim", NOON)
    set_texts(engine, "whole")
    thanks = str(identities(scores_of(engine).contacts)[1])
    with writing(engine) as connection:
        correct(connection, "left_out", thanks, {}, "Kim", NOON)
    before = scores_of(engine)
    with writing(engine) as connection:
        assert drop_texts(connection, "Kim", NOON) == 2
    same_scores(before, scores_of(engine))
    assert b"depot" not in kept(engine)
    assert (scores_of(engine).contacts["correction"] != "").sum() == 1
    with writing(engine) as connection:
        assert drop_texts(connection, "Kim", NOON) == 0


def test_the_next_overlapping_file_adds_nothing_twice_without_texts(engine: Engine) -> None:
    set_texts(engine, "hashes")
    bring(engine, "log.csv", DATA)
    before = scores_of(engine)
    later = f'{BEN},2026-03-12 09:00,candidate,client,email,,Re: Thanks,"Any news?"\n'
    bring(engine, "next.csv", DATA + later.encode())
    after = scores_of(engine)
    assert (after.contacts["class"] == "duplicate").sum() == 4
    assert (after.contacts["class"] == "follow_up").sum() == 1
    mine = before.candidates["candidate"] == "Ana Lind"
    pd.testing.assert_frame_equal(before.candidates[mine], after.candidates[mine])


def test_contacts_that_an_earlier_version_kept_have_the_later_columns_too() -> None:
    contacts = load([("log.csv", DATA)], Answers()).contacts
    out = io.BytesIO()
    contacts.drop(columns=["gist", "tells", "told_sure", "told_at"]).to_parquet(out)
    pd.testing.assert_frame_equal(kept_contacts(out.getvalue()), contacts)
