"""Which export is it? The header against the known layouts, else a guess that a person confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.asking import order_readings
from analysis.formats.answers import amend
from analysis.formats.fitting import Choice, Fit, choose
from analysis.formats.guessing import Guess, guess_columns
from analysis.formats.profile import GUESSED, IGNORED, PARTS, Profile, amended, fingerprint, profile_from
from analysis.problems import Problem, problem
from analysis.reading.raw import RawTable
from analysis.timetext import split_times
from analysis.when import decide_order

_TIMES = ("at", "date", "ended_at", "end_date", "logged_at")
_NAMES = (
    *("candidate", "candidate_email", "candidate_phone", "candidate_id"),
    *("last_name", "first_name", "people", "title"),
)
_NAMES_BY_STEP = ("parties", "mailbox", "calendar", "people", "calls")
_CONTENT = ("kind", "channel", "note", "subject", "type", "title", "result")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a person should say.

    ``about``: ``layout`` (options: names of profiles), ``date_order`` or ``needed``; ``options``: what can be answered.
    """

    about: str
    column: str
    sentence: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file was taken for.

    ``profile`` is None where no layout is known or several fit (``rivals``, the likeliest first); then ``guesses`` hold
    the likeliest field of each column with a confidence from 0 to 1 and why. ``known`` is the share of columns the
    profile reads. ``unused``: columns nothing is read from. ``fingerprint``: under which a person's mapping is kept for
    the next time. ``problems``: what a person should know about how the layout was found. ``said``: what a person
    answered about a layout whose columns are still a guess.
    """

    fingerprint: str
    profile: Profile | None
    guesses: tuple[Guess, ...] = ()
    questions: tuple[Question, ...] = ()
    known: float = 0.0
    unused: tuple[str, ...] = ()
    columns: tuple[str, ...] = field(default=())
    rivals: tuple[Profile, ...] = ()
    problems: tuple[Problem, ...] = ()
    said: Profile | None = None

    def best(self) -> Profile:
        """The profile to go on with: the known one, else one of the guesses with what a person said about them."""
        if self.profile is not None:
            return self.profile
        guess = profile_from({g.column: g.field for g in self.guesses}, name=GUESSED, title="Guessed columns")
        return guess if self.said is None else amend(guess, self.said)


def recognise(raw: RawTable, saved: Mapping[str, Profile] | None = None) -> Recognition:
    """Say which export a raw table is.

    ``saved``: fingerprint -> profile that a person confirmed earlier; it goes before the known layouts. A layout that
    lacks one of the headers it is known by, or has it in a slightly other spelling, is taken and said so; where several
    layouts fit, none is taken. Never raises for what a file holds: with no layout known the answer is a guess for every
    column and the questions to ask.
    """
    columns = tuple(str(c) for c in raw.frame.columns)
    mark = fingerprint(columns)
    said = (saved or {}).get(mark)
    confirmed = said if said is not None and said.name != GUESSED else None
    choice = Choice() if confirmed is not None else choose(columns)
    profile = confirmed if choice.fit is None else _adapted(choice.fit)
    first = Recognition(
        fingerprint=mark,
        profile=profile,
        guesses=() if profile is not None else guess_columns(raw.frame),
        columns=columns,
        rivals=tuple(f.profile for f in choice.rivals),
        problems=_doubts(raw.name, choice),
        said=said,
    )
    return _asked(raw, first)


def same_guess(read: Sequence[tuple[RawTable, Recognition]]) -> list[Recognition]:
    """Recognitions of several tables, where tables with one unknown header share the guess of the one with most rows.

    A few rows to correct are so read as the file that they come from.
    """
    longest: dict[str, tuple[int, Recognition]] = {}
    for raw, found in read:
        if found.profile is None and len(raw.frame) > longest.get(found.fingerprint, (-1, found))[0]:
            longest[found.fingerprint] = (len(raw.frame), found)
    shared = []
    for raw, found in read:
        best = longest.get(found.fingerprint, (0, found))[1]
        same = found.profile is not None or found.guesses == best.guesses or found.columns != best.columns
        shared.append(found if same else _asked(raw, replace(found, guesses=best.guesses)))
    return shared


def _asked(raw: RawTable, first: Recognition) -> Recognition:
    """A recognition with its questions, and how much of the table is read."""
    best, columns = first.best(), first.columns
    return replace(
        first,
        questions=(*_which(first.rivals), *_needed(best, columns), *_orders(raw, best)),
        known=sum(best.knows(c) for c in columns) / len(columns) if columns else 0.0,
        unused=tuple(c for c in columns if not best.knows(c)),
    )


def _adapted(found: Fit) -> Profile:
    """The layout that fits, with the file's own spelling of its headers."""
    profile = found.profile
    return amended(profile, {c: profile.columns[h] for c, h in found.renamed.items()}) if found.renamed else profile


def _doubts(file: str, choice: Choice) -> tuple[Problem, ...]:
    """What is not certain about the layout that was found."""
    if choice.rivals:
        titles = " or ".join(f"“{f.profile.title}”" for f in choice.rivals)
        return (problem("layout_open", file, shown=titles),)
    found, told = choice.fit, []
    if found is None:
        return ()
    title = found.profile.title
    if found.lacks:
        told.append(problem("layout_lacks", file, shown=title, needed=", ".join(f"“{h}”" for h in found.lacks)))
    if found.renamed:
        pairs = ", ".join(f"“{c}” as “{h}”" for c, h in found.renamed.items())
        told.append(problem("columns_renamed", file, shown=title, pairs=pairs))
    return tuple(told)


def _which(rivals: tuple[Profile, ...]) -> tuple[Question, ...]:
    if not rivals:
        return ()
    titles = " or ".join(p.title for p in rivals)
    return (Question("layout", "", f"Which export is this: {titles}?", tuple(p.name for p in rivals)),)


def read_fields(profile: Profile, columns: tuple[str, ...]) -> set[str]:
    """The fields that a profile reads from the columns that are there."""
    return {profile.field_of(c) for c in columns} - {IGNORED, ""}


def missing(profile: Profile, columns: tuple[str, ...]) -> tuple[str, ...]:
    """What the log needs and no column gives, in words."""
    has = read_fields(profile, columns) | set(profile.always)
    wants = []
    if not has & set(_NAMES) and not set(profile.steps) & set(_NAMES_BY_STEP):
        wants.append("the candidate")
    if profile.holds == "contacts" and not profile.events and not has & {"at", "date", "logged_at"}:
        wants.append("the date")
    if profile.holds != "people" and not profile.events and not has & set(_CONTENT):
        wants.append("the kind, channel or note")
    return tuple(wants)


def _needed(profile: Profile, columns: tuple[str, ...]) -> tuple[Question, ...]:
    return tuple(Question("needed", "", f"Which column holds {want}?", columns) for want in missing(profile, columns))


def _orders(raw: RawTable, profile: Profile) -> tuple[Question, ...]:
    """Columns whose dates can be read in two ways, with the first three in words."""
    if profile.date_order in ("dmy", "mdy"):
        return ()
    asked = []
    for column in raw.frame.columns:
        if profile.field_of(str(column)) not in _TIMES or profile.header(str(column)) in profile.orders:
            continue
        cells = raw.frame[column].astype("str")
        if decide_order(split_times(cells), "dmy").decided:
            continue
        shown = order_readings(cells)
        if not shown:
            continue
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
