"""A raw table and its profile to the fields of the contact log, still text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.checked import HELPERS, Fields
from analysis.flags import flags
from analysis.formats.flattened import gather
from analysis.formats.guessing import says_yes
from analysis.formats.profile import GUESSED, IGNORED, Profile, normal_header, offset_in_header
from analysis.formats.recognising import choices, missing
from analysis.known import NOBODY, Known
from analysis.log import PLAIN_COLUMNS, VOCABULARIES
from analysis.meanings import meaning
from analysis.parties import EARLY_STEPS, STEPS
from analysis.problems import Problem, problem
from analysis.reading.raw import RawTable
from analysis.repeats import continue_rows, leave_out_rounded, merge_rows, skip_rows
from analysis.telling import tell_words
from analysis.unpivoting import unpivot
from analysis.vocabulary import fold
from analysis.when import in_words

_IN = {"in", "inbound", "incoming", "received", "1", "incoming_email", "in_bound"}
_OUT = {"out", "outbound", "outgoing", "sent", "originating", "2", "email", "out_bound"}


_MOMENTS = ("at", "ended_at", "logged_at")
_CLOCK_ONLY = r"(?i)\d:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]m)?$"
_MIDNIGHT = r"(?i)(?<=\d)[T ]+(?:0?0:00(?::00(?:[.,]0+)?)?|12:00(?::00)?\s*am)\s*(?:Z|UTC)?$"


@dataclass(slots=True)
class Sheet:
    """A table on its way through the steps of a mapping; lives inside `map_fields` only.

    ``cells``: field or part -> text, all of one length. ``source``: field -> column of the file. ``aside``: why a row
    is no contact, ``""`` where it may be one. ``same_as``: the row that stands for it, -1 for none.
    ``known``: people of other files. ``agency``: the agency's own domains, as far as this table says.
    """

    name: str
    profile: Profile
    cells: dict[str, pd.Series]
    source: dict[str, str]
    lines: NDArray[np.int64]
    problems: list[Problem]
    drop: pd.Series
    no_interview: pd.Series
    aside: NDArray[np.object_]
    same_as: NDArray[np.int64]
    known: Known = NOBODY
    agency: tuple[str, ...] = ()

    def get(self, name: str) -> pd.Series:
        """The cells of a field, blank where the file has none."""
        if name in self.cells:
            return self.cells[name]
        return pd.Series([""] * len(self.lines), dtype="str")

    def fill(self, name: str, values: pd.Series) -> None:
        """Give a field values where it has none yet."""
        now = self.get(name)
        self.cells[name] = now.where(now != "", values.astype("str")).astype("str")


def map_fields(raw: RawTable, profile: Profile, known: Known = NOBODY) -> Fields:
    """Turn the columns of a raw table into fields, as a profile says.

    A wide sheet is unpivoted, one row a contact. ``known``: people of other files, who tell the sides of a mailbox.
    Never raises for what a file holds: what cannot be mapped is said in ``problems``, and `analysis.checking.check`
    decides about each row.
    """
    frame = raw.frame.reset_index(drop=True)
    problems = list(raw.problems)
    columns = tuple(str(c) for c in frame.columns)
    lines = np.asarray(raw.lines, dtype="int64")
    if raw.readable:
        problems += _about_columns(raw.name, profile, columns)
    frame, lines = gather(frame, lines, profile)
    if profile.events:
        frame, lines = unpivot(frame, lines, profile)
    cells, source = _collect(frame, profile, profile.blank)
    nowhere = pd.Series(np.zeros(len(lines), dtype=bool))
    aside, same_as = np.full(len(lines), "", dtype=object), np.full(len(lines), -1, dtype="int64")
    sheet = Sheet(raw.name, profile, cells, source, lines, problems, nowhere, nowhere, aside, same_as, known)
    if "aside" in frame.columns and profile.events:
        sheet.aside = frame["aside"].to_numpy(dtype=object)
        _headed(sheet, frame)
    _compose(sheet)
    flags(sheet)
    _ways(sheet)
    # the subject can name the activity, and the activity can name the direction
    for step in profile.steps:
        if step in EARLY_STEPS:
            EARLY_STEPS[step](sheet)
    _words(sheet)
    leave_out_rounded(sheet)
    if not profile.events:
        skip_rows(sheet, frame)
        continue_rows(sheet)
    merge_rows(sheet)
    if profile.holds == "last_state":
        _state_only(sheet)
    for step in profile.steps:
        if step in STEPS:
            STEPS[step](sheet)
    _direction(sheet)
    for name, value in profile.always.items():
        sheet.fill(name, pd.Series([value] * len(lines), dtype="str"))
    kept = {name: sheet.cells[name] for name in (*PLAIN_COLUMNS, *HELPERS) if name in sheet.cells}
    return Fields(
        name=raw.name,
        profile=profile.name,
        frame=pd.DataFrame(kept, index=pd.RangeIndex(len(lines))).astype("str"),
        lines=lines,
        problems=tuple(sheet.problems),
        time_is=profile.time_is,
        zone=profile.zone,
        date_order=profile.date_order,
        orders={c: o for c in columns if (o := profile.orders.get(profile.header(c), ""))},
        origin=sheet.source,
        rejects=raw.rejects,
        physical=raw.account.lines,
        dropped=raw.account.dropped,
        sha256=raw.sha256,
        deleted=sheet.drop.to_numpy(dtype=bool),
        no_interview=sheet.no_interview.to_numpy(dtype=bool),
        aside=sheet.aside,
        same_as=np.where(sheet.same_as >= 0, lines[sheet.same_as], 0) if len(lines) else sheet.same_as,
        holds=profile.holds,
        title=profile.title,
        agency=sheet.agency,
    )


def _headed(sheet: Sheet, frame: pd.DataFrame) -> None:
    """Say which headings were taken as clients."""
    if "event:client" not in frame.columns:
        return
    clients = [c for c in frame["event:client"].unique() if c]
    shown = ", ".join(clients[:6]) + (" …" if len(clients) > 6 else "")
    sheet.problems.append(problem("sections_read", sheet.name, count=f"{len(clients):,}", shown=shown))


def _about_columns(file: str, profile: Profile, columns: tuple[str, ...]) -> list[Problem]:
    told = []
    words = choices()
    shown = ", ".join(columns[:12]) + (" …" if len(columns) > 12 else "")
    if profile.name == GUESSED:
        taken = ", ".join(
            f"{c} = {words[name]}"
            for c in columns
            if (name := profile.columns.get(normal_header(c), IGNORED)) != IGNORED
        )
        told.append(problem("columns_guessed", file, shown=taken or "nothing"))
    if profile.told_on:
        read = [f"{c} = {words[name]}" for c in columns if (name := profile.field_of(c)) not in ("", IGNORED)]
        listed = ", ".join(read[:12]) + (" …" if len(read) > 12 else "")
        when = in_words(pd.Timestamp(profile.told_on))
        told.append(problem("mapping_saved", file, shown=listed or "nothing", when=when))
    if profile.mixed:
        told.append(problem("one_list", file, shown=profile.title))
    for want in missing(profile, columns):
        told.append(problem("columns_needed", file, needed=want, shown=shown))
    unused = [c for c in columns if not profile.knows(c)]
    if unused and profile.name != GUESSED:
        listed = ", ".join(unused[:12]) + (" …" if len(unused) > 12 else "")
        told.append(problem("columns_unused", file, shown=listed))
    return told


def _collect(
    frame: pd.DataFrame, profile: Profile, blank: tuple[str, ...]
) -> tuple[dict[str, pd.Series], dict[str, str]]:
    """Columns to fields; of several columns of one field the first that is not empty counts, in the profile's order."""
    cells: dict[str, pd.Series] = {}
    source: dict[str, str] = {}
    rank = {header: n for n, header in enumerate(profile.columns)}
    named = [(rank[h], str(c), profile.columns[h]) for c in frame.columns if (h := profile.header(str(c))) in rank]
    for helper in HELPERS:
        if helper in frame.columns:
            cells[helper] = frame[helper].astype("str")
    events = [name for name in PLAIN_COLUMNS if f"event:{name}" in frame.columns]
    for name in events:
        cells[name] = frame[f"event:{name}"].astype("str")
    for _, column, name in sorted(named):
        if name == IGNORED or (name in events and name != "note"):
            continue
        values = frame[column].astype("str").fillna("").str.strip()
        if blank:
            values = values.where(~values.isin(blank), "")
        if name in _MOMENTS and (offset := offset_in_header(column)):
            values = values.where(~values.str.contains(_CLOCK_ONLY, regex=True), values + offset)
        if name not in cells:
            cells[name] = values
            source[name] = column
        elif name == "note" and not profile.needs:
            both = (cells[name] != "") & (values != "") & (cells[name] != values)
            joined = cells[name].str.cat(values, sep="\n").where(both, cells[name])
            cells[name] = joined.where(cells[name] != "", values).astype("str")
        else:
            cells[name] = cells[name].where(cells[name] != "", values).astype("str")
    return cells, source


def _compose(sheet: Sheet) -> None:
    """Names of first and last, times of day and clock, zones."""
    if "last_name" in sheet.cells or "first_name" in sheet.cells:
        sheet.fill("candidate", sheet.get("first_name").str.cat(sheet.get("last_name"), sep=" ").str.strip())
    for name in ("candidate_email", "candidate_phone"):
        if name in sheet.cells:
            # of several addresses of one candidate the first is theirs above all
            sheet.cells[name] = sheet.cells[name].str.replace(r"^[;\s]*([^;]*).*$", r"\1", regex=True).str.strip()
    if "all_day" in sheet.cells:
        whole = sheet.cells["all_day"].map(says_yes).astype("bool")
        for name in ("at", "ended_at"):
            if whole.any() and name in sheet.cells:
                days = sheet.cells[name].str.replace(_MIDNIGHT, "", regex=True).astype("str")
                sheet.cells[name] = sheet.cells[name].where(~whole, days)
    if "recruiter_last_name" in sheet.cells or "recruiter_first_name" in sheet.cells:
        both = sheet.get("recruiter_first_name").str.cat(sheet.get("recruiter_last_name"), sep=" ")
        sheet.fill("recruiter", both.str.strip())
    for name, day, clock in (("at", "date", "time"), ("ended_at", "end_date", "end_time")):
        if day in sheet.cells:
            # a day has no time of day, even where a system writes midnight behind it
            sheet.cells[day] = sheet.cells[day].str.replace(_MIDNIGHT, "", regex=True).astype("str")
            if "all_day" in sheet.cells and clock in sheet.cells:
                whole = sheet.cells["all_day"].map(says_yes).astype("bool")
                sheet.cells[clock] = sheet.cells[clock].where(~whole, "")
            sheet.fill(name, sheet.get(day).str.cat(sheet.get(clock), sep=" ").str.strip())
            sheet.source.setdefault(name, sheet.source.get(day, day))
        elif clock in sheet.cells and name == "ended_at":
            sheet.fill(name, sheet.get(clock))
            sheet.source.setdefault(name, sheet.source.get(clock, clock))
    for name in ("zone", "end_zone", "client_zone"):
        if name in sheet.cells:
            # some systems write a blank where the name of a zone has a line
            spaced = sheet.cells[name].str.contains(r"^[A-Za-z]+/.+ ", regex=True)
            sheet.cells[name] = sheet.cells[name].where(~spaced, sheet.cells[name].str.replace(" ", "_", regex=False))
    if "zone" in sheet.cells:
        sheet.fill("at_zone", sheet.get("zone"))
        sheet.fill("ended_zone", sheet.get("end_zone" if "end_zone" in sheet.cells else "zone"))
    if "candidate" in sheet.cells and sheet.profile.name != "plain":
        sheet.cells["candidate"] = first_last(sheet.cells["candidate"])
    if "candidate" in sheet.cells:
        addressed = sheet.cells["candidate"].str.contains("@", regex=False)
        if addressed.any():
            names, address = with_address(sheet.cells["candidate"])
            sheet.fill("candidate_email", address)
            sheet.cells["candidate"] = names.where(addressed, sheet.cells["candidate"])


def first_last(names: pd.Series) -> pd.Series:
    """``Lind, May`` as ``May Lind``; a name with no comma or several stays as it is."""
    return names.str.replace(r"^\s*([^,;]+?),\s*([^,;]+?)\s*$", r"\2 \1", regex=True).astype("str")


def with_address(people: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Names and addresses of ``May Lind (may@x)``, ``"May Lind" <may@x>`` or a lone address."""
    address_at_end = r"[<(]?\s*(?P<address>[^\s<>()@\"]+@[^\s<>()@\"]+)\s*[>)]?\s*$"
    found = people.str.extract(r"^\s*\"?(?P<name>[^\"<(@]*?)\"?\s*" + address_at_end)
    address = found["address"].fillna("").astype("str")
    return found["name"].fillna("").where(address != "", people).str.strip().astype("str"), address


def _words(sheet: Sheet) -> None:
    """Words of activity, status and result to kind, channel, state and sides; an unknown word joins the subject."""
    for part in VOCABULARIES:
        # a person may have given words of these their own meaning
        if part in sheet.cells and part in sheet.profile.words:
            codes, distinct = pd.factorize(sheet.cells[part])
            own = sheet.profile.words[part]
            said = [own.get(fold(str(word)), {part: str(word)}) for word in distinct]
            sheet.cells[part] = _taken([sets.get(part, "") for sets in said], codes)
            _set(sheet, said, codes)
    for part in ("type", "status", "result"):
        if part not in sheet.cells:
            continue
        codes, distinct = pd.factorize(sheet.cells[part])
        meant = [meaning(sheet.profile, part, str(word)) for word in distinct]
        _set(sheet, [sets or {} for sets in meant], codes)
        unknown = pd.Series([sets is None for sets in meant], dtype="bool").take(codes).reset_index(drop=True)
        if unknown.any():
            word = sheet.cells[part].where(unknown, "")
            source = pd.DataFrame({part: sheet.cells[part]})
            told = tell_words("unknown_word", sheet.name, sheet.lines, part, source, unknown)
            named = sheet.source.get(part, part)
            old, new = f"column {part} ", f"column {named} "
            sheet.problems += [replace(p, column=named, message=p.message.replace(old, new)) for p in told]
            sheet.fill("subject", word)


def _taken(values: list[str], codes: NDArray[np.intp]) -> pd.Series:
    return pd.Series(values, dtype="str").take(codes).reset_index(drop=True)


def _set(sheet: Sheet, meant: Sequence[Mapping[str, str]], codes: NDArray[np.intp]) -> None:
    """Fill what the distinct words of a column set."""
    for name in sorted({name for sets in meant for name in sets}):
        sheet.fill(name, _taken([sets.get(name, "") for sets in meant], codes))


def _ways(sheet: Sheet) -> None:
    """Words of direction to in and out, as the agency sees it; an unknown one is asked about."""
    if "direction" not in sheet.cells:
        return
    codes, distinct = pd.factorize(sheet.cells["direction"])
    meant = [meaning(sheet.profile, "direction", str(word)) for word in distinct]
    # a log that a candidate keeps sees in and out from the candidate's side
    theirs = [sets if sets and "client" in sets.values() else {} for sets in meant]
    _set(sheet, theirs, codes)
    meant = [{} if own else sets for own, sets in zip(theirs, meant, strict=True)]
    ways = [_way(sets, str(word)) for sets, word in zip(meant, distinct, strict=True)]
    unknown = _taken(["?" if sets is None else "" for sets in meant], codes) != ""
    if unknown.any():
        column = sheet.source.get("direction", "direction")
        source = pd.DataFrame({column: sheet.cells["direction"]})
        sheet.problems += tell_words("unknown_word", sheet.name, sheet.lines, column, source, unknown)
    sheet.cells["direction"] = _taken(ways, codes)


def _way(sets: Mapping[str, str] | None, word: str) -> str:
    if not sets:
        return ""
    way = {("candidate", "agency"): "in", ("agency", "candidate"): "out", ("agency", "agency"): "internal"}
    return way.get((sets.get("sender", ""), sets.get("receiver", "")), word)


def _state_only(sheet: Sheet) -> None:
    """Rows that keep only where somebody stands: the day of the last change is no day of a contact."""
    for name in ("at", "date", "logged_at"):
        text = sheet.cells.pop(name, None)
        column = sheet.source.pop(name, "")
        if text is not None and column:
            told = (f"{column}: " + text).where(text != "", "")
            both = sheet.get("note").str.cat(told, sep="; ").str.strip("; ")
            sheet.cells["note"] = both.astype("str")


def _direction(sheet: Sheet) -> None:
    """In and out are the agency's view: in is from the row's candidate, out is to them."""
    if "direction" not in sheet.cells:
        return
    codes, distinct = pd.factorize(sheet.cells["direction"])
    folded = [fold(str(d)) for d in distinct]
    for name, inward, outward in (("sender", "candidate", "agency"), ("receiver", "agency", "candidate")):
        words = [inward if f in _IN else outward if f in _OUT else "" for f in folded]
        sheet.fill(name, pd.Series(words, dtype="str").take(codes).reset_index(drop=True))
