"""Fields of the contact log, still text, to the checked log: normalised, validated, nothing lost."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.calendars import country_of_zone, valid_calendar, valid_zone
from analysis.checked import Answers, CheckedLog, Fields, FileAccount
from analysis.dating import Dates, date_rows
from analysis.deriving import derive
from analysis.log import CONTACT_DTYPES, PLAIN_COLUMNS, ROUTES, VOCABULARIES, empty_contacts
from analysis.problems import Problem, problem
from analysis.telling import tell_rows, tell_words
from analysis.vocabulary import normal_words

_EMAILS = ("candidate_email", "interviewer_email")
_SET_ASIDE = ("file", "line", "code", "message", "text")


def check(tables: Sequence[Fields], answers: Answers, per_file: Mapping[str, Answers] | None = None) -> CheckedLog:
    """Check and normalise files into one contact log.

    ``answers`` hold for every file that ``per_file`` (by file name) does not name. Every row of ``tables`` ends in
    exactly one of ``contacts``, ``set_aside`` and ``undated``. Bad values become problems, never exceptions.
    Times without a zone are read in the row's own zone, else the one the export fixes, else the client's, else
    ``answers.zone``.
    """
    said = [(per_file or {}).get(table.name, answers) for table in tables]
    around: int | None = None
    done: dict[int, Parts] = {}
    # files whose dates have years first: they say which year the others mean
    for n in sorted(range(len(tables)), key=lambda n: "near" in tables[n].frame):
        done[n] = _check_file(tables[n], said[n], around)
        around = _middle(done[n][0]) if around is None else around
    each = [done[n] for n in range(len(tables))]
    zone, calendar, _ = _defaults(answers, "")
    zones = {table.name: _defaults(mine, "")[0] for table, mine in zip(tables, said, strict=True)}
    contacts = [good for good, _, _, _ in each if len(good)]
    undated = [late for _, late, _, _ in each if len(late)]
    aside = [bad for _, _, bad, _ in each if len(bad)]
    rows = pd.concat(contacts, ignore_index=True) if contacts else empty_contacts()
    log, asked = derive(rows, zones, zone)
    return CheckedLog(
        contacts=log,
        set_aside=pd.concat(aside, ignore_index=True) if aside else _no_set_aside(),
        undated=pd.concat(undated, ignore_index=True) if undated else empty_contacts(),
        files=_with_told((account for _, _, _, account in each), log["file"].iloc[len(rows) :], asked),
        calendar=calendar,
        zone=zone,
    )


def _with_told(files: Iterable[FileAccount], told: pd.Series, asked: Sequence[Problem]) -> tuple[FileAccount, ...]:
    """The accounts with what their notes tell of: how many contacts, and what to ask."""
    count = told.value_counts()
    mine = {file: [p for p in asked if p.file == file] for file in {p.file for p in asked}}
    return tuple(
        replace(with_problems(one, *mine.get(one.file, ())), told=int(count.get(one.file, 0))) for one in files
    )


def _no_set_aside() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="int64" if name == "line" else "str") for name in _SET_ASIDE})


def _defaults(answers: Answers, file: str) -> tuple[str, str, list[Problem]]:
    """The zone and calendar that hold where a row names none."""
    problems: list[Problem] = []
    zone, calendar = answers.zone, answers.calendar.strip().upper()
    if not valid_zone(zone):
        problems.append(problem("unknown_default", file, column="time zone", value=zone, instead="UTC"))
        zone = "UTC"
    usual = country_of_zone(zone)
    if calendar and not valid_calendar(calendar):
        instead = f"The calendar of {usual}" if usual else "No holiday calendar"
        problems.append(problem("unknown_default", file, column="holiday calendar", value=calendar, instead=instead))
        calendar = ""
    return zone, calendar or (usual if valid_calendar(usual) else ""), problems


Parts = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, FileAccount]


def _check_file(table: Fields, answers: Answers, around: int | None) -> Parts:
    zone, _, problems = _defaults(answers, table.name)
    file, lines = table.name, np.asarray(table.lines, dtype="int64")
    source = table.frame.reset_index(drop=True)
    text = {name: tidy(source[name]) if name in source else _blank(len(source)) for name in PLAIN_COLUMNS}
    if "message_id" in source:  # ids stand in angle brackets and are no tags
        text["message_id"] = source["message_id"].astype("str").fillna("").str.strip().reset_index(drop=True)
    for name in ("candidate_phone", "interviewer_phone"):
        # spreadsheets put an apostrophe before a number that starts with a plus
        text[name] = text[name].str.lstrip("'")
    text["candidate"] = _named(text)
    for name in VOCABULARIES:
        text[name], unknown = normal_words(name, text[name])
        problems += tell_words("unknown_word", file, lines, name, source, unknown)
    for name in ("candidate_zone", "client_zone"):
        text[name], unknown = _known(text[name], valid_zone)
        problems += tell_words("unknown_zone", file, lines, name, source, unknown, instead=zone)
    text["client_calendar"], unknown = _known(text["client_calendar"].str.upper(), valid_calendar)
    problems += tell_words("unknown_calendar", file, lines, "client_calendar", source, unknown)
    if not text["route"].any():
        route = answers.route if answers.route in ROUTES and answers.route != "unknown" else ""
        text["route"] = pd.Series([route] * len(source), dtype="str")
    for name in _EMAILS:
        text[name], wrong, raw = emails(text[name])
        problems += tell_rows("not_an_email", file, lines, wrong, name, raw)
    dates = date_rows(table, text, answers, zone, around)
    problems += dates.problems
    code = _verdict(table, text, dates)
    aside = code != ""
    late = ~aside & dates.at.isna().to_numpy()
    frame = _frame(file, lines, text, dates, answers)
    told = _told(table, lines, source, code, late, dates, text)
    problems = sorted([*table.problems, *problems, *told], key=lambda p: p.line)
    set_aside = _rejected(table, source, lines, code, dates)
    good = ~aside & ~late
    account = FileAccount(
        file=file,
        format=table.profile,
        lines=table.physical or (int(lines.max()) if len(lines) else 0),
        contacts=int(good.sum()),
        set_aside=len(set_aside),
        problems=tuple(problems),
        sha256=table.sha256,
        dropped=table.dropped,
        undated=int(late.sum()),
    )
    if good.all():
        return frame, frame.iloc[:0], set_aside, account
    return frame[good].reset_index(drop=True), frame[late].reset_index(drop=True), set_aside, account


def _middle(contacts: pd.DataFrame) -> int | None:
    """The day (since 1970) in the middle of a file's contacts."""
    if contacts.empty:
        return None
    days = np.sort(contacts["at"].to_numpy(dtype="datetime64[D]").astype("int64"))
    return int(days[len(days) // 2])


def _blank(n: int) -> pd.Series:
    return pd.Series([""] * n, dtype="str")


def tidy(text: pd.Series) -> pd.Series:
    """Cells without outer blanks and without HTML: tags taken out, ``&amp;`` written as ``&``."""
    plain = text.astype("str").fillna("").str.strip().reset_index(drop=True)
    if not plain.any():
        return plain
    marked = plain.str.contains(r"<[A-Za-z/!]|&[A-Za-z#]", regex=True).to_numpy(dtype=bool)
    if marked.any():
        some = plain[marked].str.replace(r"(?i)<br\s*/?>|</p>|</div>|</li>", "\n", regex=True)
        # an address in angle brackets is no tag
        some = some.str.replace(r"<(/?[A-Za-z!][^<>@]*)>", "", regex=True)
        cells = plain.to_numpy(dtype=object).copy()
        cells[marked] = [html.unescape(value).replace("\xa0", " ").strip() for value in some]
        plain = pd.Series(cells, dtype="str")
    return plain


def _named(text: Mapping[str, pd.Series]) -> pd.Series:
    """Who the candidate is: the name, else what else names them."""
    name = text["candidate"]
    for other in ("candidate_email", "candidate_id", "candidate_phone"):
        if not name.all():
            name = name.where(name != "", text[other])
    return name.astype("str")


def _known(text: pd.Series, valid: object) -> tuple[pd.Series, pd.Series]:
    assert callable(valid)
    if not text.any():
        return text, pd.Series(np.zeros(len(text), dtype=bool))
    codes, distinct = pd.factorize(text)
    good = np.array([word == "" or bool(valid(word)) for word in distinct], dtype=bool)
    kept = pd.Series([w if ok else "" for w, ok in zip(distinct, good, strict=True)], dtype="str")
    return kept.take(codes).reset_index(drop=True), pd.Series(~good, dtype="bool").take(codes).reset_index(drop=True)


def emails(text: pd.Series) -> tuple[pd.Series, NDArray[np.bool_], pd.Series]:
    """Addresses joined by ``;``, lower case, places kept; a directory name (``/O=…``) is left out without a word.

    Returns the addresses, a mask of cells where something was no address, and the cells as they were.
    """
    codes, distinct = pd.factorize(text)
    cleaned, wrong = [], []
    for cell in distinct:
        places = [_address(place) for place in str(cell).split(";")]
        wrong.append(any(place is None for place in places))
        joined = ";".join(place or "" for place in places)
        cleaned.append(joined if joined.strip(";") else "")
    out = pd.Series(cleaned, dtype="str").take(codes).reset_index(drop=True)
    return out, np.asarray(wrong, dtype=bool)[codes], text


def _address(place: str) -> str | None:
    address = place.strip()
    if "<" in address and ">" in address:
        address = address[address.rfind("<") + 1 : address.rfind(">")]
    address = address.strip().strip("'\"").removeprefix("mailto:").removeprefix("MAILTO:").lower()
    if not address or address.startswith(("/o=", "/cn=")):
        return ""
    local, at, domain = address.partition("@")
    return address if local and at and domain and "@" not in domain and " " not in address else None


def _verdict(table: Fields, text: Mapping[str, pd.Series], dates: Dates) -> NDArray[np.object_]:
    """Why a row is set aside, ``""`` where it is not. The first reason wins."""
    says = np.zeros(len(text["kind"]), dtype=bool)
    for name in ("kind", "channel", "note", "subject", "state", "decision_on", "decision_asked"):
        says |= (text[name] != "").to_numpy()
    nowhere = np.zeros(len(says), dtype=bool)
    deleted = nowhere if table.deleted is None else table.deleted
    other = nowhere if table.no_interview is None else table.no_interview
    none = nowhere if table.aside is None else table.aside != ""
    again = nowhere if table.same_as is None else table.same_as != 0
    person = np.full(len(says), table.holds == "people")
    reasons = {
        "deleted_row": deleted,
        "not_a_contact": none,
        "same_contact": again,
        "person_only": person,
        "no_interview": other,
        "no_candidate": (text["candidate"] == "").to_numpy(),
        "unreadable_date": dates.unreadable,
        "end_before_start": dates.backwards,
        "says_nothing": ~says,
    }
    return np.select(list(reasons.values()), list(reasons), default="").astype(object)


def _told(
    table: Fields,
    lines: NDArray[np.int64],
    source: pd.DataFrame,
    code: NDArray[np.object_],
    late: NDArray[np.bool_],
    dates: Dates,
    text: Mapping[str, pd.Series],
) -> list[Problem]:
    file, told = table.name, []
    at = source["at"] if "at" in source else _blank(len(source))
    ended = text["ended_at"]
    for each in ("deleted_row", "no_interview", "no_candidate", "says_nothing", "not_a_contact", "same_contact"):
        told += tell_rows(each, file, lines, code == each, "", _reasons(table, each, at))
    told += tell_rows("unreadable_date", file, lines, code == "unreadable_date", dates.column, at)
    end_column = table.origin.get("ended_at", "ended_at")
    told += tell_rows("end_before_start", file, lines, code == "end_before_start", end_column, ended)
    sent = late & (text["state"] == "happened").to_numpy() & (text["kind"] == "thank_you").to_numpy()
    column = _columns_of(table, dates)
    for name in pd.unique(column[late]):
        here = late & (column == name)
        told += tell_rows("no_year", file, lines, here & dates.no_year, str(name), at)
        told += tell_rows("sent_without_date", file, lines, here & ~dates.no_year & sent, str(name), text["note"])
    dateless = late & ~dates.no_year & ~sent
    by_nature = {"no_dates": "holds_no_dates", "last_state": "only_last_state", "people": "only_people"}
    if table.holds == "contacts":
        told += tell_rows("no_date", file, lines, dateless, "", at)
    elif len(lines):
        count = int(len(lines) if table.holds == "people" else late.sum())
        told.append(problem(by_nature[table.holds], file, shown=table.title, count=f"{count:,}"))
    return told


def _reasons(table: Fields, code: str, at: pd.Series) -> pd.Series:
    """What the sentence of a code says of each row: why it is no contact, on which line it stands, else its time."""
    if code == "not_a_contact" and table.aside is not None:
        return pd.Series(table.aside, dtype="str")
    if code == "same_contact" and table.same_as is not None:
        return pd.Series(table.same_as).astype("str")
    return at


def _columns_of(table: Fields, dates: Dates) -> NDArray[np.object_]:
    """Per row the column of the file that its date came from."""
    usual = np.full(len(table.lines), dates.column, dtype=object)
    if "at_column" not in table.frame:
        return usual
    named = table.frame["at_column"].astype(object).to_numpy()
    return np.where(named == "", usual, named)


def _rejected(
    table: Fields, source: pd.DataFrame, lines: NDArray[np.int64], code: NDArray[np.object_], dates: Dates
) -> pd.DataFrame:
    """Rows set aside, those of the reader first."""
    earlier: list[tuple[str, int, str, str, str]] = []
    if table.rejects is not None and len(table.rejects):
        messages = {(p.code, p.line): p.message for p in table.problems}
        for reject in table.rejects.to_dict("records"):
            line, why = int(reject["line"]), str(reject["code"])
            message = str(reject.get("message") or messages.get((why, line), ""))
            message = message or f"Line {line} of {table.name} could not be read."
            earlier.append((table.name, line, why, message, str(reject["text"])))
    aside = np.flatnonzero(code != "")
    at = source["at"].reset_index(drop=True) if "at" in source else _blank(len(source))
    columns = _columns_of(table, dates).astype(object)
    values = np.full(len(code), "", dtype=object)
    for why in pd.unique(code[aside]):
        backwards = why == "end_before_start"
        shown = source["ended_at"] if backwards else _reasons(table, str(why), at)
        values = np.where(code == why, shown.to_numpy(dtype=object), values)
        columns = np.where(code == why, table.origin.get("ended_at", "ended_at"), columns) if backwards else columns
    cells = source.iloc[aside].fillna("").astype(str).to_numpy(dtype=object)
    rows = zip(code[aside], lines[aside].tolist(), columns[aside], values[aside], cells, strict=True)
    for why, line, column, value, row in rows:
        message = problem(why, table.name, line, column=str(column), value=str(value)).message
        earlier.append((table.name, line, why, message, " | ".join([c for c in row if c])))
    if not earlier:
        return _no_set_aside()
    frame = pd.DataFrame(earlier, columns=list(_SET_ASIDE))
    return frame.astype({name: "int64" if name == "line" else "str" for name in _SET_ASIDE})


def _frame(
    file: str, lines: NDArray[np.int64], text: Mapping[str, pd.Series], dates: Dates, answers: Answers
) -> pd.DataFrame:
    n = len(lines)
    columns: dict[str, object] = {
        **text,
        "file": pd.Series([file] * n, dtype="str"),
        "line": lines,
        "at": dates.at,
        "ended_at": dates.ended_at,
        "logged_at": dates.logged_at,
        "precision": dates.precision,
        "time_is": dates.time_is,
        "decision_day": dates.decision_day,
        "decision_vague": dates.decision_vague,
        "complete": np.full(n, answers.complete == "yes"),
        "asked_for": np.zeros(n, dtype=bool),
        "correction": _blank(n),
        "told_at": pd.Series([pd.NaT] * n, dtype="datetime64[us, UTC]"),
        "told_sure": np.ones(n),
        "tells": np.zeros(n, dtype=bool),
        "gist": _blank(n),
    }
    frame = pd.DataFrame({name: columns[name] for name in CONTACT_DTYPES})
    wrong = {name: dtype for name, dtype in CONTACT_DTYPES.items() if str(frame[name].dtype) != dtype}
    return frame.astype(wrong) if wrong else frame


def with_problems(account: FileAccount, *more: Problem) -> FileAccount:
    """An account with further problems, in line order."""
    return replace(account, problems=tuple(sorted([*account.problems, *more], key=lambda p: p.line)))
