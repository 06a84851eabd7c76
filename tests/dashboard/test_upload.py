"""The Upload page: what is asked and what is not, what is remembered, and what is said about files that hold no log."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import mappings

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"


def uploaded(*files: tuple[str, bytes | str]) -> AppTest:
    """The Upload page of a new session after files were dropped on it."""
    at = AppTest.from_file(str(APP), default_timeout=60).run().switch_page("views/upload.py").run()
    given = [(n, data.encode() if isinstance(data, str) else data, "text/csv") for n, data in files]
    return sound(at.file_uploader[0].set_value(given).run())


def sound(at: AppTest) -> AppTest:
    """The page, after making sure that nothing on it failed."""
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    """All HTML on the page."""
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def asked(at: AppTest, label: str) -> int:
    return sum(radio.label == label and radio.value is None for radio in at.radio)


TYPED = "Candidate,Created,Remarks\nMay Lind,2026-11-03 10:00,called\nMay Lind,2026-11-04 10:00,called again\n"


def test_whether_a_time_is_that_of_typing_is_asked_once() -> None:
    at = uploaded(("typed.csv", TYPED))
    assert asked(at, "What does this time tell?") == 1
    assert "Only the time of typing is known" in html(at)
    at = sound(next(r for r in at.radio if r.label == "What does this time tell?").set_value("contact").run())
    assert asked(at, "What does this time tell?") == 0
    assert "Only the time of typing is known" not in html(at)
    later = uploaded(("typed again.csv", TYPED.replace("May", "Ana")))
    assert asked(later, "What does this time tell?") == 0
    assert "As you told us on " in html(later)


def test_a_clear_file_is_asked_nothing_but_whether_it_is_complete() -> None:
    text = "candidate,client,client_zone,at,kind\nMay Lind,Acme,America/Detroit,2026-11-03 10:00,interview\n"
    at = uploaded(("log.csv", text))
    assert not at.radio
    assert "to check, see below" not in html(at)
    assert "What was found" not in html(at)
    assert "Times without a zone" not in html(at)


def test_the_files_without_a_zone_are_named_where_it_is_asked_for() -> None:
    at = uploaded(("log.csv", "candidate,client,at,kind\nMay Lind,Acme,2026-11-03 10:00,interview\n"))
    assert "Times without a zone stand in log.csv" in html(at)


def test_what_was_said_can_be_forgotten_for_this_and_every_later_file() -> None:
    at = uploaded(("typed.csv", TYPED))
    at = sound(next(r for r in at.radio if r.label == "What does this time tell?").set_value("logged").run())
    assert len(mappings.load().mappings) == 1
    at = sound(next(b for b in at.button if b.label == "Forget it").click().run())
    assert mappings.load().mappings == {}
    assert asked(at, "What does this time tell?") == 1


def test_a_table_without_a_header_is_not_remembered_because_others_look_alike() -> None:
    rows = "".join(f"May Lind,2026-11-0{n} 10:00,called about the job\n" for n in range(1, 6))
    at = uploaded(("bare.csv", rows))
    assert "No header row" in html(at)
    at = sound(next(b for b in at.button if b.label == "Use these columns").click().run())
    assert "(for this session only)" in html(at)
    assert mappings.load().mappings == {}


def test_damaged_mappings_are_said_and_stop_nothing(data_folder: Path) -> None:
    (data_folder / mappings.NAME).write_text("{", "utf-8")
    at = uploaded(("typed.csv", TYPED))
    assert "Your saved mappings were damaged and none is used." in html(at)
    assert "2 contacts" in html(at)


def test_rows_without_a_date_have_a_place_of_their_own_with_what_to_do() -> None:
    text = "candidate,client,at,kind\nMay Lind,Acme,2026-11-03 10:00,interview\nMay Lind,Acme,,follow_up\n"
    at = uploaded(("log.csv", text))
    assert "1 without a date" in html(at)
    assert [box.label for box in at.expander if "without a date" in box.label] == ["The 1 row without a date"]
    assert "write the date into the file to correct" in html(at)


def test_files_that_hold_no_log_are_named_for_what_they_are() -> None:
    at = uploaded(
        ("photo.csv", b"\x89PNG\r\n\x1a\n\0\0"),
        ("report.csv", b"%PDF-1.7\n"),
        ("setup.csv", b"MZ\x90\0\x03\0\0\0"),
        ("empty.csv", b""),
        ("log.csv", "candidate,at,kind\nMay Lind,2026-11-03,reply\n"),
    )
    page = html(at)
    for title in ("A picture", "A PDF", "A program", "The file is empty"):
        assert title in page
    assert page.count("could not be read") == 4
    assert "1 contact<" in page


def press(at: AppTest, label: str) -> AppTest:
    return sound(next(button for button in at.button if button.label == label).click().run())


def test_leaving_the_sample_takes_nothing_from_the_workspace() -> None:
    at = uploaded(("typed.csv", TYPED), ("again.csv", TYPED.replace("May", "Ana")))
    at = press(at, "Look at the sample")
    at = press(at, "Remove all files")
    assert "typed.csv" in html(at)
    assert "again.csv" in html(at)
