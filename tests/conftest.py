"""What all tests share: properties draw the same examples on every machine, so that a check never fails by luck.

No test reads or writes the data folder of whoever runs it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def _no_data_of_ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLLOWTHROUGH_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, which the test's dashboards and commands use."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("FOLLOWTHROUGH_DATA", str(folder))
    return folder


def _server_programs() -> Path:
    """Where PostgreSQL's own programs lie: on the path, or in Debian's folder."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert folders, "these tests need a PostgreSQL server: install Debian's package postgresql"
    return folders[-1].parent


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of its own, thrown away afterwards; it refuses to run as root."""
    programs = _server_programs()
    home = Path(tempfile.mkdtemp(prefix="followthrough-pg-"))
    as_user: dict[str, str] = {}
    if os.geteuid() == 0:
        name = next(n for n in ("postgres", "nobody") if n in {u.pw_name for u in pwd.getpwall()})
        shutil.chown(home, user=name)
        as_user = {"user": name}
    data, port = home / "data", _free_port()

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, *arguments], check=True, capture_output=True, cwd=home, **as_user)  # type: ignore[call-overload]

    run("initdb", "-D", str(data), "-U", "team", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
    try:
        yield f"postgresql://team@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
