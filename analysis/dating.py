"""The dates of a file's rows: one order a column, zones, instants, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.calendars import country_of_zone, valid_zone
from analysis.checked import Answers, Fields
from analysis.named_days import decision_days
from analysis.problems import Problem, problem
from analysis.telling import tell_rows
from analysis.timetext import split_times
from analysis.when import Order, decide_order, in_words, localise, place

_NO_DAY = np.iinfo("int64").min
_DAY_US = 86_400_000_000
_MONTH_FIRST = ("US", "PH", "PR", "GU", "VI", "AS", "MP", "FM", "PW", "MH")
"""Countries that write the month first in numeric dates."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a file's rows; all of the length of its rows.

    ``unreadable``: text in ``at`` that is no date. ``backwards``: the end lies before the start. ``no_year``: a date
    whose year is not known.
    """

    at: pd.Series
    ended_at: pd.Series
    logged_at: pd.Series
    precision: pd.Series
    time_is: pd.Series
    decision_day: pd.Series
    decision_vague: pd.Series
    unreadable: NDArray[np.bool_]
    backwards: NDArray[np.bool_]
    no_year: NDArray[np.bool_]
    column: str
    problems: tuple[Problem, ...]


def date_rows(
    table: Fields, text: Mapping[str, pd.Series], answers: Answers, zone: str, around: int | None = None
) -> Dates:
    """Read all times of a file.

    ``text``: its columns, tidied; ``zone``: a valid zone for times that have none; ``around``: days since 1970 of
    other files' dates, for dates without a year in a file that has no year at all.
    """
    return _File(table, text, answers, zone, around).dates()


class _File:
    """One file's dates while they are being read; nothing of it outlives `date_rows`."""

    def __init__(
        self, table: Fields, text: Mapping[str, pd.Series], answers: Answers, zone: str, around: int | None
    ) -> None:
        self.table, self.text, self.answers, self.zone, self.around = table, text, answers, zone, around
        self._near_parts: pd.DataFrame | None = None
        self.lines = np.asarray(table.lines, dtype="int64")
        self.n = len(self.lines)
        self.problems: list[Problem] = []
        self.usual = "mdy" if country_of_zone(zone) in _MONTH_FIRST else "dmy"
        self.parts = {name: split_times(text[name]) for name in ("at", "ended_at", "logged_at")}
        self.orders: dict[str, str] = {}
        self._decide()

    def origin(self, name: str) -> str:
        """The column of the file that a field came from."""
        return self.table.origin.get(name, name)

    def _decide(self) -> None:
        """One order for each column of the file, kept in ``orders``; an open one is asked about."""
        columns = self._columns()
        newest = self._newest()
        found = {name: decide_order(parts, self.usual, newest) for name, (_, parts) in columns.items()}
        settled = {o.order for o in found.values() if o.decided and o.order != "ymd"}
        settled |= {said for name in found if (said := self._said(name)) in ("dmy", "mdy")}
        usual = self._closer(columns)
        doubtful: list[str] = []
        for name, order in found.items():
            said = self._said(name)
            parts = columns[name][1]
            if said == "ymd" and self._told(name) == "" and (parts["state"] == "numeric").any():
                # the export writes the year first, and a spreadsheet wrote the file again
                said = ""
            if self._refuted(name, said, parts):
                other = "day first" if said == "mdy" else "month first"
                code = "saved_order_wrong" if said == self.table.orders.get(name) else "usual_order_wrong"
                self.problems.append(problem(code, self.table.name, column=name, shown=other))
                said = ""
            if said:
                self.orders[name] = said
                continue
            chosen = order.order
            if not order.decided and not order.mixed:
                chosen, sure = self._from_ends(usual, columns[name][1])
                if not sure and len(settled) == 1:
                    chosen, sure = next(iter(settled)), True
                if not sure:
                    doubtful.append(name)
            elif order.mixed:
                self._ask([name], columns, chosen, "date_order_mixed")
            self.orders[name] = chosen
        if doubtful:
            self._ask(doubtful, columns, self.orders[doubtful[0]])

    def _closer(self, columns: Mapping[str, tuple[NDArray[np.int64], pd.DataFrame]]) -> str:
        """The likelier order of a file in doubt: the one that keeps a wide row's dates near its interview."""
        if "near" not in self.table.frame:
            return self.usual
        spread = {}
        for order in ("dmy", "mdy"):
            near = self._near(order)
            placed = [_day_numbers(place(parts, order, near[rows])["local"]) for rows, parts in columns.values()]
            apart = np.abs(np.concatenate(placed) - np.concatenate([near[rows] for rows, _ in columns.values()]))
            spread[order] = int(apart[apart < 100_000].sum())
        other = "mdy" if self.usual == "dmy" else "dmy"
        return other if spread[other] * 3 < spread[self.usual] else self.usual

    def _said(self, name: str) -> str:
        """The order that a person or the export fixes, ``""`` where none does."""
        return self._told(name) or self.table.date_order

    def _told(self, name: str) -> str:
        """The order that a person gave, ``""`` where nobody did."""
        fields = [f for f, column in self.table.origin.items() if column == name]
        said = [self.answers.date_order.get(key, "") for key in (name, *fields)]
        said.append(self.table.orders.get(name, ""))
        return next((s for s in said if s in ("dmy", "mdy", "ymd")), "")

    def _refuted(self, name: str, said: str, parts: pd.DataFrame) -> bool:
        """Whether what a person said of an earlier file, or what the export usually writes, cannot hold for this."""
        if said not in ("dmy", "mdy") or (self._told(name) and said != self.table.orders.get(name)):
            return False
        if self.answers.date_order.get(name):
            return False
        numeric = parts[(parts["state"] == "numeric").to_numpy()]
        day_first, month_first = bool((numeric["a"] > 12).any()), bool((numeric["b"] > 12).any())
        return day_first != month_first and day_first == (said == "mdy")

    def _columns(self) -> dict[str, tuple[NDArray[np.int64], pd.DataFrame]]:
        """Rows and split times of each column of the file."""
        columns: dict[str, tuple[NDArray[np.int64], pd.DataFrame]] = {}
        everything = np.arange(self.n)
        source = self._sources()
        for name in pd.unique(source):
            rows = np.flatnonzero(source == name)
            columns[str(name)] = (rows, self.parts["at"].iloc[rows])
        for field in ("ended_at", "logged_at"):
            name = self.origin(field)
            if name in columns:
                merged = pd.concat([columns[name][1], self.parts[field]], ignore_index=True)
                columns[name] = (np.concatenate([columns[name][0], everything]), merged)
            else:
                columns[name] = (everything, self.parts[field])
        return columns

    def _sources(self) -> NDArray[np.object_]:
        """Per row the column that ``at`` came from."""
        usual = self.origin("at")
        if "at_column" not in self.table.frame:
            return np.full(self.n, usual, dtype=object)
        named = self.table.frame["at_column"].fillna("").astype(object).to_numpy()
        return np.where(named == "", usual, named)

    def _newest(self) -> int | None:
        """The newest date of the file that allows no doubt (µs)."""
        done = [p["local"].to_numpy()[(p["state"] == "done").to_numpy()] for p in self.parts.values()]
        certain = [int(local.max(initial=0)) for local in done]
        same = self.parts["at"]
        twin = same[((same["state"] == "numeric") & (same["a"] == same["b"]) & (same["year"] > 0)).to_numpy()]
        if len(twin):
            moments = place(twin.reset_index(drop=True), "dmy")["local"].dropna()
            certain.append(int(moments.max().to_datetime64().astype("datetime64[us]").astype("int64")))
        return max(certain) or None

    def _from_ends(self, chosen: str, parts: pd.DataFrame) -> tuple[str, bool]:
        """Whether only one order has every end at or after its start, within a day."""
        start, end = self.parts["at"], self.parts["ended_at"]
        if len(parts) != self.n or not (end["state"] == "numeric").any():
            return chosen, False
        fits = {}
        for order in ("dmy", "mdy"):
            gap = (place(end, order)["local"] - place(start, order)["local"]).dropna()
            fits[order] = bool(((gap >= pd.Timedelta(0)) & (gap <= pd.Timedelta(days=1))).all()) and len(gap) > 0
        if fits["dmy"] != fits["mdy"]:
            return ("dmy" if fits["dmy"] else "mdy"), True
        return chosen, False

    def _ask(
        self,
        names: list[str],
        columns: Mapping[str, tuple[NDArray[np.int64], pd.DataFrame]],
        chosen: str,
        code: str = "date_order_open",
    ) -> None:
        """Ask about the first of the columns in doubt; the answer holds for the others too."""
        rows, parts = columns[names[0]]
        telling = ((parts["state"] == "numeric") & (parts["a"] != parts["b"])).to_numpy()
        some = parts[telling].head(3).reset_index(drop=True)
        other = "dmy" if chosen == "mdy" else "mdy"
        shown, instead = (
            _in_words(place(some, order, self._near(order)[rows][telling][:3])["local"]) for order in (chosen, other)
        )
        first = int(self.lines[rows[np.flatnonzero(telling)[0]]])
        also = f" (and in {', '.join(names[1:])})" if len(names) > 1 else ""
        self.problems.append(
            problem(code, self.table.name, first, column=names[0], value=chosen, shown=shown, other=instead, also=also)
        )

    def _near(self, order: str = "") -> NDArray[np.int64]:
        """Per row the day (since 1970) of the date it belongs to, the smallest int64 where unknown.

        ``order``: that of numeric dates, else the one found for the file.
        """
        if "near" not in self.table.frame:
            return np.full(self.n, _NO_DAY)
        if self._near_parts is None:
            self._near_parts = split_times(self.table.frame["near"].fillna("").astype("str").reset_index(drop=True))
        found = decide_order(self._near_parts, self.usual)
        settled = next((o for o in self.orders.values() if o != "ymd"), self.usual)
        best = found.order if found.decided and found.order != "ymd" else (order or settled)
        return _day_numbers(place(self._near_parts, best)["local"])

    def _years(self, near: NDArray[np.int64]) -> NDArray[np.int64]:
        """``near``, with the middle of the file's other dates for dates that have no year and nothing near."""
        parts = self.parts["at"]
        short = (parts["state"].isin(("numeric", "named")) & (parts["year"] < 0)).to_numpy()
        lacking = short & (near == _NO_DAY)
        beside = int((short & ~lacking).sum())
        if beside:
            shown = "of the same line"
            self.problems.append(problem("year_supplied", self.table.name, count=f"{beside:,}", shown=shown))
        if not lacking.any():
            return near
        known = near[near != _NO_DAY]
        if not len(known):
            usual = self.orders.get(self.origin("at"), self.usual)
            known = np.concatenate([_day_numbers(place(p, usual)["local"]) for p in self.parts.values()])
            known = known[known != _NO_DAY]
        if not len(known):
            known = np.array([self.around]) if self.around is not None else known
        if not len(known):
            return near
        middle = int(np.sort(known)[len(known) // 2])
        shown = in_words(pd.Timestamp(middle, unit="D"))
        self.problems.append(
            problem("year_supplied", self.table.name, count=f"{int(lacking.sum()):,}", shown=f"around {shown}")
        )
        return np.where(lacking, middle, near)

    def dates(self) -> Dates:
        """Everything, put together."""
        near = self._years(self._near())
        at = self._place_at(near)
        day = _day_numbers(at["local"])
        ended = place(self.parts["ended_at"], self.orders[self.origin("ended_at")], day)
        logged = place(self.parts["logged_at"], self.orders[self.origin("logged_at")], day)
        time_is = np.full(self.n, self.table.time_is, dtype=object)
        instead = (at["local"].isna() & ~at["unreadable"] & ~at["no_year"] & logged["local"].notna()).to_numpy()
        if instead.any():
            at = pd.concat([at[~instead], logged[instead]]).sort_index()
            time_is[instead] = "logged"
        instants = {
            "at": self._instants("at", at, "at_zone"),
            "ended_at": self._instants("ended_at", ended, "ended_zone"),
            "logged_at": self._instants("logged_at", logged, "at_zone"),
        }
        for name, read in (("ended_at", ended), ("logged_at", logged)):
            wrong = (read["unreadable"] | read["no_year"]).to_numpy()
            self.problems += tell_rows(
                "side_time_unreadable", self.table.name, self.lines, wrong, self.origin(name), self.text[name]
            )
        whole_days = (at["precision"] == "day").to_numpy() | (ended["precision"] == "day").to_numpy()
        backwards = (instants["ended_at"] < instants["at"]).to_numpy() & ~(
            whole_days & (_day_numbers(ended["local"]) >= _day_numbers(at["local"]))
        )
        logged_only = int((time_is == "logged").sum())
        if logged_only:
            self.problems.append(problem("only_logged", self.table.name, count=f"{logged_only:,}"))
        decision_day, vague = self._decisions(at["local"])
        return Dates(
            at=instants["at"],
            ended_at=instants["ended_at"],
            logged_at=instants["logged_at"].where(time_is != "logged", instants["at"]),
            precision=at["precision"].where(at["local"].notna(), "").astype("str"),
            time_is=pd.Series(time_is, dtype="str"),
            decision_day=decision_day,
            decision_vague=vague,
            unreadable=at["unreadable"].to_numpy(),
            backwards=backwards,
            no_year=at["no_year"].to_numpy(),
            column=self.origin("at"),
            problems=tuple(self.problems),
        )

    def _place_at(self, near: NDArray[np.int64]) -> pd.DataFrame:
        parts, source = self.parts["at"], self._sources()
        names = list(pd.unique(source))
        if len(names) <= 1:
            at = place(parts, self.orders[str(names[0])] if names else "ymd", near)
        else:
            pieces = []
            for name in names:
                rows = np.flatnonzero(source == name)
                piece = place(parts.iloc[rows].reset_index(drop=True), self.orders[str(name)], near[rows])
                pieces.append(piece.set_index(rows))
            at = pd.concat(pieces).sort_index()
        clocks = parts["clock"].to_numpy()[at["local"].notna().to_numpy()]
        zoned = parts["offset"].notna().any()
        if len(clocks) and not zoned and (clocks == 0).all():
            # a column of nothing but midnights holds days
            at["local"] = at["local"] + pd.Timedelta(hours=12)
            at["precision"] = at["precision"].where(at["local"].isna(), "day")
        return at

    def _instants(self, name: str, placed: pd.DataFrame, zone_column: str) -> pd.Series:
        """Instants of placed times (datetime64[us, UTC])."""
        if placed["local"].isna().all():
            return pd.Series(pd.DatetimeIndex(np.full(self.n, np.datetime64("NaT", "us"))).tz_localize("UTC"))
        zones = self._zones(zone_column)
        out, gap, overlap = localise(placed["local"], zones)
        offset = placed["offset"].to_numpy()
        own = ~np.isnan(offset)
        if own.any():
            micros = (np.where(own, offset, 0) * 60_000_000).astype("int64").astype("timedelta64[us]")
            shifted = placed["local"].to_numpy(dtype="datetime64[us]") - micros
            fixed = pd.Series(pd.DatetimeIndex(shifted).tz_localize("UTC"))
            out = out.where(~own, fixed)
            gap, overlap = gap & ~own, overlap & ~own
        exact = (placed["precision"] != "day").to_numpy()
        for code, where in (("clock_gap", gap & exact), ("clock_overlap", overlap & exact)):
            self.problems += tell_rows(code, self.table.name, self.lines, where, self.origin(name), self.text[name])
        return out

    def _zones(self, column: str) -> pd.Series:
        fixed = self.table.zone if valid_zone(self.table.zone) else ""
        usual = fixed or self.zone
        zones = pd.Series([usual] * self.n, dtype="str") if fixed else self.text["client_zone"]
        if column in self.table.frame:
            own = self.table.frame[column].fillna("").astype("str").reset_index(drop=True)
            codes, distinct = pd.factorize(own)
            known = pd.Series([z if valid_zone(z) else "" for z in distinct], dtype="str").take(codes)
            own = known.reset_index(drop=True)
            zones = own.where(own != "", zones)
        return zones.where(zones != "", usual)

    def _decisions(self, local: pd.Series) -> tuple[pd.Series, pd.Series]:
        """The decision days of the rows, from dates or from words."""
        day = pd.Series(np.full(self.n, np.datetime64("NaT", "us")))
        vague = pd.Series(np.zeros(self.n, dtype=bool))
        text = self.text["decision_on"]
        said = (text != "").to_numpy()
        if not said.any():
            return day, vague
        parts = split_times(text)
        order = self._said(self.origin("decision_on"))
        if not order:
            found: Order = decide_order(parts, next((o for o in self.orders.values() if o != "ymd"), self.usual))
            order = found.order
        placed = place(parts, order, _day_numbers(local))
        usable = placed["local"].notna().to_numpy() & (parts["state"] != "clock").to_numpy()
        local_days = local.dt.normalize()
        day = placed["local"].where(usable).dt.normalize()
        words = said & ~usable
        if words.any():
            read = decision_days(text[words], local_days[words])
            day[words] = read["day"].to_numpy().astype("datetime64[us]")
            vague[words] = read["vague"].to_numpy()
            unclear = words & day.isna().to_numpy()
            self.problems += tell_rows(
                "decision_not_understood", self.table.name, self.lines, unclear, self.origin("decision_on"), text
            )
        return day, vague & day.notna()


def _in_words(moments: pd.Series) -> str:
    return ", ".join(in_words(moment) if pd.notna(moment) else "no such date" for moment in moments)


def _day_numbers(moments: pd.Series) -> NDArray[np.int64]:
    values = moments.to_numpy(dtype="datetime64[us]").astype("int64")
    return np.where(values == _NO_DAY, _NO_DAY, values // _DAY_US)
