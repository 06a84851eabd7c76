"""Whatever stands in the cells of a known export, nothing is raised and every row ends somewhere."""

from __future__ import annotations

import csv
import io
from random import Random

import pytest

from analysis.checked import Answers
from analysis.formats.profile import Profile, profiles
from analysis.loading import load

CELLS = (
    *("", "", "", "x", "0", "1", "No", "Yes", "-", "\u00a0", "'+15550100", "6.53E+15", "(", ")", ";;", "##", "<>"),
    *("a@b", "May Lind (may@example.com)", "Lind, May", '"May" <may@example.com>;dana@client.example', "/O=X/CN=Y"),
    *("101", "2026-03-03", "3/4/2026", "03.04.2026 10:00", "2026-03-03T10:00:00Z", "99/99/9999", "24:61", "10:00"),
    *("1770000000000", "in", "Outbound", "internal", "Completed", "Open", "Voicemail", "Canceled:", "Total"),
    *("Interview: May Lind / Acme", "To: a@b.example Body: hello", "<p>Hi<br/>there</p>", "-0:30:00", "NaN"),
    *("9" * 40, "Group (3)", "\U0001f600", "é\u0301"),
)


def export(profile: Profile, random: Random) -> bytes:
    """An export with the header of a layout and cells of any kind."""
    columns = [h for h in profile.columns if h not in profile.same] or ["Name", "Interview Date", "1st Follow Up"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for _ in range(random.randint(1, 12)):
        writer.writerow([random.choice(CELLS) for _ in columns])
    return out.getvalue().encode()


@pytest.mark.parametrize("profile", profiles(), ids=lambda p: p.name)
def test_any_cells_under_a_known_header_are_loaded_without_a_crash(profile: Profile) -> None:
    random = Random(profile.name)
    for n in range(2):
        data = export(profile, random)
        log = load([("export.csv", data)], Answers(zone=random.choice(("Europe/Berlin", "America/New_York"))))
        account = log.files[0]
        assert account.contacts == len(log.contacts), n
        assert account.undated == len(log.undated)
        assert account.set_aside == len(log.set_aside)
        assert set(log.contacts["line"]) <= set(range(2, account.lines + 1))
