"""The ``followthrough`` command: the dashboard without arguments, or one job on files.

Exit codes: 0, 2 for usage, 1 for a file that cannot be read or written at all, each with one sentence; never a
traceback.
What a command does not need is imported late, so that reading a file stays quick and no server is loaded.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.files import (
    Unreadable,
    gather,
    names_beside,
    read_all,
    read_bytes,
    write_bytes,
)
from dashboard.options import (
    Misused,
    Parser,
    add_command,
    add_files,
    add_links,
    add_out,
    add_scoring,
    add_serving,
    add_settings,
    add_staff,
    add_workspace,
    answers_of,
    format_of,
    links_of,
    moment_of,
    policy_of,
    port,
    serving_of,
    spare,
)

if TYPE_CHECKING:
    from analysis.checked import Answers, CheckedLog
    from analysis.formats.answers import LayoutAnswers
    from analysis.policy import Policy
    from analysis.reading.raw import RawTable
    from analysis.results import Scores

OK, FAILED, USAGE = 0, 1, 2
DATA = "FOLLOWTHROUGH_DATA"
"""The variable that names the data folder; `dashboard.mappings` reads it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv`` (default: the process's own) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a Windows console or pipe may know only cp1252
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        options = parser().parse_args(argv)
        if options.data is not None:
            # one place for whoever asks, the dashboard's own server too
            os.environ[DATA] = options.data
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except Misused as error:
        return _say(str(error), USAGE)
    except Unreadable as error:
        return _say(str(error), FAILED)
    except BrokenPipeError:
        # whoever read our output has seen enough; keep the interpreter from flushing into the closed pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return _say("Stopped.", FAILED)
    except MemoryError:
        return _say("There is not enough memory for these files; give fewer at a time, or a shorter period.", FAILED)
    except Exception as error:
        return _say(_fault(error), FAILED)


def parser() -> argparse.ArgumentParser:
    """The command line as documented in the README."""
    top = Parser(
        prog="followthrough",
        description="Candidate follow-up scores from a staffing agency's exports. Without a command: the dashboard.",
        allow_abbrev=False,
    )
    top.add_argument("--port", type=port, metavar="N", help="port of the dashboard (default: a free one from 8501 on)")
    top.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    top.add_argument("--data", metavar="DIR", help=f"folder for what is kept (default: ${DATA}, else the user's own)")
    add_workspace(top, None)
    add_serving(top)
    top.set_defaults(run=_dashboard)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)

    one = add_command(commands, "score", "scores with every deduction and its reason", _score)
    add_scoring(one)
    one = add_command(commands, "today", "who needs a word today, and why", _today)
    add_scoring(one)
    one = add_command(commands, "people", "who may be one candidate, and why, for you to decide", _people)
    add_files(one)
    add_settings(one)
    add_links(one)
    one.add_argument("--format", choices=("json", "table"), default="table", help="default: table")
    add_out(one)
    one = add_command(commands, "check", "what was read, what was set aside, and why", _check)
    add_files(one)
    add_settings(one)
    one.add_argument("--format", choices=("json", "table"), default="table", help="default: table")
    one.add_argument(
        "--rejects", metavar="CSV", help="write the rows that became no contact, to correct and load again"
    )
    add_out(one)
    one = add_command(commands, "read", "a file as a clean CSV, every cell as it was", _read)
    one.add_argument("file", metavar="FILE")
    one.add_argument("--out", required=True, metavar="CSV", help="file to write; - for standard output")
    one = add_command(
        commands, "mappings", "what you said about layouts: listed, handed on, taken over, forgotten", _mappings
    )
    one.add_argument("--export", metavar="PATH", help="write them to a file; - for standard output")
    one.add_argument("--import", metavar="PATH", dest="taken", help="take over the mappings of such a file")
    one.add_argument("--forget", metavar="MARK", help="forget the layout whose mark begins so; all for every layout")
    add_staff(add_command(commands, "staff", "who works here: listed, given a role and desks, removed", _staff))
    for name, about, run in (
        ("backup", "the whole workspace as one file", _back_up),
        ("restore", "a workspace that holds nothing, filled from such a file", _restore),
    ):
        one = add_command(commands, name, about, run)
        one.add_argument("file", metavar="FILE")
        add_workspace(one)
    return top


def _dashboard(options: argparse.Namespace) -> int:
    where = serving_of(options)
    from dashboard.place import ENVIRONMENT
    from dashboard.server import run

    if options.workspace is not None:
        # one place for whoever asks, the server too
        os.environ[ENVIRONMENT] = options.workspace

    return int(run(port=options.port, open_browser=not options.no_browser, where=where))


def _staff(options: argparse.Namespace) -> int:
    from dashboard import staffing

    if options.do == "add":
        return _say(
            staffing.add_person(options.workspace, options.address, options.role, options.name, options.desk), OK
        )
    if options.do == "remove":
        return _say(staffing.remove_person(options.workspace, options.address), OK)
    options.out = None
    return _give(staffing.people_text(options.workspace).encode(), options)


def _score(options: argparse.Namespace) -> int:
    from dashboard import exports, tables

    form = format_of(options)
    log, scores, policy = _scored(options)
    if form == "json":
        data = exports.score_json(log, scores)
    elif form == "csv":
        data = exports.csv(exports.score_table(scores))
    elif form == "xlsx":
        from dashboard.sheets import score_book

        data = score_book(scores, policy.bands)
    else:
        data = tables.score_text(log, scores, policy.bands, _width(options)).encode()
    return _give(data, options)


def _today(options: argparse.Namespace) -> int:
    from analysis import actions
    from dashboard import exports, tables

    form = format_of(options)
    log, scores, policy = _scored(options)
    rows = actions(scores, rules=policy.today)
    if form == "json":
        data = exports.actions_json(scores, rows)
    elif form == "csv":
        data = exports.csv(exports.action_table(scores, rows))
    elif form == "xlsx":
        from dashboard.sheets import action_book

        data = action_book(scores, rows)
    else:
        data = tables.actions_text(log, scores, rows, policy.today, _width(options)).encode()
    return _give(data, options)


def _people(options: argparse.Namespace) -> int:
    from analysis.joins import who_is_who
    from dashboard import exports, tables

    links = links_of(options.links)
    log = _loaded(options, answers_of(options))
    refused = _refusals(log)
    if refused:
        raise Unreadable(refused)
    found = who_is_who(log, links)
    as_json = options.format == "json"
    data = exports.people_json(found, links) if as_json else tables.people_text(found, _width(options)).encode()
    return _give(data, options)


def _check(options: argparse.Namespace) -> int:
    from dashboard import exports, tables

    answers = answers_of(options)
    read: list[RawTable] = []
    log = _loaded(options, answers, read if options.rejects else None)
    if options.rejects:
        _rejects(options, read, log)
    as_json = options.format == "json"
    data = exports.check_json(log) if as_json else tables.check_text(log, _width(options)).encode()
    code = _give(data, options)
    refused = _refusals(log)
    return _say(refused, FAILED) if refused else code


def _rejects(options: argparse.Namespace, tables: Sequence[RawTable], log: CheckedLog) -> None:
    """The rows to correct, a file for each table that has some."""
    from analysis.rejects import not_contacts, rejects_csv

    waiting = [(table, rows) for table in tables if len(rows := not_contacts(log, table.name))]
    if not waiting:
        _say("Every row became a contact; there is nothing to correct.", OK)
        return
    out = Path(options.rejects)
    places = [out] if len(waiting) == 1 else names_beside(out, [Path(table.name).stem for table, _ in waiting])
    for (table, rows), place in zip(waiting, places, strict=True):
        spare(str(place), [Path(name) for name in options.files], "--rejects")
        write_bytes(place, rejects_csv(table, rows))
        count = len(rows["line"].unique())
        _say(f"{count} {'row' if count == 1 else 'rows'} of {table.name} to correct: {place}.", OK)


def _mappings(options: argparse.Namespace) -> int:
    from dashboard import mappings, tables

    try:
        if options.taken:
            found = mappings.of_bytes(read_bytes(Path(options.taken)))
            mappings.keep(found.values())
        kept = _kept()
        if options.forget:
            marks = [mark for mark in kept if options.forget == "all" or mark.startswith(options.forget.lower())]
            if not marks:
                raise Misused(f"--forget: no layout's mark begins with {options.forget!r}; see followthrough mappings.")
            mappings.forget(marks)
            kept = _kept()
    except mappings.NotKept as problem:
        raise Unreadable(str(problem)) from problem
    if options.export and options.export != "-":
        write_bytes(Path(options.export), mappings.to_bytes(kept))
        return OK
    data = mappings.to_bytes(kept) if options.export else tables.mappings_text(kept, _own_width()).encode()
    options.out = None
    return _give(data, options)


def _back_up(options: argparse.Namespace) -> int:
    from dashboard.keeping import back_up_to

    return _say(back_up_to(options.workspace, options.file), OK)


def _restore(options: argparse.Namespace) -> int:
    from dashboard.keeping import restore_from

    return _say(restore_from(options.workspace, options.file), OK)


def _kept() -> Mapping[str, LayoutAnswers]:
    """What was said about layouts, with a sentence where its file is damaged."""
    from dashboard import mappings

    kept = mappings.load()
    if kept.note:
        _say(kept.note, OK)
    return kept.mappings


def _read(options: argparse.Namespace) -> int:
    from analysis import read, read_tables
    from dashboard.exports import raw_csv
    from dashboard.progress import progress_line

    path = Path(options.file)
    data = read_bytes(path)
    tables = read_tables(data, path.name, progress_line(path.name, len(data)))
    filled = [t for t in tables if t.readable and (len(t.frame.columns) or len(tables) == 1)]
    if not filled:
        raise Unreadable(next(p.message for t in tables for p in t.problems if p.kind.severity == "unreadable"))
    options.files = [options.file]
    code = OK
    if len(filled) == 1 or options.out == "-":
        filled = [read(data, path.name)] if len(filled) > 1 else filled
        code = _give(raw_csv(filled[0]), options)
    else:
        for table, out in zip(filled, names_beside(Path(options.out), [t.part for t in filled]), strict=True):
            spare(str(out), [path])
            write_bytes(out, raw_csv(table))
            _say(f"{table.name} is in {out}.", code)
    shown = filled if options.out == "-" else tables
    for found in (p for table in shown for p in table.problems):
        _say(found.message, code)
    return code


def _scored(options: argparse.Namespace) -> tuple[CheckedLog, Scores, Policy]:
    from analysis import score

    answers = answers_of(options)
    moment = moment_of(options.as_of, answers.zone)
    policy = policy_of(options.policy)
    links = links_of(options.links)
    log = _loaded(options, answers)
    refused = _refusals(log)
    if refused:
        raise Unreadable(refused)
    # instants are kept in UTC; a person reads them in the zone they named
    return log, replace(score(log, policy, moment, links), as_of=moment), policy


def _loaded(options: argparse.Namespace, answers: Answers, read: list[RawTable] | None = None) -> CheckedLog:
    """The checked log of the named files; ``read`` collects their tables."""
    from analysis import read_tables
    from analysis.loading import load_tables
    from analysis.preparing import prepared
    from dashboard.progress import progress_line

    paths, notes = gather(options.files)
    for note in notes:
        _say(note, OK)
    spare(options.out, paths)
    mappings = {mark: said.profile() for mark, said in _kept().items()}

    def each() -> Iterator[RawTable]:
        for name, data in read_all(paths):
            for table in map(prepared, read_tables(data, name, progress_line(name, len(data)))):
                if read is not None:
                    read.append(table)
                yield table

    return load_tables(each(), answers, mappings=mappings)


def _refusals(log: CheckedLog) -> str:
    return " ".join(p.message for p in log.problems if p.kind.severity == "unreadable")


def _give(data: bytes, options: argparse.Namespace) -> int:
    if options.out and options.out != "-":
        spare(options.out, [Path(name) for name in options.files])
        write_bytes(Path(options.out), data)
        return OK
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return OK


def _width(options: argparse.Namespace) -> int:
    return 100 if options.out else _own_width()


def _own_width() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def _say(sentence: str, code: int) -> int:
    # no import here: this is also the way out when an import has failed
    shown = " ".join("".join(c if c.isprintable() else " " for c in sentence).split())
    print(shown, file=sys.stderr, flush=True)
    return code


def _fault(error: BaseException) -> str:
    """A fault of ours: its kind and place, never its message, which may hold what stood in a file."""
    step = error.__traceback__
    place = ""
    while step is not None:
        name = str(step.tb_frame.f_globals.get("__name__", ""))
        if name.split(".")[0] in ("analysis", "dashboard"):
            place = f" in {name}, line {step.tb_lineno}"
        step = step.tb_next
    return (
        f"Followthrough met a fault of its own ({type(error).__name__}{place}) and wrote nothing; "
        "please report this sentence as the README says under Faults, without your files."
    )


if __name__ == "__main__":
    raise SystemExit(main())
