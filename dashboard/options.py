"""The options of the ``followthrough`` command: how they are declared, and what their words stand for.

What an option does not need is imported late, as in `dashboard.cli`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from dashboard.files import read_text, same_file

if TYPE_CHECKING:
    import pandas as pd

    from analysis.checked import Answers
    from analysis.links import Links
    from analysis.policy import Policy
    from dashboard.listening import Serving


FORMATS: Final = ("json", "csv", "table")
"""What a score can be written as, beside a workbook."""


class Misused(Exception):
    """An option that cannot be used as given; the message is one sentence."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with an option in one sentence."""

    def error(self, message: str) -> NoReturn:
        raise Misused(f"{self.prog}: {message.rstrip('.')}; see {self.prog} --help.")


def add_command(
    commands: argparse._SubParsersAction[Parser], name: str, about: str, run: Callable[[argparse.Namespace], int]
) -> Parser:
    """A subcommand with its help, run by ``run``."""
    made = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".", allow_abbrev=False)
    made.set_defaults(run=run)
    made.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return made


def add_files(made: argparse.ArgumentParser) -> None:
    """The files to load."""
    made.add_argument("files", nargs="+", metavar="FILE", help="exported files; patterns such as data/* are expanded")


def add_settings(made: argparse.ArgumentParser) -> None:
    """``--zone``, ``--calendar`` and ``--agency``, which `answers_of` reads."""
    made.add_argument("--zone", metavar="Z", help="zone of times written without one (default: this machine's)")
    made.add_argument(
        "--calendar", metavar="C", help="public holidays: US, GB-ENG, US-MI (default: the zone's country)"
    )
    made.add_argument(
        "--agency", metavar="A", help="the agency's own domains and addresses, with commas, for mailboxes"
    )


def add_links(made: argparse.ArgumentParser) -> None:
    """``--links``, which `links_of` reads."""
    made.add_argument("--links", metavar="FILE", help="who is the same candidate and who is not, as JSON")


def add_scoring(made: argparse.ArgumentParser) -> None:
    """All that a score can be asked with."""
    add_files(made)
    add_links(made)
    made.add_argument("--as-of", metavar="T", help="moment to look from: 2026-04-15T12:00, in --zone (default: now)")
    add_settings(made)
    made.add_argument(
        "--complete",
        choices=("yes", "no", "not-sure"),
        default="not-sure",
        help="do the files record everything candidate and employer did after the interview? (default: not-sure)",
    )
    made.add_argument("--policy", metavar="FILE", help="thresholds that differ from the article's, as TOML")
    made.add_argument(
        "--format", choices=(*FORMATS, "xlsx"), help="default: table; xlsx where --out ends so, and then needs --out"
    )
    add_out(made)


def add_out(made: argparse.ArgumentParser) -> None:
    """``--out``."""
    made.add_argument("--out", metavar="PATH", help="file to write (default: standard output)")


def add_workspace(made: argparse.ArgumentParser, default: str | None = argparse.SUPPRESS) -> None:
    """``--workspace``, which `dashboard.place.workspace_place` reads; before or behind a command's name."""
    made.add_argument(
        "--workspace",
        metavar="PLACE",
        default=default,
        help="file or PostgreSQL URL of the workspace (default: $FOLLOWTHROUGH_WORKSPACE, else in the data folder)",
    )


def add_serving(made: argparse.ArgumentParser) -> None:
    """Where the dashboard listens and how people sign in, which `serving_of` reads."""
    made.add_argument(
        "--listen", metavar="ADDRESS", help="address to listen on (default: 127.0.0.1, this machine only)"
    )
    made.add_argument(
        "--address-shown",
        metavar="URL",
        help="what people open, such as https://follow.agency.example (default: --listen)",
    )
    made.add_argument("--sign-in", metavar="FILE", help="how people sign in, as TOML (default: $FOLLOWTHROUGH_SIGN_IN)")
    made.add_argument(
        "--without-sign-in", action="store_true", help="let everybody who reaches it see and change everything"
    )


def add_staff(made: argparse.ArgumentParser) -> None:
    """The jobs of ``staff``."""
    jobs = made.add_subparsers(title="jobs", metavar="JOB", dest="do", required=True, parser_class=Parser)
    one = jobs.add_parser("list", help="everybody with their role and desks", allow_abbrev=False)
    add_workspace(one)
    one = jobs.add_parser("add", help="give somebody a role, or change it", allow_abbrev=False)
    one.add_argument("address", metavar="ADDRESS", help="the e-mail address that they sign in with")
    one.add_argument("--role", choices=("staff", "lead", "admin"), default="staff", help="default: staff")
    one.add_argument("--name", metavar="NAME", default="", help="how they are called")
    one.add_argument(
        "--desk", metavar="RECRUITER", action="append", default=[], help="whose candidates they see; may be repeated"
    )
    add_workspace(one)
    one = jobs.add_parser("remove", help="take somebody's role", allow_abbrev=False)
    one.add_argument("address", metavar="ADDRESS")
    add_workspace(one)


def format_of(options: argparse.Namespace) -> str:
    """What `add_scoring` was asked to write: as it says, a workbook where the file is called so, else a table.

    Raises `Misused` for a workbook without a file, and for a file called a workbook that would be none.
    """
    named = str(options.out or "").lower().endswith(".xlsx")
    if options.format == "xlsx" and options.out is None:
        raise Misused("--format xlsx needs --out PATH: a workbook is not for reading on a terminal.")
    if named and options.format in FORMATS:
        raise Misused(f"--out {options.out} names a workbook, but --format {options.format} is none; leave one out.")
    return str(options.format or ("xlsx" if named else "table"))


def port(text: str) -> int:
    """A port of the word for it. Raises ``ArgumentTypeError``."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port; give a number from 1 to 65535")
    return number


def answers_of(options: argparse.Namespace) -> Answers:
    """What was said about all files. Raises `Misused`."""
    from analysis.calendars import valid_calendar, valid_zone
    from analysis.checked import Answers

    zone = options.zone if options.zone is not None else _own_zone()
    if not valid_zone(zone):
        raise Misused(f"--zone: {zone!r} is no time zone; write it like America/New_York or Europe/London.")
    calendar = options.calendar or ""
    if calendar and not valid_calendar(calendar):
        calendar = calendar.upper()
    if options.calendar == "" or (calendar and not valid_calendar(calendar)):
        raise Misused(
            f"--calendar: {options.calendar!r} is no calendar of public holidays; write it like US-MI or GB-ENG."
        )
    agency = tuple((options.agency or "").replace(",", " ").split())
    return Answers(zone=zone, calendar=calendar, complete=getattr(options, "complete", "not-sure"), agency=agency)


def _own_zone() -> str:
    import tzlocal

    from analysis.calendars import valid_zone

    try:
        name = str(tzlocal.get_localzone_name())
    except Exception:
        name = "UTC"
    return name if valid_zone(name) else "UTC"


def moment_of(text: str | None, zone: str) -> pd.Timestamp:
    """The moment of ``--as-of`` in ``zone``, now where none is given. Raises `Misused`."""
    import pandas as pd

    if text is None:
        return pd.Timestamp.now(tz=zone).floor("s")
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        told = datetime.min
    if not 1970 <= told.year <= 2200:
        raise Misused(f"--as-of: {text!r} is no moment; write it like 2026-04-15T12:00.")
    if len(text.strip()) <= 10:
        # a day alone means the day as it stood in the end
        told = told.replace(hour=23, minute=59)
    moment = pd.Timestamp(told)
    if moment.tz is None:
        return moment.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    return moment.tz_convert(zone)


def policy_of(name: str | None) -> Policy:
    """The policy of ``--policy``. Raises `Misused`, and `dashboard.files.Unreadable` for its file."""
    from analysis.policy import PolicyError, default_policy, load_policy

    if name is None:
        return default_policy()
    try:
        return load_policy(read_text(Path(name)))
    except PolicyError as error:
        raise Misused(f"--policy {name}: {error}") from error


def links_of(name: str | None) -> Links:
    """The decisions of ``--links``. Raises `Misused`, and `dashboard.files.Unreadable` for its file."""
    from analysis.links import NO_LINKS, LinksError, from_json

    if name is None:
        return NO_LINKS
    try:
        return from_json(read_text(Path(name)))
    except LinksError as error:
        raise Misused(f"--links {name}: {error}.") from error


def serving_of(options: argparse.Namespace) -> Serving:
    """Where to serve, and how people sign in. Raises `Misused` for what would open the files to others unasked."""
    from dashboard.listening import NotServed, serving
    from dashboard.signing import NoSignIn, read_sign_in, sign_in_place

    try:
        place = sign_in_place(options.sign_in)
        sign_in = read_sign_in(place) if place else None
        return serving(options.listen, options.address_shown, sign_in, options.without_sign_in)
    except (NoSignIn, NotServed) as problem:
        raise Misused(str(problem)) from problem


def spare(out: str | None, paths: Sequence[Path], option: str = "--out") -> None:
    """Refuse (`Misused`) to write over a file that is read."""
    if out and out != "-" and any(same_file(Path(out), path) for path in paths):
        raise Misused(f"{option}: {out} is one of the files to read; give another name.")
