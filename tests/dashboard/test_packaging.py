"""What `pip install .` puts on a machine: the packages, and the sample agency with them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from dashboard.sample import PACKAGE

ROOT = Path(__file__).parent.parent.parent
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
WHEEL = BUILD["targets"]["wheel"]


def test_the_sample_is_installed_where_the_dashboard_looks_for_it_without_the_script_that_makes_it() -> None:
    told = tomllib.loads((ROOT / "data" / "sample" / "sample.toml").read_text(encoding="utf-8"))
    packed = {*told["files"], "sample.toml", "README.md"}
    assert WHEEL["force-include"] == {f"data/sample/{n}": f"{PACKAGE.replace('.', '/')}/{n}" for n in packed}


def test_every_file_that_the_sample_names_is_there() -> None:
    folder = ROOT / "data" / "sample"
    told = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    assert [name for name in told["files"] if not (folder / name).is_file()] == []


def test_no_folder_is_named_pages_beside_the_navigation() -> None:
    assert not [p for p in (ROOT / "dashboard").rglob("pages") if p.is_dir()]
