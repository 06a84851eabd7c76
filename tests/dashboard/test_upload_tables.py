"""An upload with several tables on the Upload page: a card for each, and one way out for all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"
MAY = "candidate,at,kind\nMay Lind,2026-03-02,interview\n"
SAM = "candidate,at,kind\nSam Poe,2026-03-03,interview\n"


def test_every_table_of_an_archive_has_a_card_and_goes_with_the_others() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (("may.csv", MAY), ("sam.csv", SAM), ("cv.pdf", "%PDF-1.7")):
            archive.writestr(name, text)
    at = AppTest.from_file(str(APP), default_timeout=60).run().switch_page("views/upload.py").run()
    at = at.file_uploader[0].set_value([("all.zip", out.getvalue(), "application/zip")]).run()
    assert not at.exception
    page = "\n".join(str(block.proto.body) for block in at.get("html"))
    for part in ("may.csv", "sam.csv", "cv.pdf"):
        assert f"all.zip › {part}" in page
    away = [button for button in at.button if button.label == "Remove"]
    assert len(away) == 3
    at = away[1].click().run()
    assert not at.exception
    assert [button for button in at.button if button.label == "Remove"] == []
