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
from analysis.columns import texts
from analysis.identifiers import distinct, mapped, opaque, plain_name, plain_names
from analysis.people import People
from analysis.segments import Bools, Ints, group_count, place_of, unique_rows

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
    client, clients = distinct(said["client"])
    index = pd.Index([text for text in clients if text], dtype="str")
    out = {}
    for column in _OF_CLIENT:
        value, values = distinct(said[column])
        told = np.array([text != "" for text in values], dtype=bool)[value]
        one = _only(value[told], client[told], len(clients))
        texts = np.array([*values, ""], dtype=object)[one]
        out[column] = texts[np.array([text != "" for text in clients], dtype=bool)]
    return pd.DataFrame(out, index=index, dtype="str")


def _only(value: Ints, group: Ints, groups: int) -> Ints:
    """The value of each group of which all rows have the same one, else -1."""
    each = unique_rows(group, value)
    out = np.full(groups, -1, dtype=np.int64)
    out[group[each]] = value[each]
    return np.where(group_count(group[each], groups) == 1, out, -1)


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
    client, job = (mapped(contacts[column], plain_name) for column in ("client", "job"))
    application, keys = _number(people.person, client, job, interview)
    ambiguous = np.zeros(len(contacts), dtype=bool)
    left = np.flatnonzero(application < 0)
    if len(left):
        rows = pd.DataFrame(
            {
                "person": people.person,
                "client": client,
                "job": job,
                "interviewer": mapped(contacts["interviewer"], plain_names),
                "email": contacts["interviewer_email"].to_numpy(dtype=object),
                "at": instant,
                "interview": interview,
            }
        )
        application[left], ambiguous[left] = _fit(rows, left, application, keys)
    table, said = _describe(contacts, application, keys, people, zone, calendar, clients)
    return Applications(application, ambiguous, table, said)


def _number(
    person: Ints, clients: NDArray[np.object_], jobs: NDArray[np.object_], interview: Bools
) -> tuple[Ints, pd.DataFrame]:
    """The application that each contact names in full, else -1; and who, which client and which job each is."""
    none = np.array([""], dtype=object)
    client, known_clients = distinct(pd.Series(np.concatenate((none, clients)), dtype=object))
    job, known_jobs = distinct(pd.Series(np.concatenate((none, jobs)), dtype=object))
    client, job = client[1:], job[1:]
    wide = len(known_jobs)
    place = person * len(known_clients) + client
    named = client > 0
    # a client of whom no job is named is an application of its own
    bare = named & ~np.isin(place, place[named & (job > 0)])
    # an interview without a client is one too, where its job says so or nothing else of the person has a client
    elsewhere = np.isin(person, person[named & interview])
    nowhere = interview & ~named & (~elsewhere | (job > 0))
    own = np.where(bare, 0, job)
    key = place * wide + job
    keys = np.unique((place * wide + own)[(named & (job > 0)) | bare | nowhere])
    about, job_of = np.divmod(keys, wide)
    person_of, client_of = np.divmod(about, len(known_clients))
    table = pd.DataFrame(
        {
            "person": person_of,
            "client": np.array(known_clients, dtype=object)[client_of],
            "job": np.array(known_jobs, dtype=object)[job_of],
            "application": np.arange(len(keys), dtype=np.int64),
        }
    )
    return place_of(key, keys), table


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
        code, values = distinct(contacts[column])
        wide = len(values) + 1
        said = code[linked]
        keep = np.array([value not in unknown for value in values], dtype=bool)[said]
        pair, times = np.unique(app[keep] * wide + said[keep], return_counts=True)
        whose, value = np.divmod(pair, wide)
        order = np.lexsort((value, -times, whose))
        order = order[unique_rows(whose[order])]
        out = texts(size)
        out[whose[order]] = np.array(values, dtype=object)[value[order]]
        return out

    def shared(values: NDArray[np.object_], group: Ints) -> NDArray[np.object_]:
        """Fill gaps with the one value that the group's other members agree on."""
        code, known = distinct(pd.Series(values, dtype=object))
        told = values != ""
        one = _only(code[told], group[told], len(people.table))
        return np.where(told, values, np.array([*known, ""], dtype=object)[one[group]])

    candidate_key = people.table["candidate_key"].to_numpy(dtype=object)[person]
    whole = candidate_key + "|" + client + "|" + keys["job"].to_numpy(dtype=object) if size else candidate_key
    application_key = np.array(opaque(pd.Series(whole, dtype=object)), dtype=object)
    said = pd.DataFrame(
        {
            "application_key": application_key,
            "candidate_key": candidate_key,
            "client": client,
            **{column: first(column, ("", "unknown")) for column in _OF_CLIENT},
        }
    )
    known = agreed(said) if clients is None else clients

    usual = known.index.get_indexer(pd.Index(client))

    def of_client(column: str) -> NDArray[np.object_]:
        """What the application's own contacts say, else what holds for its client."""
        own = said[column].to_numpy(dtype=object)
        theirs = np.append(known[column].to_numpy(dtype=object), "")[usual]
        return np.where(own == "", theirs, own)

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
