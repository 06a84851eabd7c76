"""The pages as a reader meets them, without a browser: what stands on them, what a click changes, what stays text."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from contact_logs import HOSTILE_NAMES, TOO_EARLY, hostile_log
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"


def opened() -> AppTest:
    """The dashboard as on a first start."""
    return AppTest.from_file(str(APP), default_timeout=60).run()


def caseload() -> AppTest:
    """The caseload on a first start."""
    return opened().switch_page("views/caseload.py").run()


def uploaded(*files: tuple[str, str]) -> AppTest:
    """The dashboard's Upload page after files were dropped on it."""
    at = opened().switch_page("views/upload.py").run()
    return at.file_uploader[0].set_value([(n, text.encode(), "text/csv") for n, text in files]).run()


def html(at: AppTest) -> str:
    """All HTML on the page."""
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def sound(at: AppTest) -> AppTest:
    """The page, after making sure that nothing on it failed."""
    assert not at.exception
    return at


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def test_the_first_start_shows_the_sample_agency_marked_as_a_sample() -> None:
    at = sound(opened())
    assert "Sample: an invented agency" in html(at)
    assert len(sound(caseload()).dataframe[0].value) > 50


@pytest.mark.parametrize("view", ["views/today.py", "views/caseload.py", "views/candidate.py"])
def test_every_page_with_scores_says_what_it_is_for(view: str) -> None:
    at = sound(opened().switch_page(view).run())
    if view == "views/candidate.py":
        at = sound(at.selectbox[0].select_index(0).run())
    assert "An aid for coaching, not for selecting people." in html(at)


def test_the_caseload_is_sorted_by_name_and_not_by_score() -> None:
    names = [str(n).casefold() for n in sound(caseload()).dataframe[0].value["candidate"]]
    assert names == sorted(names)


def test_a_candidate_without_enough_evidence_has_an_empty_score_and_keeps_the_place_of_the_name() -> None:
    table = sound(caseload()).dataframe[0].value
    unscored = table["overall"].isna()
    assert unscored.any()
    assert not unscored.tail(int(unscored.sum())).all()
    assert set(table.loc[unscored, "band"]) == {"not scored"}


def test_the_search_narrows_the_table_to_the_names_looked_for() -> None:
    at = sound(caseload())
    name = str(at.dataframe[0].value["candidate"].iloc[0])
    at = sound(at.text_input(key="search").set_value(name).run())
    assert list(at.dataframe[0].value["candidate"]) == [name]


def test_a_filter_that_nothing_fits_says_so_and_shows_no_table() -> None:
    at = sound(caseload().text_input(key="search").set_value("nobody of that name").run())
    assert not at.dataframe
    assert "No candidate fits these filters" in html(at)


def test_an_uploaded_file_takes_the_place_of_the_sample() -> None:
    at = sound(uploaded(("log.csv", TOO_EARLY)))
    assert "Sample: an invented agency" not in html(at)
    assert "log.csv" in html(at)
    assert "3 contacts" in html(at)
    at = sound(at.switch_page("views/caseload.py").run())
    assert list(at.dataframe[0].value["candidate"]) == ["Cleo Marsh"]


def test_several_files_are_told_apart_and_the_same_content_is_added_once() -> None:
    other = TOO_EARLY.replace("Cleo Marsh", "Dov Adler")
    at = sound(uploaded(("log.csv", TOO_EARLY), ("log.csv", other), ("again.csv", TOO_EARLY)))
    assert "log.csv (2)" in html(at)
    assert "again.csv is in the workspace already, as log.csv; it adds nothing" in html(at)
    assert sum(b.label == "Remove" for b in at.button) == 2
    at = sound(at.switch_page("views/caseload.py").run())
    assert list(at.dataframe[0].value["candidate"]) == ["Cleo Marsh", "Dov Adler"]


def test_a_deduction_stands_with_its_sum_its_reason_and_its_line() -> None:
    at = sound(uploaded(("log.csv", TOO_EARLY)))
    at = sound(at.switch_page("views/candidate.py").run())
    at = sound(at.selectbox[0].select_index(0).run())
    # RULES: one business day before the date is 50 points
    assert "100 − 50 = 50" in html(at)
    assert "The first follow-up came too early" in html(at)
    assert "log.csv:4" in html(at)
    assert "Let their date pass (or about a week), then check in." in html(at)


def test_the_address_holds_an_opaque_key_and_no_name() -> None:
    at = sound(opened().switch_page("views/candidate.py").run())
    name = at.selectbox[0].options[0]
    at = sound(at.selectbox[0].select_index(0).run())
    key = str(at.query_params["candidate"])
    assert not any(part.casefold() in key.casefold() for part in name.replace(",", "").split())
    assert name in html(at)


def test_an_address_of_somebody_who_is_not_in_the_files_asks_to_choose() -> None:
    at = opened()
    at.query_params["candidate"] = "nobody"
    at = sound(at.switch_page("views/candidate.py").run())
    assert "hold no such candidate" in html(at)


def test_with_no_file_every_page_says_what_would_fill_it() -> None:
    at = opened().switch_page("views/upload.py").run()
    at = sound(at.button(key="clear").click().run())
    assert "No file is loaded" in html(at)
    for view in ("views/caseload.py", "views/candidate.py"):
        at = sound(at.switch_page(view).run())
        assert "No files are loaded" in html(at)
    at = at.switch_page("views/upload.py").run()
    at = sound(at.button(key="sample").click().run())
    assert "Sample: an invented agency" in html(at)


def test_saying_that_a_file_is_complete_changes_what_absence_means() -> None:
    only_interview = "\n".join(TOO_EARLY.splitlines()[:2]) + "\n"
    at = sound(uploaded(("log.csv", only_interview)))
    at.datetime_input[0].set_value(datetime(2026, 4, 15, 12, 0)).run()
    seen = sound(at.switch_page("views/candidate.py").run().selectbox[0].select_index(0).run())
    assert "cannot see" in html(seen)
    at = seen.switch_page("views/upload.py").run()
    at = sound(at.button_group[0].set_value("yes").run()) if at.button_group else at
    told = sound(at.switch_page("views/candidate.py").run().selectbox[0].select_index(0).run())
    assert "No thank-you was sent" in html(told)


def test_unknown_columns_are_guessed_shown_and_can_be_corrected() -> None:
    text = (
        "Person,Company,Happened,What,Remark\n"
        "Ana Diaz,Acme,2026-03-03 10:00,Interview,went well\n"
        "Ana Diaz,Acme,2026-03-03 19:00,Thank you,sent a note\n"
    )
    at = sound(uploaded(("own.csv", text)))
    assert "Columns were guessed" in html(at)
    columns = [box for box in at.selectbox if box.label.startswith("Column ")]
    assert len(columns) == 5
    assert columns[0].value == "candidate"
    columns[4].set_value("ignore")
    at = sound(next(b for b in at.button if b.label == "Use these columns, and remember them").click().run())
    assert "Read by the columns you confirmed" in html(at)


def test_what_was_set_aside_is_counted_explained_and_can_be_downloaded() -> None:
    broken = TOO_EARLY + "Cleo Marsh,Acme,direct,,,the day after,,candidate,client,email,follow_up,,,hello\n"
    at = sound(uploaded(("log.csv", broken)))
    assert "1 set aside" in html(at)
    assert "Line 5 of log.csv" in html(at)
    assert [b.label for b in at.get("download_button")] == ["Download these rows to correct"]


def test_a_file_that_cannot_be_read_is_a_sentence_and_the_others_are_still_there() -> None:
    at = opened().switch_page("views/upload.py").run()
    files = [("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "text/csv"), ("log.csv", TOO_EARLY.encode(), "text/csv")]
    at = sound(at.file_uploader[0].set_value(files).run())
    assert "could not be read" in html(at)
    assert "3 contacts" in html(at)


def test_removing_one_file_leaves_the_others() -> None:
    other = TOO_EARLY.replace("Cleo Marsh", "Dov Adler")
    at = sound(uploaded(("one.csv", TOO_EARLY), ("two.csv", other)))
    at = sound(next(b for b in at.button if b.label == "Remove").click().run())
    assert "one.csv" not in html(at)
    assert "two.csv" in html(at)


def test_hostile_names_and_notes_stay_text_on_every_page() -> None:
    at = sound(uploaded(("![x](https://evil.example/f.png).csv", hostile_log())))
    pages = [html(at)]
    at = sound(at.switch_page("views/caseload.py").run())
    assert set(at.dataframe[0].value["candidate"]) == set(HOSTILE_NAMES)
    pages.append(html(at))
    at = at.switch_page("views/candidate.py").run()
    for number in range(len(HOSTILE_NAMES)):
        at = sound(at.selectbox[0].select_index(number).run())
        pages.append(html(at))
        assert not [m.value for m in at.markdown if "evil.example" in m.value]
        for chart in at.get("plotly_chart"):
            assert "<script" not in chart.proto.spec
            assert "<img" not in chart.proto.spec
    assert not any("<script>" in page for page in pages)
    assert not any("<img src=https://evil" in page for page in pages)
    assert any("&lt;img src=https://evil" in page for page in pages)


@pytest.mark.parametrize("text", ["candidate,client,at,kind\n", "Dear team,\nnothing at all.\nRegards, Bob\n"])
def test_files_without_a_single_candidate_leave_every_page_whole(text: str) -> None:
    at = sound(uploaded(("log.csv", text)))
    at = sound(at.switch_page("views/caseload.py").run())
    assert "The files hold no candidate." in html(at)
    sound(at.switch_page("views/candidate.py").run())


def test_an_answer_about_day_and_month_can_be_changed_afterwards() -> None:
    text = "Applicant,Company,When,How,What happened\nAna Diaz,Acme,3/11/2026 10:00,in person,Interview with Dana\n"
    at = sound(uploaded(("own.csv", text)))
    for order in ("dmy", "mdy"):
        at = sound(next(r for r in at.radio if r.label == "Which dates are meant?").set_value(order).run())
        assert next(r for r in at.radio if r.label == "Which dates are meant?").value == order


def test_a_column_called_what_happened_is_read_as_the_note() -> None:
    text = "Applicant,Company,When,How,What happened\nAna Diaz,Acme,2026-11-03 10:00,in person,Interview with Dana\n"
    at = sound(uploaded(("own.csv", text)))
    assert "Layout not known: its columns were guessed" in html(at)
    assert "What happened = the note or text" in html(at)


@pytest.mark.parametrize(("many", "periods"), [(3, 0), (300, 1)])
def test_a_long_history_is_offered_in_periods_and_a_short_one_whole(many: int, periods: int) -> None:
    head = "candidate,client,route,at,sender,receiver,channel,kind\n"
    days = [datetime(2025, 3, 3, 10) + timedelta(days=n) for n in range(many)]
    lines = [f"Ana Lind,Acme,direct,{day:%Y-%m-%d %H:%M},candidate,client,email,follow_up" for day in days]
    met = "Ana Lind,Acme,direct,2025-03-01 10:00,client,candidate,video,interview"
    at = sound(uploaded(("log.csv", head + "\n".join([met, *lines]) + "\n")).switch_page("views/candidate.py").run())
    (box,) = [s for s in at.selectbox if s.label == "Candidate"]
    at = sound(box.select_index(0).run())
    assert len([s for s in at.selectbox if s.label == "Period"]) == periods
    assert "Choose a mark to see what it cost" in html(at)
