"""Writes the table of docs/accessibility.md: what axe-core finds on every page of the sample agency.

    python docs/axe.py

Needs the libraries of the tests and a Chromium.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests" / "dashboard")]

from axed import NAMED, SCHEMES, WIDTHS, context, drawn, ours, places, violations  # noqa: E402
from browsing import chromium, serving  # noqa: E402

PAGE = Path(__file__).with_name("accessibility.md")
START, END = "<!-- table -->", "<!-- end -->"


def main() -> None:
    """Look at every page and write the table."""
    lines = ["| page | " + " | ".join(f"{w} px, {s}" for w in WIDTHS for s in SCHEMES) + " |"]
    lines.append("| --- |" + " --- |" * (len(WIDTHS) * len(SCHEMES)))
    rows: dict[str, list[str]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "workspace.db") as address,
        chromium() as browser,
    ):
        with context(browser, 1440, "light") as desk:
            paths = places(desk.new_page(), address)
        for width in WIDTHS:
            for scheme in SCHEMES:
                with context(browser, width, scheme) as reader:
                    page = reader.new_page()
                    page.set_default_timeout(60_000)
                    for path in paths:
                        drawn(page, address, path)
                        found = violations(page)
                        rows.setdefault(path.partition("?")[0] or "today", []).append(told(found))
    lines += [f"| {name.capitalize()} | " + " | ".join(cells) + " |" for name, cells in rows.items()]
    named = [
        "",
        "Faults of the framework that are left out, by name:",
        "",
        *(f"- `{rule}`: {why}" for rule, _, why in NAMED),
    ]
    text = PAGE.read_text("utf-8")
    table = "\n".join([START, "", *lines, *named, "", END])
    PAGE.write_text(re.sub(f"{START}.*{END}", lambda _: table, text, flags=re.DOTALL), "utf-8")
    print(table)


def told(found: list[dict[str, object]]) -> str:
    """The faults of one page in a cell: ours by rule, the framework's as a count behind a plus."""
    mine = ours(found)
    rules = Counter(str(one["rule"]) for one in mine)
    said = ", ".join(f"{rule} ×{number}" for rule, number in sorted(rules.items())) or "0"
    return f"{said} (+{len(found) - len(mine)})" if len(found) > len(mine) else said


if __name__ == "__main__":
    main()
