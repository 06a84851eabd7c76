"""Results that are kept in the workspace, and corrected without reckoning the whole anew."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete

from analysis.identity import identities
from analysis.policy import default_policy, load_policy
from analysis.portion import Whole, whole
from analysis.reading.raw import RawTable
from dashboard.opening import sample_workspace
from dashboard.sample import sample
from dashboard.store import kept
from dashboard.store import results as module
from dashboard.store.engine import open_engine, reading, writing
from dashboard.store.imports import keep
from dashboard.store.remarks import correct, take_back_correction
from dashboard.store.results import Results, latest_moment
from dashboard.store.sayings import say
from dashboard.store.schema import CACHE
from dashboard.store.state import ANSWERS, State, result, state, why

MONDAY = datetime(2026, 3, 16, 12, tzinfo=UTC)
AS_OF = pd.Timestamp("2026-03-24 09:00", tz="Europe/London")
LOG = """candidate,candidate_email,client,interviewer,at,sender,receiver,channel,kind,note
Ana Lind,ana@mail.example,Acme,Dana Osei,2026-03-10 10:00,,,,interview,
Ana Lind,ana@mail.example,Acme,Dana Osei,2026-03-10 16:00,candidate,client,email,thank_you,Thank you for today
Ana Lind,ana@mail.example,Acme,Dana Osei,2026-03-11 16:00,candidate,client,email,follow_up,Any news?
Ana Lind,ana@mail.example,Acme,Dana Osei,2026-03-12 16:00,candidate,client,email,follow_up,Any news at all?
Ben Ito,ben@mail.example,Acme,Dana Osei,2026-03-11 10:00,,,,interview,
Ben Ito,ben@mail.example,Acme,Dana Osei,2026-03-13 10:00,candidate,client,email,thank_you,Thanks
Ben Ito,ben@mail.example,Acme,Dana Osei,2026-03-13 15:00,client,candidate,email,decision_date,We decide by the 27th
Cleo Bask,cleo@mail.example,Bright,Tom Ray,2026-03-12 10:00,,,,interview,
Cleo Bask,cleo@mail.example,Bright,Tom Ray,2026-03-12 11:00,candidate,client,email,thank_you,Thank you
Cleo Bask,cleo@mail.example,Bright,Tom Ray,2026-03-19 11:00,candidate,client,phone,follow_up,
"""
CHANGES: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("kind", {"kind": "thank_you"}),
    ("kind", {"kind": "logistics"}),
    ("parties", {"sender": "client", "receiver": "candidate"}),
    ("state", {"state": "cancelled"}),
    ("left_out", {}),
    ("asked_for", {}),
    ("moment", {"at": "2026-03-10T18:00:00+00:00", "precision": "evening"}),
    ("application", {"client": "Bright", "job": ""}),
    ("candidate", {"candidate": "Somebody Else"}),
    ("finding", {"finding": "too_early"}),
)


def filled(engine: Engine) -> Engine:
    """A workspace with the log above, complete, of an office in London."""
    with writing(engine) as connection:
        say(connection, ANSWERS, {"zone": "Europe/London", "calendar": "GB-ENG", "route": "direct"}, "Kim", MONDAY)
        keep(connection, "march.csv", LOG.encode(), "Kim", MONDAY, complete={"march.csv": "yes"})
    return engine


def known(engine: Engine, at: datetime | None = None) -> State:
    with reading(engine) as connection:
        return state(connection, at, bodies=False)


def reckoned(engine: Engine) -> Whole:
    """Everything read and reckoned anew, nothing of what is kept."""
    with reading(engine) as connection:
        full = state(connection)
    found = result(full, AS_OF)
    return whole(found, pd.DataFrame(), default_policy().today)


def same(one: Whole, other: Whole) -> None:
    """Whoever is looked at, every figure is the same; the order of the rows is not part of a result."""
    for name in ("candidates", "applications", "findings", "actions", "rounds"):
        mine, theirs = getattr(one, name), getattr(other, name)
        columns = list(mine.columns)
        rows = [sorted(table[columns].astype(str).itertuples(index=False)) for table in (mine, theirs)]
        assert rows[0] == rows[1], name


def contact(engine: Engine, place: int) -> str:
    """What the contact at a place of the log is known by."""
    log = Results(engine).log(known(engine))
    return str(identities(log.contacts)[place])


def test_a_correction_is_in_the_results_without_the_file_being_read_again(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    before = results.whole(known(engine), AS_OF).candidates.set_index("candidate")
    results = Results(engine, never)
    with writing(engine) as connection:
        correct(connection, "left_out", contact_of(results, engine, 3), {}, "Kim", MONDAY + timedelta(days=1))
    after = results.whole(known(engine), AS_OF).candidates.set_index("candidate")
    assert after.loc["Ana Lind", "over_contact"] > before.loc["Ana Lind", "over_contact"]
    pd.testing.assert_series_equal(after.loc["Cleo Bask"], before.loc["Cleo Bask"])
    same(results.whole(known(engine), AS_OF), reckoned(engine))


def test_a_workspace_that_is_opened_again_shows_what_was_kept(engine: Engine) -> None:
    filled(engine)
    first = Results(engine).whole(known(engine), AS_OF)
    again = Results(engine, never).whole(known(engine), AS_OF)
    for name in ("candidates", "applications", "findings", "said", "rounds"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(first, name), check_dtype=False)
    assert (again.as_of, again.policy, again.contacts, again.newest) == (
        first.as_of,
        first.policy,
        first.contacts,
        first.newest,
    )
    assert latest_moment(engine, known(engine)) == AS_OF
    assert latest_moment(engine, known(engine), least=1_000) is None


def test_results_that_were_kept_before_there_were_rounds_are_worked_out_anew(engine: Engine) -> None:
    filled(engine)
    first = Results(engine).whole(known(engine), AS_OF)
    with writing(engine) as connection:
        connection.execute(delete(CACHE).where(CACHE.c.key.endswith(":rounds")))
    again = Results(engine).whole(known(engine), AS_OF)
    assert len(again.rounds) == 3
    same(again, first)


def test_several_candidates_at_once_are_what_each_is_alone(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    keys = list(results.whole(known(engine), AS_OF).candidates["candidate_key"])[:2]
    together = results.several(known(engine), AS_OF, keys)
    assert set(together.candidates["candidate_key"]) == set(keys)
    for key in keys:
        alone = results.candidate(known(engine), AS_OF, key)
        mine = together.rows[together.rows["candidate_key"] == key]
        told = ["family", "rule", "measured", "candidate_points"]
        pd.testing.assert_frame_equal(mine[told].reset_index(drop=True), alone.rows[told].reset_index(drop=True))


def test_a_correction_that_is_taken_back_leaves_everything_as_it_was(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    before = results.whole(known(engine), AS_OF)
    for what, told in CHANGES:
        with writing(engine) as connection:
            number = correct(connection, what, contact(engine, 1), told, "Kim", MONDAY + timedelta(days=1))
        results.whole(known(engine), AS_OF)
        with writing(engine) as connection:
            take_back_correction(connection, number, "Kim", MONDAY + timedelta(days=2))
        same(results.whole(known(engine), AS_OF), before)


def test_what_holds_for_a_client_reaches_the_others_in_process_there(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    results.whole(known(engine), AS_OF)
    with writing(engine) as connection:
        correct(connection, "kind", contact(engine, 6), {"kind": "no_calls"}, "Kim", MONDAY + timedelta(days=1))
    same(results.whole(known(engine), AS_OF), reckoned(engine))


def test_the_page_of_one_candidate_shows_the_same_as_the_whole(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    everybody = results.whole(known(engine), AS_OF).candidates
    for key in everybody["candidate_key"]:
        alone = results.candidate(known(engine), AS_OF, key)
        mine = everybody[everybody["candidate_key"] == key].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone.candidates.reset_index(drop=True), mine, check_dtype=False)
        assert set(alone.contacts["candidate"]) == set(mine["candidate"])


def test_why_it_changed_is_told_the_same_from_what_is_kept(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    everybody = results.whole(known(engine), AS_OF).candidates.set_index("candidate")
    key = str(everybody.loc["Ana Lind", "candidate_key"])
    before, after = MONDAY + timedelta(hours=1), MONDAY + timedelta(days=3)
    with writing(engine) as connection:
        correct(connection, "asked_for", contact(engine, 2), {}, "Kim", MONDAY + timedelta(days=1))
    moments = AS_OF - pd.Timedelta(days=4), AS_OF
    told = results.why(key, before, after, moments)
    read = why(engine, key, before, after, (moments[0].to_pydatetime(), moments[1].to_pydatetime()))
    assert told["over_contact"].parts["points"].abs().sum() > 0
    assert told.keys() == read.keys()
    for family, change in told.items():
        pd.testing.assert_frame_equal(change.parts, read[family].parts)


def test_another_policy_is_tried_and_nothing_of_it_is_kept(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    before = results.whole(known(engine), AS_OF)
    strict = load_policy("[thank_you.hours]\nvalue = [[1, 100], [2, 50]]\n")
    tried = results.under(known(engine), AS_OF, strict).candidates.set_index("candidate")
    assert tried.loc["Ben Ito", "thank_you"] < before.candidates.set_index("candidate").loc["Ben Ito", "thank_you"]
    same(Results(engine, never).whole(known(engine), AS_OF), before)


def test_a_later_moment_is_worked_out_beside_what_goes_on_and_kept(engine: Engine) -> None:
    filled(engine)
    results = Results(engine)
    results.whole(known(engine), AS_OF)
    results.refresh(known(engine), AS_OF + pd.Timedelta(hours=1))
    until = time.monotonic() + 60
    while latest_moment(engine, known(engine)) == AS_OF and time.monotonic() < until:
        time.sleep(0.1)
    assert latest_moment(engine, known(engine)) == AS_OF + pd.Timedelta(hours=1)
    same(Results(engine, never).whole(known(engine), AS_OF), reckoned(engine))


def test_however_many_pages_ask_one_process_at_a_time_brings_the_workspace_up_to_date(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(engine)
    results, going, started = Results(engine), threading.Event(), []

    def slowly(_: Engine, as_of: pd.Timestamp) -> bool:
        started.append(as_of)
        return going.wait(30)

    monkeypatch.setattr(module, "refresh_apart", slowly)
    later = AS_OF + pd.Timedelta(hours=1)
    for n in range(5):
        with writing(engine) as connection:
            correct(connection, "asked_for", f"{n:064d}", {}, "Kim", MONDAY + timedelta(minutes=n))
        results.refresh(known(engine), later)
    going.set()
    until = time.monotonic() + 30
    while threading.active_count() > 1 and "refresh" in {t.name for t in threading.enumerate()}:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert started == [later]
    results.refresh(known(engine), later + pd.Timedelta(hours=1))
    assert len(started) == 2


def test_bringing_it_up_to_date_ends_with_the_dashboard_that_began_it() -> None:
    waits = "import time; from dashboard.store.refreshing import end_with_starter as end; end(); time.sleep(300)"
    with subprocess.Popen([sys.executable, "-c", waits], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=120) == 1


def test_what_another_version_of_the_software_kept_is_not_used(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(engine)
    Results(engine).whole(known(engine), AS_OF)
    monkeypatch.setattr(kept, "software", lambda: "the next version")
    assert latest_moment(engine, known(engine)) is None
    with pytest.raises(AssertionError, match="read again"):
        Results(engine, never).whole(known(engine), AS_OF)


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Results]]:
    """One workspace for all drawn corrections, each on top of the ones before."""
    engine = filled(open_engine(str(tmp_path_factory.mktemp("drawn") / "workspace.db")))
    yield engine, Results(engine)
    engine.dispose()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 9), change=st.sampled_from(CHANGES))
def test_whatever_is_corrected_the_results_are_those_of_a_whole_reckoning(
    agency: tuple[Engine, Results], place: int, change: tuple[str, Mapping[str, object]]
) -> None:
    engine, results = agency
    what, told = change
    with writing(engine) as connection:
        correct(connection, what, contact(engine, place), told, "Kim", datetime.now(UTC))
    same(results.whole(known(engine), AS_OF), reckoned(engine))


def test_a_family_set_aside_for_a_candidate_of_the_sample_gives_what_a_whole_reckoning_gives() -> None:
    agency = sample()
    engine = sample_workspace(agency)
    results = Results(engine)
    key = str(results.whole(known(engine), agency.as_of).candidates["candidate_key"].iloc[3])
    with writing(engine) as connection:
        correct(connection, "accommodation", key, {"family": "timing"}, "Kim", datetime.now(UTC))
    after = results.whole(known(engine), agency.as_of)
    with reading(engine) as connection:
        found = result(state(connection), agency.as_of)
    mine = after.candidates.sort_values("candidate_key", ignore_index=True)
    theirs = found.candidates.sort_values("candidate_key", ignore_index=True)
    pd.testing.assert_frame_equal(mine, theirs, check_dtype=False)
    assert pd.isna(mine.set_index("candidate_key").loc[key, "timing"])


def never(data: bytes, name: str) -> Iterable[RawTable]:
    raise AssertionError(f"{name} was read again")


def contact_of(results: Results, engine: Engine, place: int) -> str:
    """The same from results that must not read the file."""
    return str(identities(results.log(known(engine)).contacts)[place])
