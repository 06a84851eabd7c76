"""Which export is it? The header against the known layouts, else a guess that a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.formats.guessing import Guess, guess_columns
from analysis.formats.profile import IGNORED, PARTS, Profile, fingerprint, normal_header, profile_from, profiles
from analysis.reading.raw import RawTable
from analysis.timetext import split_times
from analysis.when import decide_order, in_words, place

_TIMES = ("at", "date", "ended_at", "end_date", "logged_at")
_NAMES = (
    *("candidate", "candidate_email", "candidate_phone", "candidate_id"),
    *("last_name", "first_name", "people", "title"),
)
_NAMES_BY_STEP = ("parties", "calendar", "people")
_CONTENT = ("kind", "channel", "note", "subject", "type", "title", "result")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a person should say. ``about``: ``date_order`` or ``needed``; ``options`` are what can be answered."""

    about: str
    column: str
    sentence: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file was taken for.

    ``profile`` is None where no layout is known; then ``guesses`` hold the likeliest field of each column with a
    confidence from 0 to 1 and why. ``known`` is the share of columns the profile reads. ``unused``: columns nothing
    is read from. ``fingerprint``: under which a person's mapping is kept for the next time.
    """

    fingerprint: str
    profile: Profile | None
    guesses: tuple[Guess, ...] = ()
    questions: tuple[Question, ...] = ()
    known: float = 0.0
    unused: tuple[str, ...] = ()
    columns: tuple[str, ...] = field(default=())

    def best(self) -> Profile:
        """The profile to go on with: the known one, else one of the guesses."""
        if self.profile is not None:
            return self.profile
        return profile_from({g.column: g.field for g in self.guesses}, name="guessed", title="Guessed columns")


def recognise(raw: RawTable, saved: Mapping[str, Profile] | None = None) -> Recognition:
    """Say which export a raw table is.

    ``saved``: fingerprint -> profile that a person confirmed earlier; it goes before the known layouts. Never
    raises for what a file holds: with no layout known the answer is a guess for every column and the questions to ask.
    """
    columns = tuple(str(c) for c in raw.frame.columns)
    mark = fingerprint(columns)
    profile = (saved or {}).get(mark)
    fits = sorted(((p.coverage(columns), len(p.needs), p.name, p) for p in profiles()), key=lambda f: f[:3])
    if profile is None and fits and fits[-1][0] > 0 and _usable(fits[-1][3], columns):
        profile = fits[-1][3]
    guesses = () if profile is not None else guess_columns(raw.frame)
    best = profile or profile_from({g.column: g.field for g in guesses}, name="guessed")
    return Recognition(
        fingerprint=mark,
        profile=profile,
        guesses=guesses,
        questions=(*_needed(best, columns), *_orders(raw, best)),
        known=sum(best.knows(c) for c in columns) / len(columns) if columns else 0.0,
        unused=tuple(c for c in columns if not best.knows(c)),
        columns=columns,
    )


def _usable(profile: Profile, columns: tuple[str, ...]) -> bool:
    """Whether a wide layout is more than one lucky header."""
    if not profile.events:
        return True
    has_name = any(profile.columns.get(normal_header(c)) in _NAMES for c in columns)
    events = sum(profile.knows(c) and normal_header(c) not in profile.columns for c in columns)
    return events >= 2 or (has_name and events >= 1)


def read_fields(profile: Profile, columns: tuple[str, ...]) -> set[str]:
    """The fields that a profile reads from the columns that are there."""
    return {profile.columns[h] for h in map(normal_header, columns) if h in profile.columns} - {IGNORED}


def missing(profile: Profile, columns: tuple[str, ...]) -> tuple[str, ...]:
    """What the log needs and no column gives, in words."""
    has = read_fields(profile, columns) | set(profile.always)
    wants = []
    if not has & set(_NAMES) and not set(profile.steps) & set(_NAMES_BY_STEP):
        wants.append("the candidate")
    if not profile.events and not has & {"at", "date", "logged_at"}:
        wants.append("the date")
    if not profile.events and not has & set(_CONTENT):
        wants.append("the kind, channel or note")
    return tuple(wants)


def _needed(profile: Profile, columns: tuple[str, ...]) -> tuple[Question, ...]:
    return tuple(
        Question("needed", "", f"Which column holds {want}?", columns) for want in missing(profile, columns)
    )


def _orders(raw: RawTable, profile: Profile) -> tuple[Question, ...]:
    """Columns whose dates can be read in two ways, with the first three in words."""
    if profile.date_order:
        return ()
    asked = []
    for column in raw.frame.columns:
        if profile.columns.get(normal_header(str(column))) not in _TIMES:
            continue
        parts = split_times(raw.frame[column].astype("str"))
        order = decide_order(parts, "dmy")
        if order.decided:
            continue
        some = parts[((parts["state"] == "numeric") & (parts["a"] != parts["b"]) & (parts["year"] > 0)).to_numpy()]
        some = some.head(3).reset_index(drop=True)
        if some.empty:
            continue
        shown = {o: ", ".join(in_words(t) for t in place(some, o)["local"].dropna()) for o in ("dmy", "mdy")}
        sentence = f"Column {column}: are these {shown['dmy']} (day first) or {shown['mdy']} (month first)?"
        asked.append(Question("date_order", str(column), sentence, ("dmy", "mdy")))
    return tuple(asked)


def choices() -> dict[str, str]:
    """Field -> what it is in words, for a person who maps columns; `IGNORED` leaves a column out."""
    plain = {
        "candidate": "the candidate's name",
        "candidate_email": "the candidate's e-mail address",
        "candidate_phone": "the candidate's phone number",
        "candidate_id": "the candidate's number",
        "candidate_zone": "the candidate's time zone",
        "client": "the client (employer)",
        "client_zone": "the client's time zone",
        "client_calendar": "the client's holiday calendar",
        "job": "the job",
        "interviewer": "the interviewers",
        "interviewer_email": "the interviewers' e-mail addresses",
        "interviewer_phone": "the interviewers' phone numbers",
        "recruiter": "the recruiter",
        "route": "the route: direct or via the agency",
        "at": "when it happened",
        "ended_at": "when it ended",
        "logged_at": "when it was typed in",
        "sender": "who acted: candidate, client, agency",
        "receiver": "towards whom: candidate, client, agency",
        "channel": "the channel: e-mail, call, text …",
        "kind": "the kind: interview, thank-you, follow-up …",
        "state": "whether it happened, was cancelled, is planned",
        "decision_on": "when the client decides",
        "decision_asked": "whether the candidate asked for that date",
        "topics": "what was talked about",
        "subject": "the subject line",
        "note": "the note or text",
        "message_id": "the number of the record or message",
    }
    return {**plain, **PARTS, IGNORED: "nothing: leave it out"}

