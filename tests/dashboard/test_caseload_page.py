"""The caseload as a reader meets it: narrowed, in pages where it is long, week by week, and taken away as a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from contact_logs import HOSTILE_NAMES, TOO_EARLY, hostile_log
from drawn import settled
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from dashboard.caseload import taking

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"
MANY = 230


def caseload() -> AppTest:
    """The caseload of the sample agency."""
    return sound(AppTest.from_file(str(APP), default_timeout=60).run().switch_page("views/caseload.py").run())


def of(log: str) -> AppTest:
    """The caseload of one file."""
    at = AppTest.from_file(str(APP), default_timeout=60).run().switch_page("views/upload.py").run()
    at = at.file_uploader[0].set_value([("log.csv", log.encode(), "text/csv")]).run()
    return sound(at.switch_page("views/caseload.py").run())


def sound(at: AppTest) -> AppTest:
    """The page, after making sure that nothing on it failed."""
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def names(at: AppTest) -> list[str]:
    """The candidates in the table, as they stand."""
    return list(at.dataframe[0].value["candidate"])


def many() -> str:
    """One interview each, at one of three clients for one of two jobs."""
    head = "candidate,candidate_email,client,job,recruiter,at,ended_at,sender,receiver,channel,kind\n"
    return head + "".join(
        f"Person {n:03},p{n}@example.com,{('Acme', 'Borealis', 'Cobalt')[n % 3]},{('Welder', 'Planner')[n % 2]},Bell,"
        f"2026-03-{n % 28 + 1:02} 10:00,2026-03-{n % 28 + 1:02} 11:00,client,candidate,in_person,interview\n"
        for n in range(MANY)
    )


@pytest.fixture(scope="module")
def long_list() -> str:
    return many()


def test_a_caseload_of_up_to_a_hundred_is_one_table_without_pages() -> None:
    at = caseload()
    assert len(at.pagination) == 0
    assert len(names(at)) == len(at.dataframe[0].value) <= 100


def test_a_longer_caseload_is_turned_page_by_page_and_every_candidate_is_on_one(long_list: str) -> None:
    at = of(long_list)
    seen = names(at)
    assert len(seen) == 100
    assert "Page 1 of 3: rows 1 to 100." in html(at)
    for number in (2, 3):
        at = sound(at.pagination[0].select(number).run())
        seen += names(at)
    assert "Page 3 of 3: rows 201 to 230." in html(at)
    assert seen == [f"Person {n:03}" for n in range(MANY)]


def test_another_search_or_filter_begins_at_the_first_page(long_list: str) -> None:
    at = sound(of(long_list).pagination[0].select(3).run())
    at = sound(at.multiselect(key="jobs").set_value(["Planner"]).run())
    assert at.pagination[0].value == 1
    assert names(at)[0] == "Person 001"
    assert "115 of 230 candidates" in html(at)
    at = sound(at.text_input(key="search").set_value("acme").run())
    assert len(at.pagination) == 0
    assert len(names(at)) == len([n for n in range(MANY) if n % 2 and n % 3 == 0])


def test_a_period_keeps_those_interviewed_in_it(long_list: str) -> None:
    at = of(long_list)
    at.date_input(key="since").set_value(date(2026, 3, 2))
    at = sound(at.date_input(key="until").set_value(date(2026, 3, 3)).run())
    assert names(at) == [f"Person {n:03}" for n in range(MANY) if n % 28 in (1, 2)]


def test_a_job_and_a_band_narrow_the_table() -> None:
    at = caseload()
    job = at.multiselect(key="jobs").options[0]
    at = sound(at.multiselect(key="jobs").set_value([job]).run())
    assert 0 < len(names(at)) < len(names(caseload()))
    at = caseload()
    at = sound(at.multiselect(key="bands").set_value(["not scored"]).run())
    assert at.dataframe[0].value["overall"].isna().all()


def test_a_reader_may_sort_and_those_without_a_score_never_sink_to_the_bottom() -> None:
    at = sound(caseload().selectbox(key="order").set_value("highest").run())
    scores = at.dataframe[0].value["overall"]
    assert scores.isna().any()
    assert not scores.isna().iloc[-1]
    assert scores.dropna().is_monotonic_decreasing
    assert "no score is neither good nor bad" in at.selectbox(key="order").help


def test_the_weeks_stand_as_a_chart_and_as_a_table_with_the_same_numbers(long_list: str) -> None:
    at = of(long_list)
    assert "Week by week" in html(at)
    assert "230 rounds" in html(at)
    drawn = [chart.proto for chart in at.get("plotly_chart")][-1]
    held = [bar["y"] for bar in json.loads(drawn.spec)["data"]]
    assert len(held) == 3
    # nothing says that the file is complete, so no note is missing and no week has a share
    assert "too few" in html(at)
    assert "thank-you" in drawn.alt


def test_a_list_without_an_interview_says_what_would_fill_the_weeks() -> None:
    head = TOO_EARLY.splitlines()
    at = of("\n".join([head[0], head[3]]) + "\n")
    assert "No interview was held by the candidates in the table" in html(at)


def test_hostile_names_stay_text_in_filters_weeks_and_files() -> None:
    at = of(hostile_log())
    assert set(names(at)) == set(HOSTILE_NAMES)
    for chart in at.get("plotly_chart"):
        assert "<script" not in chart.proto.spec
        assert "<img" not in chart.proto.spec
    assert not [m.value for m in at.markdown if "evil.example" in m.value]
    at = sound(at.multiselect(key="clients").set_value([HOSTILE_NAMES[1]]).run())
    assert names(at) == [HOSTILE_NAMES[1]]
    assert not [key for button in at.download_button if (key := str(button.key)) and "evil" in key]


def test_no_name_and_no_filter_is_in_the_name_of_a_file() -> None:
    assert (taking.LIST_NAME, taking.ONE_NAME) == ("caseload", "candidate")


def test_the_list_and_a_candidate_are_taken_away_as_workbooks_and_a_row_opens_its_candidate(
    page: Page, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "log.csv"
    file.write_text(TOO_EARLY, encoding="utf-8")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name="log.csv", exact=True)).to_be_visible()
    page.get_by_role("link", name="Caseload", exact=True).click()
    expect(page.get_by_role("heading", name="Week by week")).to_be_visible()
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download this list (Excel)").click()
    assert started.value.suggested_filename == "caseload.xlsx"
    taken = CalamineWorkbook.from_path(str(started.value.path()))
    assert taken.sheet_names == ["Candidates", "Deductions", "About"]
    assert taken.get_sheet_by_name("Candidates").to_python()[1][0] == "Cleo Marsh"
    assert ["Cleo Marsh", "Acme"] in [row[:2] for row in taken.get_sheet_by_name("Deductions").to_python()]
    assert ["Candidates", "1 of 1"] in taken.get_sheet_by_name("About").to_python()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download this list (CSV)").click()
    assert "Cleo Marsh" in started.value.path().read_text("utf-8-sig")
    # the grid is drawn on a canvas: its first row's box is clicked by place
    grid = page.get_by_test_id("stDataFrame")
    page.wait_for_timeout(1000)
    grid.click(position={"x": 18, "y": 52})
    expect(page.get_by_role("heading", name="Cleo Marsh")).to_be_visible()
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as a workbook (Excel)").click()
    assert started.value.suggested_filename == "candidate.xlsx"
    book = CalamineWorkbook.from_path(str(started.value.path()))
    assert book.sheet_names == ["Scores", "Deductions", "Contacts", "About"]
    assert "log.csv:4" in [row[-1] for row in book.get_sheet_by_name("Contacts").to_python()]
