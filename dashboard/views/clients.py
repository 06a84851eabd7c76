"""What is known of each client once and for all: how candidates may reach them, their clock and their holidays."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from analysis.report import ROUTE_TITLES
from dashboard import parts, session, settings, settings_form
from dashboard.settings import NOTHING, Told

_NAMED: Final = 5


def one(table: pd.DataFrame, told: dict[str, Told]) -> None:
    """Choose a client, and say what is known of it."""
    names = dict(zip(table["plain"], table["client"], strict=True))
    plain = st.selectbox(
        "Client", list(names), index=None, format_func=lambda p: names[p], placeholder="Type a name", key="client"
    )
    if plain is None:
        parts.quiet("Choose a client to say how candidates may reach them, on which clock, and with which holidays.")
        return
    row = table.loc[table["plain"] == plain].iloc[0]
    parts.heading(row["client"], 2)
    parts.line(
        parts.count(int(row["candidates"]), "candidate", "candidates"),
        parts.count(int(row["applications"]), "application", "applications"),
        *(f"{what}: {', '.join(found)}" for what, found in counts(row) if found),
    )
    if session.allowed("clients"):
        settings_form.client(str(row["client"]), told.get(plain, NOTHING))
    else:
        parts.quiet("A lead says what is known of a client; ask one if this is not right.")


def open_routes(table: pd.DataFrame) -> None:
    """The clients of whom it is not known whether candidates may write to them."""
    unknown = [str(name) for name, routes in zip(table["client"], table["routes"], strict=True) if "unknown" in routes]
    if not unknown:
        return
    named = ", ".join(unknown[:_NAMED]) + (f" and {len(unknown) - _NAMED:,} more" if len(unknown) > _NAMED else "")
    parts.flag(
        f"May candidates write to them? Not known for {named}. Until you say so, a thank-you and a follow-up there "
        "count only where they are good."
    )


def counts(row: pd.Series) -> tuple[tuple[str, list[str]], ...]:
    """What counts now, in words."""
    routes = [ROUTE_TITLES[route] for route in row["routes"]]
    return ("now", routes), ("clock", row["zones"]), ("holidays", row["calendars"])


def everybody(table: pd.DataFrame, told: dict[str, Told]) -> None:
    """All clients with what counts for each."""
    parts.heading("All clients", 2)
    said = [told.get(plain, NOTHING) for plain in table["plain"]]
    shown = pd.DataFrame(
        {
            "Client": table["client"],
            "Route": [", ".join(ROUTE_TITLES[r] for r in routes) for routes in table["routes"]],
            "Time zone": [", ".join(zones) for zones in table["zones"]],
            "Holidays": [", ".join(calendars) for calendars in table["calendars"]],
            "Candidates": table["candidates"],
            "Said by": [one.author if one.value else "the files" for one in said],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        height=430 if len(shown) > 11 else "content",
        key="clients",
        column_config={"Route": st.column_config.TextColumn("Route", width="medium")},
        alt="Clients by name with route, time zone and holidays as they count now",
    )


parts.heading("Clients")
if session.workspace().is_empty:
    parts.quiet("No files are loaded. Once a contact log is there, every client in it stands here.")
    st.page_link("views/upload.py", label="Upload files")
else:
    table, told = settings.clients(session.whole().applications), session.read(settings.of_clients)
    if table.empty:
        parts.quiet("The files name no client. A column with the employer's name would fill this page.")
    else:
        parts.quiet("Said once here, it counts for every candidate there and outweighs what files say.")
        open_routes(table)
        one(table, told)
        everybody(table, told)
