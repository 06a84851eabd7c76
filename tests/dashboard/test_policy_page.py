"""The Policy and Clients pages without a browser: files of policies, empty workspaces, hostile texts, days away."""

from __future__ import annotations

from pathlib import Path

import pytest
from contact_logs import HOSTILE_NAMES, hostile_log
from streamlit.testing.v1 import AppTest

from analysis.policy import default_policy

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"
HOSTILE = HOSTILE_NAMES[1]
FILE = f'title = "{HOSTILE}"\n[bands.strong]\nvalue = 99\n'
AWAY = """
from dashboard import parts, session, settings_form
for sentence in (*session.problems(), *session.said()):
    parts.done(sentence)
table = session.whole().candidates
row = table[table["candidate"] == "Ana Ferreira"].iloc[0]
parts.quiet(f"calendar {session.workspace().known.settings.candidates}")
settings_form.candidate(str(row["candidate_key"]))
"""


def page(view: str) -> AppTest:
    return sound(AppTest.from_file(str(APP), default_timeout=120).run().switch_page(f"views/{view}.py").run())


def sound(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def brought(at: AppTest, text: bytes) -> AppTest:
    return sound(at.file_uploader[0].set_value([("policy.toml", text, "application/toml")]).run())


def test_every_number_stands_in_a_group_that_can_be_opened() -> None:
    at = page("policy")
    titles = [box.label for box in at.expander]
    assert titles[0] == "Thank-you promptness · 11 numbers"
    assert sum(int(title.split(" · ")[1].split()[0]) for title in titles) == len(default_policy().records)


def test_a_policy_comes_from_a_file_is_looked_at_saved_and_stays_text() -> None:
    at = brought(page("policy"), FILE.encode())
    at = sound(at.button(key="take-file").click().run())
    assert "Who would move" in html(at)
    assert "Words for points" in html(at)
    assert at.text_input[0].value == HOSTILE
    at = sound(next(b for b in at.button if b.label.startswith("Save, and score")).click().run())
    shown = html(at)
    assert "<img src=https://evil" not in shown
    assert "&lt;img src=https://evil" in shown
    assert f"{default_policy().version}+" in shown
    at = sound(at.button(key="go-back-0").click().run())
    at = sound(next(b for b in at.button if b.label.startswith("Save, and score")).click().run())
    assert f"names its version: {default_policy().version}." in html(at)


def test_a_policy_without_a_name_is_not_saved() -> None:
    at = brought(page("policy"), b"[bands.strong]\nvalue = 99\n")
    at = sound(at.button(key="take-file").click().run())
    at = sound(next(b for b in at.button if b.label.startswith("Save, and score")).click().run())
    assert "Give it a name first" in html(at)
    at = sound(at.button(key="drop").click().run())
    assert "nobody changed a number yet" in html(at)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"[bands.strong]\nvalue = 101\n", "must lie between 0 and 100"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b"[bands.strong]\nvalue = 90\n", "holds the numbers that count already"),
    ],
)
def test_a_file_that_cannot_be_used_or_changes_nothing_says_so(text: bytes, says: str) -> None:
    assert says in html(brought(page("policy"), text))


def test_without_files_the_pages_say_what_would_fill_them() -> None:
    at = page("upload")
    at = sound(at.button(key="clear").click().run())
    at = sound(at.switch_page("views/clients.py").run())
    assert "every client in it stands here" in html(at)
    at = sound(at.switch_page("views/policy.py").run())
    assert "Only the article's defaults so far" in html(at).replace("&#x27;", "'")
    at = sound(brought(at, FILE.encode()).button(key="take-file").click().run())
    assert "nobody can move yet" in html(at)


def test_hostile_names_of_clients_stay_text() -> None:
    at = page("upload")
    at = sound(at.file_uploader[0].set_value([("log.csv", hostile_log().encode(), "text/csv")]).run())
    at = sound(at.switch_page("views/clients.py").run())
    for number in range(len(HOSTILE_NAMES)):
        at = sound(at.selectbox(key="client").select_index(number).run())
        assert "<img src=https://evil" not in html(at)
        assert not [m.value for m in at.markdown if "evil.example" in m.value]


def test_a_candidates_time_zone_is_said_beside_their_days_away_and_counts_at_once() -> None:
    at = AppTest.from_string(AWAY, default_timeout=120).run()
    key = next(k for k in (box.key for box in at.expander) if k)
    at.session_state[key] = True
    at = sound(at.run())
    zone = next(box for box in at.selectbox if box.label == "Where they live")
    zone.set_value("Europe/Berlin")
    at = sound(next(b for b in at.button if b.label == "Save").click().run())
    assert "Kept; the scores count it from now on." in html(at)
    assert "Europe/Berlin" in html(at)
