"""The invented sample agency, as it is shown on the first start."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.checked import Complete

PACKAGE: Final = "dashboard.sample_data"
"""Where an installed dashboard keeps the sample."""
_CHECKOUT: Final = Path(__file__).parent.parent / "data" / "sample"


@dataclass(frozen=True, slots=True)
class Sample:
    """The files of the sample and the answers that go with them. ``as_of`` is the moment it is scored at."""

    name: str
    files: tuple[tuple[str, bytes], ...]
    as_of: pd.Timestamp
    zone: str
    calendar: str
    complete: Mapping[str, Complete]


def sample() -> Sample:
    """Read the sample. Raises ``FileNotFoundError`` if neither package nor checkout holds it."""
    folder = _folder()
    told = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    return Sample(
        name=told["name"],
        files=tuple((name, (folder / name).read_bytes()) for name in told["files"]),
        as_of=pd.Timestamp(told["as_of"], tz=told["zone"]),
        zone=told["zone"],
        calendar=told["calendar"],
        complete={name: about["complete"] for name, about in told["files"].items()},
    )


def _folder() -> Traversable:
    if (_CHECKOUT / "sample.toml").is_file():
        return _CHECKOUT
    return resources.files(PACKAGE)
