"""The Help page: each score explained with a receipt of the sample, whatever the reader has loaded."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from analysis.report import FAMILY_TITLES

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"
LOG = "candidate,client,at,sender,receiver,channel,kind\nAna Lind,Acme,2026-03-03,client,candidate,video,interview\n"


def help_page(at: AppTest) -> str:
    at = at.switch_page("views/help.py").run()
    assert not at.exception
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def test_each_score_is_explained_with_a_receipt_of_the_sample() -> None:
    shown = help_page(AppTest.from_file(str(APP), default_timeout=120).run())
    assert shown.count('<section class="ft-family">') == len(FAMILY_TITLES)
    assert all(
        f'<h3 class="ft-h3">{title.replace(chr(39), "&#x27;")}</h3>' in shown for title in FAMILY_TITLES.values()
    )


def test_the_examples_stay_those_of_the_sample_when_own_files_are_loaded() -> None:
    at = AppTest.from_file(str(APP), default_timeout=120).run()
    before = help_page(at)
    at = at.switch_page("views/upload.py").run()
    at = at.file_uploader[0].set_value([("log.csv", LOG.encode(), "text/csv")]).run()
    after = help_page(at)
    receipts = [page.split('<section class="ft-family">')[1:] for page in (before, after)]
    assert receipts[0] == receipts[1]
    assert "Ana Lind" not in after
