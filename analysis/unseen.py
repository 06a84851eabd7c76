"""What to ask a candidate instead of asserting it: interviews after which the files show no note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.results import Scores

_OPEN: Final = ("cannot see", "pending")


@dataclass(frozen=True, slots=True)
class Unseen:
    """One interview whose note cannot be seen. ``key``: opaque, the same as long as the interview is known;
    ``contact``: the interview's number in the scores; ``at``, ``ended``: naive, on the employer's clock;
    ``names``: whom the candidate met, as far as that is known; ``status``: ``cannot see`` or ``pending``."""

    key: str
    application_key: str
    client: str
    job: str
    contact: int
    at: pd.Timestamp
    ended: pd.Timestamp
    precision: str
    names: tuple[str, ...]
    status: str


def unseen(scores: Scores, candidate_key: str) -> tuple[Unseen, ...]:
    """The interviews of a candidate to ask about, the latest first; ``scores`` of that candidate or of all.

    Those that are over at ``as_of`` and of whose note the files show nothing, so that nothing was scored for it.
    """
    units = scores.units[
        (scores.units["family"] == "thank_you")
        & (scores.units["candidate_key"] == candidate_key)
        & scores.units["status"].isin(_OPEN)
        & (scores.units["ends"] <= scores.as_of)
    ].sort_values(["ends", "unit_key"], ascending=[False, True])
    applications = scores.applications.set_index("application_key")
    meetings = scores.contacts[(scores.contacts["class"] == "interview") & (scores.contacts["round"] > 0)]
    found = []
    for unit in units.to_dict("records"):
        mine = meetings[
            (meetings["application_key"] == unit["application_key"]) & (meetings["round"] == unit["round"])
        ].sort_values("at")
        if mine.empty:
            continue
        last, about = mine.iloc[-1], applications.loc[unit["application_key"]]
        names = [name.strip() for cell in mine["interviewer"] for name in str(cell).split(";") if name.strip()]
        ended = pd.Timestamp(unit["ends"]).tz_convert(str(about["client_zone"]) or "UTC").tz_localize(None)
        found.append(
            Unseen(
                key=str(unit["unit_key"]),
                application_key=str(unit["application_key"]),
                client=str(about["client"]),
                job=str(about["job"]),
                contact=int(last.name),
                at=pd.Timestamp(last["local_at"]),
                ended=ended,
                precision=str(last["precision"]),
                names=tuple(dict.fromkeys(names)),
                status=str(unit["status"]),
            )
        )
    return tuple(found)
