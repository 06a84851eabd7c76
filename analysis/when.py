"""One order of day and month for a whole column, then local times, then instants. Nothing here knows the present."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.timetext import DAY_US, EARLIEST, LATEST, NOON


@dataclass(frozen=True, slots=True)
class Order:
    """The order of day and month of one column.

    ``order`` is ``dmy``, ``mdy`` or ``ymd`` (nothing to decide). ``decided`` is False where the rows allow both
    and the order is only the likelier. ``mixed`` is True where some rows allow only the one and some only the other.
    """

    order: str
    decided: bool
    mixed: bool = False


def decide_order(parts: pd.DataFrame, suggestion: str, newest: int | None = None) -> Order:
    """Decide one order for a column from all its rows (`split_times`).

    Evidence, strongest first: a part above 12; a named weekday that fits one order only; an order that would
    put rows more than 200 days after ``newest`` (µs, the latest date of the file that allows no doubt). Else
    ``suggestion``, undecided.
    """
    numeric = parts[(parts["state"] == "numeric").to_numpy()]
    if numeric.empty:
        return Order("ymd", True)
    a, b = numeric["a"].to_numpy(), numeric["b"].to_numpy()
    day_first, month_first = int((a > 12).sum()), int((b > 12).sum())
    if day_first and month_first:
        return Order("dmy" if day_first > month_first else "mdy", False, mixed=True)
    if day_first or month_first:
        return Order("dmy" if day_first else "mdy", True)
    if (a == b).all():
        return Order(suggestion, True)
    dmy, mdy = _days(numeric, "dmy", None), _days(numeric, "mdy", None)
    dated = (numeric["year"].to_numpy() > 0) & (a != b)
    weekday = numeric["weekday"].to_numpy()
    named = dated & (weekday >= 0)
    if named.any():
        fits = [int((((d[named] + 3) % 7) == weekday[named]).sum()) for d in (dmy, mdy)]
        if fits[0] != fits[1]:
            return Order("dmy" if fits[0] > fits[1] else "mdy", True)
    if newest is not None and dated.any():
        limit = newest // DAY_US + 200
        late = [int((d[dated] > limit).sum()) for d in (dmy, mdy)]
        if (late[0] == 0) != (late[1] == 0):
            return Order("dmy" if late[0] == 0 else "mdy", True)
    return Order(suggestion, False)


def _days(parts: pd.DataFrame, order: str, near: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """Days since 1970 of numeric and named values; the smallest int64 where there is no such day."""
    named = (parts["state"] == "named").to_numpy()
    month_first = named | (order != "dmy")
    a, b = parts["a"].to_numpy(), parts["b"].to_numpy()
    month, day = np.where(month_first, a, b), np.where(month_first, b, a)
    year = parts["year"].to_numpy()
    if near is None:
        return _day_number(np.where(year > 0, year, 2000), month, day)
    known = near != np.iinfo("int64").min
    near_day = np.where(known, near, 0)
    near_year = (near_day.astype("datetime64[D]").astype("datetime64[Y]").astype("int64")) + 1970
    options = np.stack([_day_number(near_year + shift, month, day) for shift in (-1, 0, 1)])
    distance = np.where(options == np.iinfo("int64").min, np.iinfo("int64").max, np.abs(options - near_day))
    nearest = np.take_along_axis(options, distance.argmin(axis=0)[None, :], axis=0)[0]
    exact = _day_number(np.where(year > 0, year, 2000), month, day)
    none = np.iinfo("int64").min
    return np.where(year > 0, exact, np.where(known, nearest, none))


def _day_number(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
    valid = (month >= 1) & (month <= 12) & (day >= 1) & (year >= 1)
    safe_month = np.where(valid, month, 1)
    months = (np.where(valid, year, 2000) - 1970) * 12 + safe_month - 1
    starts = months.astype("datetime64[M]").astype("datetime64[D]").astype("int64")
    length = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype("int64") - starts
    return np.where(valid & (day <= length), starts + day - 1, np.iinfo("int64").min)


def place(parts: pd.DataFrame, order: str, near: NDArray[np.int64] | None = None) -> pd.DataFrame:
    """Put split times on the writer's calendar.

    ``near``: per row, days since 1970 of a date the value belongs to (int64 minimum where unknown); it gives
    the year to dates without one (the nearest) and the day to times without one. Columns: ``local``
    (datetime64[us] naive, NaT where unreadable), ``offset`` (minutes, NaN), ``precision``, ``unreadable`` (text that
    is no time), ``no_year`` (a date whose year cannot be known).
    """
    state = parts["state"].astype(str).to_numpy()
    local = parts["local"].to_numpy().copy()
    clock = parts["clock"].to_numpy()
    good = state == "done"
    none = np.iinfo("int64").min
    beside = np.full(len(parts), none) if near is None else near
    waiting = np.isin(state, ("numeric", "named"))
    no_year = np.zeros(len(parts), dtype=bool)
    if waiting.any():
        some = parts[waiting]
        days = _days(some, order, beside[waiting])
        placed = days != none
        hour = np.where(clock[waiting] >= 0, clock[waiting], NOON)
        local[waiting] = np.where(placed, days, 0) * DAY_US + hour
        good[waiting] = placed
        no_year[waiting] = ~placed & (some["year"].to_numpy() < 0) & (beside[waiting] == none)
    lone = state == "clock"
    if lone.any():
        placed = lone & (beside != none)
        local[placed] = beside[placed] * DAY_US + clock[placed]
        good |= placed
    good &= (local >= EARLIEST) & (local < LATEST)
    moments = pd.Series(local.astype("datetime64[us]")).where(good)
    return pd.DataFrame(
        {
            "local": moments,
            "offset": parts["offset"].to_numpy(),
            "precision": np.where(good, parts["precision"].astype(str).to_numpy(), ""),
            "unreadable": ~good & (state != "empty") & ~no_year,
            "no_year": no_year,
        }
    )


def localise(local: pd.Series, zones: pd.Series) -> tuple[pd.Series, NDArray[np.bool_], NDArray[np.bool_]]:
    """Local times to instants: ``local`` naive datetime64[us], ``zones`` valid IANA names of equal length.

    Returns the instants (datetime64[us, UTC]), and two masks: times that the clocks skipped (moved
    forward to the next real minute), and times that happened twice (the first is taken).
    """
    out = np.full(len(local), np.datetime64("NaT", "us"))
    gap, overlap = np.zeros(len(local), dtype=bool), np.zeros(len(local), dtype=bool)
    codes, names = pd.factorize(zones)
    values = local.to_numpy(dtype="datetime64[us]")
    for code, zone in enumerate(names):
        rows = np.flatnonzero(codes == code)
        naive = pd.DatetimeIndex(values[rows])
        strict = naive.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
        doubtful = np.asarray(strict.isna()) & np.asarray(naive.notna())
        if doubtful.any():
            some = naive[doubtful]
            late = some.tz_localize(zone, ambiguous=np.ones(len(some), bool), nonexistent="NaT")
            gap[rows[doubtful]] = late.isna()
            overlap[rows[doubtful]] = late.notna()
            strict = naive.tz_localize(zone, ambiguous=np.ones(len(naive), bool), nonexistent="shift_forward")
        out[rows] = strict.tz_convert("UTC").tz_localize(None).to_numpy(dtype="datetime64[us]")
    return pd.Series(out).dt.tz_localize("UTC"), gap, overlap


def in_words(moment: pd.Timestamp) -> str:
    """A date as a person says it: ``2 November 2026``."""
    return f"{moment.day} {moment.strftime('%B %Y')}"
