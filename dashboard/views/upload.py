"""Files in: what each was recognised as, what was read and set aside, and the questions that remain."""

from __future__ import annotations

from dashboard import parts, session
from dashboard.uploading import cards, dropping, found, general, kept

parts.heading("Upload")
now = session.workspace()
if now.is_sample:
    parts.quiet(
        "The sample agency is loaded: invented people, so that you can look around. Your first file takes its place."
    )
else:
    parts.quiet(
        "Several files at once are welcome. Nothing leaves this machine; files stay in this browser session only."
    )
dropping.drop()
dropping.buttons()
if session.workspace().uploads:
    general.questions()
    parts.heading("File by file", 2)
    for account in session.checked().files:
        cards.card(account)
    found.problems()
else:
    parts.quiet("No file is loaded. What was read, what was set aside and why will be listed here.")
kept.remembered()
