"""One candidate as a page, a handout or a file shows them: header, receipt and timeline of each application.

Everything here is picked from `analysis.results.Scores` for one candidate; nothing is judged again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.advice import reason_text, sentence, title
from analysis.policy import Bands
from analysis.results import FAMILIES, Scores

FAMILY_TITLES: Final[dict[str, str]] = {
    "thank_you": "Thank-you promptness",
    "timing": "Follow-up timing",
    "over_contact": "Persistent, not pushy",
    "contact_details": "Interviewers' contact details",
    "decision_date": "Asked when they decide",
    "note_quality": "What the note said",
}
"""The families in the words of the trade."""

BANDS: Final = ("strong", "good", "needs a tweak", "coach this", "not scored")
"""Words for points, best first; the last is neutral and no worse than any other."""

CLASS_TITLES: Final[dict[str, str]] = {
    "interview": "Interview",
    "thank_you": "Thank-you",
    "follow_up": "Follow-up",
    "reply": "Reply",
    "logistics": "Arrangements",
    "after_rejection": "After a rejection",
    "employer": "From the employer",
    "with_agency": "With the agency",
    "agency": "From the agency",
    "statement": "Noted by staff",
    "automated": "Automatic, not counted",
    "not_happened": "Did not happen",
    "duplicate": "Logged twice, counted once",
    "after_as_of": "Later than the day looked at",
    "other": "Not counted",
}
"""What a contact was counted as, for a reader."""

ROUTE_TITLES: Final[dict[str, str]] = {
    "direct": "writes to the employer directly",
    "direct_copy_agency": "writes to the employer with a copy to us",
    "via_agency": "contact runs through us",
    "unknown": "route to the employer not known",
}
"""How a candidate may reach the employer, for a reader."""

LANES: Final = ("Interviews", "Candidate", "Employer", "Agency", "System")
"""Lanes of a timeline from top to bottom; only those with a mark are drawn."""

_LANE_OF_SENDER: Final = {"candidate": "Candidate", "client": "Employer", "agency": "Agency", "system": "System"}

_UNSEEN: Final = ("duplicate", "after_as_of")

_PRAISE: Final = "well_judged"


@dataclass(frozen=True, slots=True)
class Deduction:
    """One row of a receipt. ``points`` come off the application's family score; ``title`` says why in words.

    ``rule`` names the policy's record; ``references`` are file:line. ``correction``: key of the correction by which it
    does not stand, and then it takes nothing off; else ``""``.
    """

    points: float
    rule: str
    finding: str
    title: str
    measured: str
    limit: str
    contacts: tuple[int, ...]
    references: tuple[str, ...]
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding: its code, its title for staff, and what the coach says about it."""

    finding: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FamilyReceipt:
    """One family of one application: ``points`` None where it is not scored, and then ``status`` and ``reason``."""

    family: str
    title: str
    points: float | None
    status: str
    reason: str
    word: str
    deductions: tuple[Deduction, ...]
    advice: tuple[Advice, ...]

    @property
    def sum(self) -> str:
        """The receipt as one line that can be checked by head: ``100 − 4.2 = 95.8``; empty where not scored."""
        if self.points is None:
            return ""
        steps = "".join(f" − {_number(d.points)}" for d in self.deductions if not d.correction)
        return f"100{steps} = {_number(self.points)}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened in one application, on the employer's clock (naive times of ``zone``).

    ``marks``: one row a contact: ``contact``, ``at``, ``lane``, ``class``, ``channel``, ``who``, ``why``, ``sure``,
    ``reference``, ``precision``. ``windows``: when a contact was welcome: ``family`` (thank_you or timing), ``round``,
    ``good_from``, ``good_to``, ``interview`` (end of the round it belongs to). ``silences``: ``starts``, ``ends``,
    ``length`` (unanswered follow-ups), ``word``. ``decision_days``: naive midnights.
    """

    zone: str
    as_of: pd.Timestamp
    marks: pd.DataFrame
    windows: pd.DataFrame
    silences: pd.DataFrame
    decision_days: tuple[pd.Timestamp, ...]

    @property
    def words(self) -> str:
        """The picture in one sentence, for a reader who cannot see it."""
        counts = self.marks["class"].map(CLASS_TITLES).fillna(CLASS_TITLES["other"]).value_counts(sort=False)
        parts = [f"{str(what).lower()}: {number}" for what, number in counts.items()]
        return "Timeline on the employer's clock. " + ("; ".join(parts) or "No contact") + "."


@dataclass(frozen=True, slots=True)
class ApplicationReport:
    """One application: its scores, receipt, timeline and the contacts with what each was counted as.

    ``contacts``: ``contact``, ``at`` (naive, employer's clock), ``from``, ``to``, ``channel``, ``class``, ``why``,
    ``sure`` (0-1), ``reference``, ``round``, ``precision``, ``correction`` (keys of its corrections, joined by blanks),
    in order of time.
    """

    key: str
    client: str
    job: str
    route: str
    stage: str
    overall: float | None
    overall_reason: str
    overall_word: str
    scored_weight: float
    interviews: int
    families: tuple[FamilyReceipt, ...]
    timeline: Timeline
    contacts: pd.DataFrame

    @property
    def title(self) -> str:
        """Client and job."""
        return " · ".join(word for word in (self.client, self.job) if word) or "Employer not named"


@dataclass(frozen=True, slots=True)
class CandidateReport:
    """One candidate: the header figures and a report for each application, latest first.

    ``checks``: findings about who and which application, for staff. ``unlinked``: contacts that belong to no
    application, columns as in `ApplicationReport.contacts`.
    """

    key: str
    candidate: str
    recruiter: str
    overall: float | None
    overall_reason: str
    overall_word: str
    scored_weight: float
    lowest: float | None
    highest: float | None
    interviews: int
    provisional: bool
    applications: tuple[ApplicationReport, ...]
    checks: tuple[str, ...]
    unlinked: pd.DataFrame


def band(points: float | None, bands: Bands) -> str:
    """The word of `BANDS` for 0-100 points; ``not scored`` for none."""
    if points is None or pd.isna(points):
        return BANDS[-1]
    for least, word in ((bands.strong, BANDS[0]), (bands.good, BANDS[1]), (bands.tweak, BANDS[2])):
        if points >= least:
            return word
    return BANDS[3]


def report(scores: Scores, candidate_key: str, bands: Bands) -> CandidateReport:
    """Everything about one candidate. Raises ``KeyError`` where no candidate has that key."""
    found = scores.candidates.loc[scores.candidates["candidate_key"] == candidate_key]
    if found.empty:
        raise KeyError(candidate_key)
    row = found.iloc[0]
    mine = scores.applications.loc[scores.applications["candidate_key"] == candidate_key]
    reports = [_application(scores, application, bands) for _, application in mine.iterrows()]
    reports.sort(key=lambda a: a.contacts["at"].max() if len(a.contacts) else pd.Timestamp.min, reverse=True)
    overall = _points(row["overall"])
    flags = _of(scores.findings.loc[scores.findings["candidate_key"] == candidate_key], "")
    own = scores.contacts.loc[scores.contacts["candidate_key"] == candidate_key]
    return CandidateReport(
        key=candidate_key,
        candidate=str(row["candidate"]),
        recruiter=str(row["recruiter"]),
        overall=overall,
        overall_reason=reason_text(str(row["overall_reason"])),
        overall_word=band(overall, bands),
        scored_weight=float(row["scored_weight"]),
        lowest=_points(row["lowest"]),
        highest=_points(row["highest"]),
        interviews=int(row["interviews"]),
        provisional=bool(row["provisional"]),
        applications=tuple(reports),
        checks=tuple(title(str(code)) for code in dict.fromkeys(flags["finding"])),
        unlinked=_contact_table(_of(own, "")),
    )


def _application(scores: Scores, row: pd.Series, bands: Bands) -> ApplicationReport:
    key = str(row["application_key"])
    contacts = _of(scores.contacts, key)
    overall = _points(row["overall"])
    zone = str(row["client_zone"]) or "UTC"
    return ApplicationReport(
        key=key,
        client=str(row["client"]),
        job=str(row["job"]),
        route=str(row["route"]),
        stage=str(row["stage"]),
        overall=overall,
        overall_reason=reason_text(str(row["overall_reason"])),
        overall_word=band(overall, bands),
        scored_weight=float(row["scored_weight"]),
        interviews=int(row["interviews"]),
        families=_families(scores, row, key, bands),
        timeline=_timeline(_of(scores.units, key), contacts, zone, scores.as_of),
        contacts=_contact_table(contacts),
    )


def _of(table: pd.DataFrame, application_key: str) -> pd.DataFrame:
    return table.loc[table["application_key"] == application_key]


def _points(value: object) -> float | None:
    number = float(value)  # type: ignore[arg-type]
    return None if pd.isna(number) else number


def _number(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")


def _families(scores: Scores, row: pd.Series, key: str, bands: Bands) -> tuple[FamilyReceipt, ...]:
    rows = _of(scores.rows, key)
    findings = _of(scores.findings, key)
    references = _places(scores.contacts)
    receipts = []
    for family in FAMILIES:
        points = _points(row[family])
        deductions = tuple(
            Deduction(
                points=float(r["application_points"]),
                rule=str(r["rule"]),
                finding=str(r["finding"]),
                title=title(str(r["finding"])),
                measured=str(r["measured"]),
                limit=str(r["limit"]),
                contacts=tuple(int(c) for c in r["contacts"]),
                references=tuple(str(references[c]) for c in r["contacts"]),
                correction=str(r["correction"]),
            )
            for _, r in rows.loc[rows["family"] == family].iterrows()
            if r["application_points"] > 0 or r["correction"]
        )
        codes = dict.fromkeys(str(code) for code in findings.loc[findings["family"] == family, "finding"])
        if any(not d.correction for d in deductions):
            # praise beside a deduction reads as a contradiction
            codes.pop(_PRAISE, None)
        receipts.append(
            FamilyReceipt(
                family=family,
                title=FAMILY_TITLES[family],
                points=points,
                status=str(row[f"{family}_status"]),
                reason=reason_text(str(row[f"{family}_reason"])),
                word=str(row[f"{family}_word"]) or band(points, bands),
                deductions=deductions if points is not None else (),
                advice=tuple(Advice(code, title(code), sentence(code)) for code in codes),
            )
        )
    return tuple(receipts)


def _local(instants: pd.Series, zone: str) -> pd.Series:
    return pd.to_datetime(instants, utc=True).dt.tz_convert(zone).dt.tz_localize(None)


def _timeline(units: pd.DataFrame, contacts: pd.DataFrame, zone: str, as_of: pd.Timestamp) -> Timeline:
    seen = contacts.loc[~contacts["class"].isin(_UNSEEN) & contacts["local_at"].notna()]
    lane = seen["sender"].map(_LANE_OF_SENDER).fillna("System")
    marks = pd.DataFrame(
        {
            "contact": seen.index.to_numpy(),
            "at": seen["local_at"].to_numpy(),
            "lane": lane.mask(seen["class"] == "interview", LANES[0]).to_numpy(),
            "class": seen["class"].to_numpy(),
            "channel": seen["channel"].to_numpy(),
            "who": seen["interviewer"].to_numpy(),
            "why": seen["why"].to_numpy(),
            "sure": seen["sure"].to_numpy(),
            "reference": _places(seen).to_numpy(),
            "precision": seen["precision"].to_numpy(),
        }
    ).sort_values("at", kind="stable", ignore_index=True)
    welcome = units.loc[
        units["family"].isin(("thank_you", "timing")) & units["good_from"].notna() & units["good_to"].notna()
    ]
    windows = pd.DataFrame(
        {
            "family": welcome["family"].to_numpy(),
            "round": welcome["round"].to_numpy(),
            "good_from": _local(welcome["good_from"], zone).to_numpy(),
            "good_to": _local(welcome["good_to"], zone).to_numpy(),
            "interview": _local(welcome["starts"], zone).to_numpy(),
        }
    )
    moment = as_of.tz_convert(zone).tz_localize(None)
    days = pd.concat([units["decision_day"], contacts["decision_day"]]).dropna().drop_duplicates().sort_values()
    return Timeline(
        zone=zone,
        as_of=moment,
        marks=marks,
        windows=windows,
        silences=_silences(units, marks, zone, moment),
        decision_days=tuple(pd.Timestamp(day) for day in days),
    )


def _silences(units: pd.DataFrame, marks: pd.DataFrame, zone: str, as_of: pd.Timestamp) -> pd.DataFrame:
    """The silence runs, each until the employer's next word or interview, else until ``as_of``."""
    runs = units.loc[(units["family"] == "over_contact") & (units["length"] > 0)]
    starts = _local(runs["starts"], zone)
    answers = marks.loc[marks["class"].isin(("employer", "interview")), "at"]
    ends = [min((a for a in answers if a > start), default=max(as_of, start)) for start in starts]
    return pd.DataFrame(
        {
            "starts": starts.to_numpy(),
            "ends": pd.Series(ends, dtype="datetime64[us]").to_numpy(),
            "length": runs["length"].astype("int64").to_numpy(),
            "word": runs["word"].to_numpy(),
        }
    )


def _contact_table(contacts: pd.DataFrame) -> pd.DataFrame:
    columns = {
        "local_at": "at",
        "sender": "from",
        "receiver": "to",
        "channel": "channel",
        "class": "class",
        "why": "why",
        "sure": "sure",
        "reference": "reference",
        "round": "round",
        "precision": "precision",
        "correction": "correction",
    }
    table = contacts.loc[:, list(columns)].rename(columns=columns)
    table["reference"] = _places(contacts)
    table.insert(0, "contact", contacts.index)
    return table.sort_values("at", kind="stable", ignore_index=True)


def _places(contacts: pd.DataFrame) -> pd.Series:
    """Where each contact stands: file:line, and where else the same contact stands."""
    also = ", also in " + contacts["also"].astype("str")
    return contacts["reference"].str.cat(also.where(contacts["also"] != "", ""))
