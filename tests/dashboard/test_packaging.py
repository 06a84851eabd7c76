"""What `pip install .` puts on a machine: every package, and the sample agency with them."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_is_listed_and_none_is_listed_that_is_not_there() -> None:
    homes = [p.parent for part in ("analysis", "dashboard") for p in (ROOT / part).rglob("__init__.py")]
    there = {".".join(home.relative_to(ROOT).parts) for home in homes}
    assert set(SETUP["packages"]) == there | {"dashboard.sample_data"}


def test_every_file_of_the_sample_is_installed() -> None:
    folder = ROOT / SETUP["package-dir"]["dashboard.sample_data"]
    told = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    patterns = SETUP["package-data"]["dashboard.sample_data"]
    for name in ("sample.toml", *told["files"]):
        assert any((folder / name).match(pattern) for pattern in patterns)


def test_no_folder_is_named_pages_beside_the_navigation() -> None:
    assert not [p for p in (ROOT / "dashboard").rglob("pages") if p.is_dir()]
