"""However a person is spelt and wherever they are named, no search finds them after an erasure."""

from __future__ import annotations

import base64
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import run

import pandas as pd
import pytest
import zstandard
from sqlalchemy import Engine, inspect, select, text

from analysis.agreed import Action
from analysis.identity import identities
from analysis.links import Who
from dashboard.store.backup import back_up
from dashboard.store.care import erase, lift_hold, purge, put_on_hold
from dashboard.store.engine import StoreError, open_engine, reading, writing
from dashboard.store.imports import contents, imports, keep, take_back
from dashboard.store.remarks import correct, corrections, type_in
from dashboard.store.results import Results
from dashboard.store.sayings import save_policy, say
from dashboard.store.schema import CACHE
from dashboard.store.sessions import hold
from dashboard.store.state import checked, result, state
from dashboard.store.upkeep import KEPT_FOR, look_after, months_kept
from dashboard.store.who import decide

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
HEAD = "candidate,candidate_email,candidate_phone,client,interviewer,at,sender,receiver,channel,kind,note\n"
ZOE = "Zoë Quistgård,zoe@mail.example,+44 20 7946 0958,Acme,Dana Osei"
BEN = "Ben Cole,ben@mail.example,,Acme,Dana Osei"
LOG = f"""{ZOE},2026-03-03 10:00,client,candidate,in_person,interview,
{ZOE},2026-03-04 10:00,candidate,client,email,thank_you,
{BEN},2026-03-03 14:00,client,candidate,in_person,interview,
"""
MENTIONS = (
    "met Zoë Quistgård in the lobby",
    "QUISTGÅRD, ZOË called",
    "Zoe Quistgard and Zoe Quistgaard",
    "mail zoe@mail.example or ring 020 7946-0958",
    "Zoë was there too",
    unicodedata.normalize("NFD", "Zoë Quistgård") + " waved",
    "see zoe.quistgard@old.example",
)
NAMES = (
    "Zoë",
    "ZOË",
    "Zoe",
    "Quistgård",
    "QUISTGÅRD",
    "Quistgard",
    "Quistgaard",
    "quistg",
    "zoe@mail",
    "7946",
    "79460958",
)


def traces() -> list[bytes]:
    """Every spelling in every form in which bytes could hold it."""
    spelt = {form for name in NAMES for form in (name, unicodedata.normalize("NFD", name), json.dumps(name)[1:-1])}
    codecs = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
    return [s.encode(codec) for s in sorted(spelt) for codec in codecs if s.encode(codec, "ignore").decode(codec) == s]


def found(data: bytes) -> list[bytes]:
    return [trace for trace in traces() if trace in data]


def unpacked(engine: Engine) -> bytes:
    """Every cell of every table, what is packed unpacked."""
    cells = []
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                for cell in row:
                    data = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    cells.append(zstandard.ZstdDecompressor().decompress(data) if data[:4] == b"(\xb5/\xfd" else data)
    return b"\n".join(cells)


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def mailbox() -> bytes:
    body = base64.b64encode("Zoë Quistgård says hello".encode()).decode()
    return (
        "From - Tue Mar 03 10:00:00 2026\nFrom: dana@acme.example\nTo: ben@mail.example\nSubject: Hello\n"
        "Date: Tue, 3 Mar 2026 10:00:00 +0000\nMessage-ID: <1@acme.example>\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: base64\n\n{body}\n"
    ).encode()


def fill(engine: Engine) -> str:
    """The person in every corner of a workspace; returns her key."""
    notes = "".join(f'{BEN},2026-03-{5 + n:02d} 09:00,client,candidate,call,,"{m}"\n' for n, m in enumerate(MENTIONS))
    typed = {
        "candidate": "Ben Cole",
        "client": "Acme",
        "at": "2026-03-15 10:00",
        "kind": "reply",
        "note": "as Zoë said",
    }
    with writing(engine) as connection:
        keep(connection, "Zoë_Quistgård.csv", (HEAD + LOG).encode(), "Kim", NOON)
        keep(connection, "notes.csv", (HEAD + notes).encode("utf-8"), "Kim", NOON)
        keep(connection, "old.csv", (HEAD + LOG + notes.splitlines()[0]).encode("cp1252"), "Kim", NOON)
        keep(connection, "packed.zip", zipped("a.csv", (HEAD + LOG.replace("03-03", "03-02")).encode()), "Kim", NOON)
        keep(connection, "box.mbox", mailbox(), "Kim", NOON)
        only = f"{ZOE},2026-02-01 10:00,client,candidate,in_person,interview,\n"
        take_back(connection, keep(connection, "gone.csv", (HEAD + only).encode("utf-16"), "Kim", NOON), "Kim", NOON)
        type_in(connection, {**typed, "candidate": "Zoë Quistgård"}, "typed", "Kim", NOON)
        type_in(connection, typed, "typed", "Kim", NOON)
        scores = result(state(connection), NOON)
        key = str(scores.candidates.set_index("candidate").loc["Zoë Quistgård", "candidate_key"])
        ben = str(scores.candidates.set_index("candidate").loc["Ben Cole", "candidate_key"])
        about = dict(zip(scores.contacts["note"], identities(scores.contacts), strict=True))
        correct(connection, "kind", about[MENTIONS[0]], {"kind": "reply"}, "Kim", NOON, "Zoë Quistgård rang to say so")
        mine = str(identities(scores.contacts[scores.contacts["candidate_key"] == key])[0])
        correct(connection, "moment", mine, {"at": "2026-03-03T19:00+00:00", "precision": "minute"}, "Kim", NOON)
        decide(connection, "same", Who(name="zoe quistgard"), Who(email="zoe@mail.example"), "Kim", NOON)
        say(connection, ("layout", "a" * 64, "answers"), {"headers": ["x"], "told_on": "Quistgård"}, "Kim", NOON)
        say(connection, ("layout", "a" * 64, "answers"), None, "Kim", NOON)
        save_policy(connection, "As Zoë Quistgård wanted", "# for Zoë Quistgård\n", "Kim", NOON)
        hold(connection, key, date(2026, 3, 9), "Kim", NOON, private_note="Zoë is nervous")
        asked = Action("Ask Zoë Quistgård how she did it.", "leave_it", date(2026, 3, 30))
        hold(connection, ben, date(2026, 3, 9), "Kim", NOON, agreed=asked, shared_note="as Zoe Quistgard does")
        put_on_hold(connection, ben, "Lee", NOON)
    return key


def names(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return sorted(result(state(connection), NOON).candidates["candidate"])


def test_no_table_finds_the_person_in_any_spelling_and_the_others_stay(engine: Engine, tmp_path: Path) -> None:
    key = fill(engine)
    assert len(found(unpacked(engine))) > 10
    erase(engine, key, "Kim", NOON)
    assert found(unpacked(engine)) == []
    assert key.encode() not in unpacked(engine)
    back_up(engine, tmp_path / "after.backup")
    with zipfile.ZipFile(tmp_path / "after.backup") as archive:
        lines = [line for name in archive.namelist() for line in archive.read(name).splitlines()]
    for line in lines:
        packed = json.loads(line).get("packed") if b'"packed"' in line else None
        assert found(zstandard.ZstdDecompressor().decompress(base64.b64decode(packed)) if packed else line) == []
    assert names(engine) == ["Ben Cole"]


def test_what_was_corrected_of_another_person_stays_although_the_text_named_them(engine: Engine) -> None:
    erase(engine, fill(engine), "Kim", NOON)
    with reading(engine) as connection:
        (left,) = corrections(connection)
        contacts = result(state(connection), NOON).contacts
    assert (left.what, left.reason) == ("kind", "[erased] rang to say so")
    rows = contacts[contacts["correction"] != ""]
    assert set(zip(rows["kind"], rows["note"], strict=True)) == {("reply", "met [erased] in the lobby")}


def test_no_search_in_the_file_or_its_log_finds_the_person(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "workspace.db"))
    key = fill(engine)
    assert any(found(file.read_bytes()) for file in tmp_path.iterdir())
    erase(engine, key, "Kim", NOON)
    assert {file.name: found(file.read_bytes()) for file in tmp_path.iterdir() if found(file.read_bytes())} == {}
    engine.dispose()


@pytest.fixture
def tables(postgres: str, tmp_path: Path) -> Iterator[tuple[Engine, str]]:
    engine = open_engine(f"{postgres}/postgres")
    with engine.connect() as connection:
        folder = str(connection.execute(text("SHOW data_directory")).scalar())
    yield engine, folder
    with engine.connect() as connection, connection.begin():
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def test_no_search_in_the_tables_of_the_server_finds_the_person(tables: tuple[Engine, str]) -> None:
    engine, folder = tables
    key = fill(engine)

    def files_with_her() -> list[str]:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))
        told = run(["grep", "-rlaE", "Quistg|zoe@mail", f"{folder}/base"], capture_output=True, text=True, check=False)
        return told.stdout.splitlines()

    assert files_with_her()
    erase(engine, key, "Kim", NOON)
    assert files_with_her() == []


def test_a_namesake_with_another_address_stays(engine: Engine) -> None:
    other = ZOE.replace("zoe@mail.example", "zoe.q@other.example").replace("+44 20 7946 0958", "")
    with writing(engine) as connection:
        keep(connection, "one.csv", (HEAD + LOG).encode(), "Kim", NOON)
        row = f"{other.replace('Acme', 'Brook')},2026-03-07 10:00,client,candidate,in_person,interview,\n"
        keep(connection, "two.csv", (HEAD + row).encode(), "Kim", NOON)
        people = result(state(connection), NOON).candidates
    assert (people["candidate"] == "Zoë Quistgård").sum() == 2
    with reading(engine) as connection:
        contacts = result(state(connection), NOON).contacts
    key = str(contacts.loc[contacts["candidate_email"] == "zoe@mail.example", "candidate_key"].iloc[0])
    erase(engine, key, "Kim", NOON)
    with reading(engine) as connection:
        left = checked(state(connection)).contacts
    assert left.groupby("candidate_email").size().to_dict() == {"ben@mail.example": 1, "zoe.q@other.example": 1}


def test_common_words_and_names_of_others_are_no_traces(engine: Engine) -> None:
    rows = (
        "Will Hope,,,Acme,Dana Osei,2026-03-03 10:00,client,candidate,in_person,interview,\n"
        f'{BEN},2026-03-03 14:00,client,candidate,in_person,interview,"I hope she will call. Will Hope sat beside."\n'
        "Will Penn,,,Acme,Dana Osei,2026-03-04 14:00,client,candidate,in_person,interview,Will was late\n"
    )
    with writing(engine) as connection:
        keep(connection, "log.csv", (HEAD + rows).encode(), "Kim", NOON)
        people = result(state(connection), NOON).candidates.set_index("candidate")["candidate_key"]
    erase(engine, str(people["Will Hope"]), "Kim", NOON)
    with reading(engine) as connection:
        notes = checked(state(connection)).contacts["note"].tolist()
    assert notes == ["I hope she will call. [erased] sat beside.", "Will was late"]


def test_where_somebody_still_looks_the_space_is_overwritten_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.engine.PATIENCE", 1)
    engine = open_engine(str(tmp_path / "workspace.db"))
    key = fill(engine)
    with engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM upload"))
        with pytest.raises(StoreError, match="done when it is opened next"):
            erase(engine, key, "Kim", NOON)
    assert names(engine) == ["Ben Cole"]
    engine.dispose()
    again = open_engine(str(tmp_path / "workspace.db"))
    assert look_after(again, NOON) == ["What was removed earlier is overwritten now."]
    assert [file.name for file in tmp_path.iterdir() if found(file.read_bytes())] == []
    assert look_after(again, NOON) == []
    again.dispose()


def test_contacts_are_kept_for_as_long_as_was_said_undone_and_typed_ones_too(engine: Engine) -> None:
    with writing(engine) as connection:
        held = result(state(connection), NOON)
    assert held.candidates.empty
    with writing(engine) as connection:
        old = f"{BEN},2025-06-01 10:00,client,candidate,in_person,interview,\n"
        keep(connection, "log.csv", (HEAD + LOG + old).encode(), "Kim", NOON)
        take_back(
            connection,
            keep(connection, "undone.csv", (HEAD + old.replace("06-01", "06-02")).encode(), "Kim", NOON),
            "Kim",
            NOON,
        )
        type_in(connection, {"candidate": "Ben Cole", "at": "2025-06-03 10:00", "kind": "reply"}, "typed", "Kim", NOON)
        hold(connection, "b" * 16, date(2025, 6, 4), "Kim", NOON)
        assert months_kept(connection) == 0
    assert look_after(engine, NOON) == []
    with writing(engine) as connection:
        say(connection, KEPT_FOR, 6, "Kim", NOON)
    assert look_after(engine, NOON) == ["3 contacts were removed, older than 6 months (before 2025-09-20)."]
    assert look_after(engine, NOON) == []
    with reading(engine) as connection:
        bodies = contents(connection, [one.number for one in imports(connection, everything=True)])
        assert checked(state(connection)).contacts["at"].min().year == 2026
    assert b"2025" not in b"".join(bodies.values())


def test_a_legal_hold_wins_over_age_in_imports_taken_back_too(engine: Engine) -> None:
    old = f"{ZOE},2025-06-01 10:00,client,candidate,in_person,interview,\n"
    with writing(engine) as connection:
        keep(connection, "log.csv", (HEAD + LOG + old).encode(), "Kim", NOON)
        take_back(
            connection,
            keep(connection, "undone.csv", (HEAD + old.replace("06-01", "06-02")).encode(), "Kim", NOON),
            "Kim",
            NOON,
        )
        people = result(state(connection), NOON).candidates.set_index("candidate")["candidate_key"]
        put_on_hold(connection, str(people["Zoë Quistgård"]), "Lee", NOON)
    assert purge(engine, datetime(2026, 1, 1, tzinfo=UTC), "Kim", NOON) == 0
    with reading(engine) as connection:
        assert len(contents(connection, [1, 2])) == 2


def test_what_was_kept_under_a_key_that_a_person_had_before_goes_too(engine: Engine) -> None:
    by_name = HEAD + "Zoë Quistgård,,,Acme,Dana Osei,2026-03-03 10:00,client,candidate,in_person,interview,\n"
    with writing(engine) as connection:
        keep(connection, "first.csv", by_name.encode(), "Kim", NOON)
    key = keys(engine)["Zoë Quistgård"]
    with writing(engine) as connection:
        hold(connection, key, date(2026, 3, 10), "Kim", NOON, shared_note="wait a week", private_note="she is shy")
        say(connection, ("candidate", key, "setting"), {"zone": "Europe/Oslo"}, "Kim", NOON)
        put_on_hold(connection, key, "Lee", NOON)
        keep(connection, "next.csv", (HEAD + LOG).encode(), "Kim", NOON)
    now = keys(engine)["Zoë Quistgård"]
    assert now != key, "with an address she has another key"
    with pytest.raises(StoreError, match="legal hold"):
        erase(engine, now, "Lee", NOON)
    with writing(engine) as connection:
        lift_hold(connection, [key, now], "Lee", NOON)
    erase(engine, now, "Lee", NOON)
    left = unpacked(engine)
    assert found(left) == []
    assert [trace for trace in (key, now, "wait a week", "she is shy", "Oslo") if trace.encode() in left] == []


def test_results_that_are_kept_go_with_the_person(engine: Engine) -> None:
    with writing(engine) as connection:
        keep(connection, "log.csv", (HEAD + LOG).encode(), "Kim", NOON)
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    Results(engine).whole(known, pd.Timestamp(NOON))
    assert held_rows(engine) > 0
    erase(engine, keys(engine)["Zoë Quistgård"], "Lee", NOON)
    assert held_rows(engine) == 0


def test_results_that_are_kept_go_with_contacts_that_are_purged(engine: Engine) -> None:
    with writing(engine) as connection:
        keep(connection, "log.csv", (HEAD + LOG).encode(), "Kim", NOON)
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    Results(engine).whole(known, pd.Timestamp(NOON))
    assert purge(engine, datetime(2026, 3, 4, tzinfo=UTC), "Lee", NOON) == 2
    assert held_rows(engine) == 0


def test_results_that_are_kept_go_with_an_import_that_is_taken_back(engine: Engine) -> None:
    with writing(engine) as connection:
        number = keep(connection, "log.csv", (HEAD + LOG).encode(), "Kim", NOON)
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    Results(engine).whole(known, pd.Timestamp(NOON))
    assert held_rows(engine) > 0
    with writing(engine) as connection:
        take_back(connection, number, "Kim", NOON)
    assert held_rows(engine) == 0


def test_results_that_were_begun_before_an_erasure_are_not_kept_after_it(engine: Engine) -> None:
    with writing(engine) as connection:
        keep(connection, "log.csv", (HEAD + LOG).encode(), "Kim", NOON)
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    slow = Results(engine)
    slow.log(known)
    erase(engine, keys(engine)["Zoë Quistgård"], "Lee", NOON)
    with pytest.raises(StoreError, match="removed for good meanwhile"):
        slow.whole(known, pd.Timestamp(NOON))
    assert held_rows(engine) == 0
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    assert Results(engine).whole(known, pd.Timestamp(NOON)).candidates["candidate"].tolist() == ["Ben Cole"]


def held_rows(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(connection.execute(select(CACHE.c.key)).all())


def keys(engine: Engine) -> dict[str, str]:
    """The key of each candidate by name."""
    with reading(engine) as connection:
        table = result(state(connection), pd.Timestamp(NOON)).candidates
    return dict(zip(table["candidate"], table["candidate_key"], strict=True))
