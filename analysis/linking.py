"""Which application a contact belongs to: candidate x client x job.

A contact names its application by job, else by interviewer or client, else it goes to the candidate's
latest interview before it. Where two fit equally it stays unlinked and is shown as ambiguous.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.calendars import country_of_zone
from analysis.identifiers import mapped, opaque, plain_name, plain_names
from analysis.people import People
from analysis.segments import Bools, Ints

_OF_CLIENT: Final = ("route", "client_zone", "client_calendar")


@dataclass(frozen=True, slots=True)
class Applications:
    """``application``: number per contact (-1 where none fits); ``ambiguous``: two fit equally.

    ``table``: one row an application: ``application_key``, ``person``, ``candidate_key``, ``candidate``, ``client``,
    ``job``, ``recruiter``, ``route``, ``client_zone``, ``candidate_zone``, ``calendar`` (employer's place),
    ``candidate_calendar``.

    ``said``: what each application's own contacts say of its client: ``application_key``, ``candidate_key``, ``client``
    (plain), ``route``, ``client_zone``, ``client_calendar``; empty where they say nothing.
    """

    application: Ints
    ambiguous: Bools
    table: pd.DataFrame
    said: pd.DataFrame


def agreed(said: pd.DataFrame) -> pd.DataFrame:
    """What holds for every application of a client: the one value on which those that say anything agree.

    ``said``: of `Applications`. Index: plain name of the client; columns ``route``, ``client_zone``,
    ``client_calendar``, empty where nothing is said or two values are.
    """
    named = said[said["client"] != ""]
    out = pd.DataFrame(index=pd.Index(sorted(set(named["client"])), dtype="str"))
    for column in _OF_CLIENT:
        told = named.loc[named[column] != "", ["client", column]].drop_duplicates()
        one = told.drop_duplicates("client", keep=False).set_index("client")[column]
        out[column] = one.reindex(out.index).astype("str").fillna("")
    return out


def link_applications(
    contacts: pd.DataFrame,
    people: People,
    interview: Bools,
    instant: Ints,
    zone: str,
    calendar: str,
    clients: pd.DataFrame | None = None,
) -> Applications:
    """Give every contact its application.

    ``interview`` marks the contacts that are interviews held or planned; ``instant`` is the sorting time in
    microseconds UTC. ``zone`` and ``calendar`` are used where the log names none. ``clients``: as from `agreed`, where
    the contacts are part of a larger log.
    """
    rows = pd.DataFrame(
        {
            "person": people.person,
            "client": mapped(contacts["client"], plain_name),
            "job": mapped(contacts["job"], plain_name),
            "interviewer": mapped(contacts["interviewer"], plain_names),
            "email": contacts["interviewer_email"].to_numpy(dtype=object),
            "at": instant,
            "interview": interview,
        }
    )
    application, ambiguous, keys = _number(rows)
    table, said = _describe(contacts, application, keys, people, zone, calendar, clients)
    return Applications(application, ambiguous, table, said)


def _number(rows: pd.DataFrame) -> tuple[Ints, Bools, pd.DataFrame]:
    full = (rows["client"] != "") & (rows["job"] != "")
    named = rows["client"] != ""
    known = rows.loc[full, ["person", "client", "job"]].drop_duplicates()
    with_job = known.drop_duplicates(["person", "client"])[["person", "client"]]
    without = rows.loc[named, ["person", "client"]].drop_duplicates()
    without = without.merge(with_job, how="left", indicator=True)
    without = without[without["_merge"] == "left_only"][["person", "client"]].assign(job="")
    bare = rows.loc[rows["interview"] & ~named, ["person", "client", "job"]].drop_duplicates()
    if len(bare):
        elsewhere = rows.loc[named & rows["interview"], ["person"]].drop_duplicates()
        bare = bare[~bare["person"].isin(elsewhere["person"]) | (bare["job"] != "")]
    keys = pd.concat([known, without, bare]).drop_duplicates().sort_values(["person", "client", "job"])
    keys = keys.reset_index(drop=True)
    keys["application"] = np.arange(len(keys), dtype=np.int64)
    exact = rows[["person", "client", "job"]].merge(keys, how="left", on=["person", "client", "job"])["application"]
    application = exact.fillna(-1).to_numpy(dtype=np.int64)
    left = np.flatnonzero(application < 0)
    ambiguous = np.zeros(len(rows), dtype=bool)
    if len(left):
        application[left], ambiguous[left] = _fit(rows, left, application, keys)
    return application, ambiguous, keys


def _fit(rows: pd.DataFrame, left: Ints, application: Ints, keys: pd.DataFrame) -> tuple[Ints, Bools]:
    """Fit the contacts that do not name their application in full."""
    todo = rows.iloc[left][["person", "client", "job", "interviewer", "email", "at"]].assign(row=left)
    pairs = todo.merge(keys, on="person", suffixes=("", "_of"))
    fits = (pairs["client"] == "") | (pairs["client"] == pairs["client_of"])
    fits &= (pairs["job"] == "") | (pairs["job"] == pairs["job_of"])
    pairs = pairs[fits]
    met = rows[(application >= 0) & rows["interview"]].assign(
        application=application[application >= 0][rows["interview"].to_numpy()[application >= 0]]
    )
    faces = pd.concat(
        [
            met[["application", "interviewer"]].rename(columns={"interviewer": "face"}),
            met[["application", "email"]].rename(columns={"email": "face"}),
        ]
    )
    faces = faces.assign(face=faces["face"].str.split(";")).explode("face")
    faces["face"] = faces["face"].str.strip()
    faces = faces[faces["face"] != ""].drop_duplicates()
    pairs = pairs.reset_index(drop=True)
    pairs["met"] = False
    for column in ("interviewer", "email"):
        each = pairs[["application"]].assign(face=pairs[column].str.split(";"), pair=pairs.index).explode("face")
        each["face"] = each["face"].str.strip()
        pairs.loc[each.merge(faces, on=["application", "face"])["pair"].unique(), "met"] = True
    pairs = pairs[pairs["met"] | ~pairs.groupby("row")["met"].transform("any")]
    # the latest interview of each application before the contact
    held = met[["application", "at"]].sort_values("at").rename(columns={"at": "held"})
    pairs = pairs.sort_values("at")
    pairs = pd.merge_asof(pairs, held, left_on="at", right_on="held", by="application", direction="backward")
    later = pairs["held"].isna()
    pairs["day"] = (pairs["held"].fillna(-1) // 86_400_000_000).astype("int64")
    pairs["day"] = pairs["day"].where(~later, -1)
    best = pairs.groupby("row")["day"].transform("max")
    pairs = pairs[pairs["day"] == best]
    # of two vacancies at one client the one whose interview was the latest, to the minute
    one_client = pairs.groupby("row")["client_of"].transform("nunique") == 1
    latest = pairs.groupby("row")["held"].transform("max")
    pairs = pairs[~one_client | pairs["held"].isna() | (pairs["held"] == latest)]
    count = pairs.groupby("row")["application"].nunique()
    chosen = pairs.groupby("row")["application"].first()
    out = pd.Series(-1, index=left, dtype="int64")
    single = count[count == 1].index
    out[single] = chosen[single]
    several = pd.Series(False, index=left)
    several[count[count > 1].index] = True
    return np.asarray(out, dtype=np.int64), np.asarray(several, dtype=bool)


def _describe(
    contacts: pd.DataFrame,
    application: Ints,
    keys: pd.DataFrame,
    people: People,
    zone: str,
    calendar: str,
    clients: pd.DataFrame | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    size = len(keys)
    linked = application >= 0
    app = application[linked]
    person = keys["person"].to_numpy(dtype=np.int64)
    client = keys["client"].to_numpy(dtype=object)

    def first(column: str, unknown: tuple[str, ...] = ("",)) -> NDArray[np.object_]:
        """The value said most often (first in the alphabet where two are said equally often)."""
        values = contacts[column].to_numpy(dtype=object)[linked]
        keep = ~np.isin(values, np.array(unknown, dtype=object))
        said = pd.DataFrame({"app": app[keep], "value": values[keep]})
        said = said.groupby(["app", "value"]).size().rename("times").reset_index()
        said = said.sort_values(["app", "times", "value"], ascending=[True, False, True]).drop_duplicates("app")
        out = np.full(size, "", dtype=object)
        out[said["app"].to_numpy(dtype=np.int64)] = said["value"].to_numpy(dtype=object)
        return out

    def shared(values: NDArray[np.object_], group: Ints) -> NDArray[np.object_]:
        """Fill gaps with the one value that the group's other members agree on."""
        said = pd.DataFrame({"group": group, "value": values})
        said = said[said["value"] != ""].drop_duplicates()
        one = said.drop_duplicates("group", keep=False).set_index("group")["value"]
        filled = one.reindex(group).astype("str").fillna("").to_numpy(dtype=object)
        return np.where(values == "", filled, values)

    candidate_key = people.table["candidate_key"].to_numpy(dtype=object)[person]
    whole = candidate_key + "|" + client + "|" + keys["job"].to_numpy(dtype=object) if size else candidate_key
    application_key = np.array(opaque(pd.Series(whole, dtype=object)), dtype=object)
    said = pd.DataFrame({"application_key": application_key, "candidate_key": candidate_key, "client": client})
    for column in _OF_CLIENT:
        said[column] = first(column, ("", "unknown"))
    known = agreed(said) if clients is None else clients

    def of_client(column: str) -> NDArray[np.object_]:
        """What the application's own contacts say, else what holds for its client."""
        own = said[column].to_numpy(dtype=object)
        usual = known[column].reindex(client).astype("str").fillna("").to_numpy(dtype=object)
        return np.where(own == "", usual, own)

    # "unknown" said of an application stands; only where nothing is said does the client's route count
    doubtful = (said["route"] == "").to_numpy() & (first("route") == "unknown")
    route = np.where(doubtful, "", of_client("route"))
    client_zone, client_calendar = of_client("client_zone"), of_client("client_calendar")
    candidate_zone = shared(first("candidate_zone"), person)
    employer_zone = np.where(client_zone == "", zone, client_zone)
    home_zone = np.where(candidate_zone == "", employer_zone, candidate_zone)
    employer_calendar = np.where(client_calendar == "", _calendars(employer_zone, zone, calendar), client_calendar)
    home_calendar = np.where(home_zone == employer_zone, employer_calendar, _calendars(home_zone, zone, calendar))
    table = pd.DataFrame(
        {
            "application_key": application_key,
            "person": person,
            "candidate_key": candidate_key,
            "candidate": people.table["candidate"].to_numpy(dtype=object)[person],
            "client": first("client"),
            "job": first("job"),
            "recruiter": first("recruiter"),
            "route": np.where(route == "", "unknown", route),
            "client_zone": employer_zone,
            "candidate_zone": home_zone,
            "calendar": employer_calendar,
            "candidate_calendar": home_calendar,
        }
    )
    return table, said


def _calendars(zones: NDArray[np.object_], zone: str, calendar: str) -> NDArray[np.object_]:
    """The load's calendar where the zone lies in its country, else the country of the zone."""
    country = calendar.partition("-")[0]
    codes = {z: calendar if z == zone else country_of_zone(z) for z in set(zones.tolist())}
    codes = {z: calendar if code == country and calendar else code for z, code in codes.items()}
    return np.array([codes[z] for z in zones.tolist()], dtype=object)
