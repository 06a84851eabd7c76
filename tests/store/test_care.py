"""A person gets a copy of everything, and is gone for good when erased; holds and ages are kept to."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import Engine, inspect, text

from dashboard.store.backup import back_up
from dashboard.store.care import Held, erase, lift_hold, purge, put_on_hold
from dashboard.store.copying import copy_of
from dashboard.store.engine import StoreError, open_engine, reading, writing
from dashboard.store.imports import keep, take_back
from dashboard.store.remarks import correct, type_in
from dashboard.store.sessions import hold
from dashboard.store.state import checked, result, state

HEAD = "candidate,candidate_email,candidate_phone,client,interviewer,at,sender,receiver,channel,kind,note\n"
ANA = "Zenobia Quist,zq@mail.example,+44 20 7946 0958,Acme,Dana Osei"
BEN = "Ben Cole,ben@mail.example,,Acme,Dana Osei"
LOG = f"""{ANA},2026-03-03 10:00,client,candidate,in_person,interview,
{ANA},2026-03-04 10:00,candidate,client,email,thank_you,
{BEN},2026-03-03 14:00,client,candidate,in_person,interview,
{BEN},2026-03-04 09:00,candidate,client,email,thank_you,met Zenobia Quist in the lobby
"""
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
TRACES = (b"Zenobia", b"zenobia", b"Quist", b"quist", b"zq@mail", b"7946 0958", b"2079460958")


def fill(engine: Engine) -> str:
    """Zenobia in an import, an undone one, a correction, a session and a typed contact; returns her key."""
    with writing(engine) as connection:
        keep(connection, "Zenobia Quist.csv", (HEAD + LOG).encode(), "Kim", NOON)
        undone = keep(connection, "twice.csv", (HEAD + LOG + LOG).encode("utf-16"), "Kim", NOON)
        take_back(connection, undone, "Kim", NOON)
        keep(connection, "ben.csv", (HEAD + LOG.splitlines()[2] + "\n").encode(), "Kim", NOON)
        type_in(connection, {"candidate": "Zenobia Quist", "at": "2026-03-05", "kind": "reply"}, "typed", "Kim", NOON)
        correct(connection, "left_out", "0" * 32, {}, "Kim", NOON, "Zenobia Quist rang to say so")
        people = result(state(connection), NOON).candidates.set_index("candidate")["candidate_key"]
        hold(connection, people["Zenobia Quist"], date(2026, 3, 9), "Kim", NOON, private_note="Zenobia is nervous")
        hold(connection, people["Ben Cole"], date(2026, 3, 9), "Kim", NOON, shared_note="ask Zenobia Quist")
    return str(people["Zenobia Quist"])


def everything_stored(engine: Engine) -> bytes:
    """Every cell of every table as bytes, what is packed unpacked."""
    found = []
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                for cell in row:
                    data = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    found.append(zstandard.ZstdDecompressor().decompress(data) if data[:4] == b"(\xb5/\xfd" else data)
    return b"\n".join(found)


def names_of(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return sorted(result(state(connection), NOON).candidates["candidate"])


def test_after_an_erasure_no_table_and_no_backup_finds_the_person(engine: Engine, tmp_path: Path) -> None:
    key = fill(engine)
    assert b"Zenobia" in everything_stored(engine)
    done = erase(engine, key, "Kim", NOON)
    assert (done.imports, done.contacts > 0) == (2, True)
    back_up(engine, tmp_path / "after.backup")
    with zipfile.ZipFile(tmp_path / "after.backup") as archive:
        backed_up = b"".join(archive.read(name) for name in archive.namelist())
    for trace in TRACES:
        assert trace not in everything_stored(engine), trace
        assert trace not in backed_up, trace


def test_after_an_erasure_no_search_in_the_file_or_its_log_finds_the_person(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    engine = open_engine(str(path))
    key = fill(engine)
    with engine.connect() as reader:  # somebody else has the workspace open meanwhile
        reader.execute(text("SELECT 1"))
        reader.rollback()
        assert any(b"Zenobia" in file.read_bytes() for file in tmp_path.iterdir())
        erase(engine, key, "Kim", NOON)
        for file in tmp_path.iterdir():
            for trace in TRACES:
                assert trace not in file.read_bytes(), (file.name, trace)
    engine.dispose()


def test_the_others_keep_their_contacts_and_scores(engine: Engine) -> None:
    key = fill(engine)
    with reading(engine) as connection:
        before = result(state(connection), NOON).candidates.set_index("candidate").loc["Ben Cole"]
    erase(engine, key, "Kim", NOON)
    with reading(engine) as connection:
        scores = result(state(connection), NOON)
        notes = checked(state(connection)).contacts["note"].tolist()
    after = scores.candidates.set_index("candidate").loc["Ben Cole"]
    assert names_of(engine) == ["Ben Cole"]
    assert (after["thank_you"], after["overall_reason"]) == (before["thank_you"], before["overall_reason"])
    assert "met [erased] in the lobby" in notes


def test_under_a_legal_hold_nothing_is_erased_until_it_is_lifted(engine: Engine) -> None:
    key = fill(engine)
    with writing(engine) as connection:
        put_on_hold(connection, key, "Lee", NOON)
    with pytest.raises(Held, match=r"legal hold stands since 2026-03-10 \(Lee\)"):
        erase(engine, key, "Kim", NOON)
    assert names_of(engine) == ["Ben Cole", "Zenobia Quist"]
    with writing(engine) as connection:
        lift_hold(connection, [key], "Lee", NOON)
    erase(engine, key, "Kim", NOON)
    assert names_of(engine) == ["Ben Cole"]


def test_nobody_cannot_be_erased(engine: Engine) -> None:
    with pytest.raises(StoreError, match="nobody of that kind"):
        erase(engine, "0" * 16, "Kim", NOON)


def test_what_is_older_than_the_time_kept_goes_except_under_a_hold(engine: Engine) -> None:
    later = f"{BEN},2026-09-03 14:00,client,candidate,in_person,interview,\n"
    with writing(engine) as connection:
        keep(connection, "year.csv", (HEAD + LOG + later).encode(), "Kim", NOON)
        people = result(state(connection), NOON).candidates.set_index("candidate")["candidate_key"]
        put_on_hold(connection, str(people["Zenobia Quist"]), "Lee", NOON)
    assert purge(engine, datetime(2026, 6, 1, tzinfo=UTC), "Kim", NOON) == 2
    with reading(engine) as connection:
        left = checked(state(connection)).contacts
    assert left.groupby("candidate").size().to_dict() == {"Ben Cole": 1, "Zenobia Quist": 2}


def test_a_copy_holds_everything_in_files_that_open_anywhere(engine: Engine) -> None:
    key = fill(engine)
    with writing(engine) as connection:
        correct(connection, "accommodation", key, {"family": "timing"}, "=Kim", NOON)
    with reading(engine) as connection, zipfile.ZipFile(io.BytesIO(copy_of(connection, key, NOON))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert files["contacts.csv"].count("Zenobia Quist") >= 2
    assert "Ben Cole" not in "".join(files.values())
    assert "Zenobia is nervous" in files["sessions.csv"]
    assert "'=Kim" in files["corrections.csv"]
    assert set(files) == {
        "README.txt",
        "contacts.csv",
        "scores.csv",
        "deductions.csv",
        "corrections.csv",
        "sessions.csv",
        "contacts_taken_back.csv",
        "put_away.csv",
        "settings.csv",
        "holds.csv",
        *(f"as_it_came_{number}.csv" for number in range(1, 3)),
    }


def test_a_copy_shows_the_persons_rows_as_they_came_with_every_column(engine: Engine) -> None:
    rows = (
        "candidate,candidate_email,at,kind,=hobby\n"
        "Zenobia Quist,zq@mail.example,2026-03-03 10:00,interview,=rowing\n"
        "Zenobia Quist,zq@mail.example,,reply,singing\n"
        "Ben Cole,ben@mail.example,2026-03-03 14:00,interview,chess\n"
    )
    gone = "candidate,candidate_email,at,kind,plays\nZenobia Quist,zq@mail.example,2026-02-03 10:00,interview,cello\n"
    with writing(engine) as connection:
        keep(connection, "log.csv", rows.encode(), "Kim", NOON)
        take_back(connection, keep(connection, "gone.csv", gone.encode(), "Kim", NOON), "Kim", NOON)
        people = result(state(connection), NOON).candidates.set_index("candidate")["candidate_key"]
        copy = copy_of(connection, str(people["Zenobia Quist"]), NOON)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.read("as_it_came_1.csv").decode().splitlines() == [
            "(file),(line),candidate,candidate_email,at,kind,'=hobby",
            "log.csv,2,Zenobia Quist,zq@mail.example,2026-03-03 10:00,interview,'=rowing",
            "log.csv,3,Zenobia Quist,zq@mail.example,,reply,singing",
        ]
        assert archive.read("as_it_came_2.csv").decode().splitlines()[1].endswith(",cello")
        assert "as_it_came_1.csv: 2 rows" in archive.read("README.txt").decode()
