"""The saved policies as the page needs them: which one counts, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection

from analysis.policy import Policy, default_policy
from dashboard import policies, session
from dashboard.policies import Draft
from dashboard.store import sayings

ARTICLE: Final = "The article's defaults"


@dataclass(frozen=True, slots=True)
class Saved:
    """One policy that can be looked at; ``number`` 0 is the article's, which nobody saved."""

    number: int
    name: str
    policy: Policy
    author: str = ""
    at: str = ""

    @property
    def label(self) -> str:
        """Its name, and the number by which two of one name are told apart."""
        return f"{self.name} (no. {self.number})" if self.number else self.name

    def when(self) -> str:
        """When it was saved, for this reader; empty for the article's."""
        return moment(self.at) if self.at else ""


def all_saved() -> list[Saved]:
    """The article's defaults and every policy that was saved, the one that counts last."""
    rows = session.read(sayings.policies)
    return [Saved(0, ARTICLE, default_policy()), *(_saved(row) for row in rows)]


def in_force(saved: list[Saved]) -> Saved:
    """The one that counts now."""
    return saved[-1]


def base_of(saved: list[Saved], draft: Draft | None) -> Saved:
    """The policy that a draft starts from; the one that counts where there is no draft."""
    found = next((one for one in saved if draft is not None and one.number == draft.seen), None)
    return found or in_force(saved)


def keep(base: Policy, draft: Draft, name: str) -> bool:
    """Save a draft under a name; whether it was done. Said on the page where somebody else saved in the meantime."""
    changes = policies.changes({**policies.values(base), **draft.changed}, name)

    def act(connection: Connection, by: str, now: datetime) -> None:
        sayings.save_policy(connection, name, changes, by, now, seen=draft.seen)

    done = session.write(act, f"“{name}” is saved and counts from now on.", needs="policy")
    if done:
        session.take_draft(None)
    return done


def moment(at: str) -> str:
    """A moment of the workspace on the clock of its files."""
    return session.dates().moment(pd.Timestamp(at).tz_convert(session.workspace().answers.zone))


def _saved(row: Mapping[str, Any]) -> Saved:
    return Saved(int(row["id"]), row["name"], policies.policy_of(row), row["author"], row["at"])
