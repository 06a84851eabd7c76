"""The house keeps its walls: who may import whom, and documents that say what the code does."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import runpy
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.log import PLAIN_COLUMNS, VOCABULARIES
from analysis.policy import default_policy
from dashboard.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

RUN_BY_NAME = {
    "authlib",
    "httpx",
    "tzdata",
    "psycopg",
    "pytest-xdist",
    "mypy",
    "ruff",
    "pandas-stubs",
    "types-psutil",
    "types-python-dateutil",
}
"""Libraries that are used without an import: a table of zones that is read as a file, a driver, sign-in, tools."""


def modules(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, f"there is no module in {folder}"
    return found


def imported(path: Path) -> Iterator[str]:
    """Full names of what a module imports, wherever in it, and of what it imports for types only."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relative to itself; name the package"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def breaches(paths: list[Path], *forbidden: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in imported(path)
        if any(name == f or name.startswith(f"{f}.") for f in forbidden)
    ]


def test_the_core_knows_no_screen_no_store_and_no_shell() -> None:
    assert breaches(modules("analysis"), "streamlit", "plotly", "sqlalchemy", "sqlite3", "dashboard") == []


def test_the_core_never_asks_what_time_it_is() -> None:
    asked = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
    asked |= {("Timestamp", "now"), ("Timestamp", "today"), ("Timestamp", "utcnow"), ("time", "localtime")}
    found = []
    for path in modules("analysis"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
                if (owner, node.attr) in asked:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_reading_knows_no_rule_and_rules_know_no_file() -> None:
    assert breaches(modules("analysis/reading"), "analysis.rules", "analysis.facts", "analysis.scoring") == []
    assert breaches(modules("analysis/rules"), "analysis.reading", "analysis.formats", "analysis.loading") == []


def test_scoring_knows_no_finding_by_name() -> None:
    text = "".join((ROOT / "analysis" / name).read_text("utf-8") for name in ("scoring.py", "receipts.py", "bands.py"))
    assert not [code for code in ("too_early", "thank_you_late", "missed", "late_day_call") if f'"{code}"' in text]


@pytest.mark.parametrize("name", ["figures", "exports", "tables", "files", "cli", "options"])
def test_what_draws_and_writes_knows_no_streamlit(name: str) -> None:
    paths = [path for path in modules("dashboard") if path.stem == name]
    assert breaches(paths, "streamlit") == []
    assert paths


def test_views_know_session_and_figures_but_not_each_other_and_hold_no_sums() -> None:
    views = modules("dashboard/views")
    assert breaches(views, "dashboard.views", "dashboard.store", "dashboard.cli") == []
    assert [path.name for path in views if "groupby" in path.read_text("utf-8")] == []


def test_pages_ask_for_what_somebody_may_see_and_never_for_the_whole_state() -> None:
    pages = [path for path in modules("dashboard") if path.parent.name not in ("session", "store")]
    asking = [path.stem for path in pages if re.search(r"(workspace\(\)|now)\.known\b", path.read_text("utf-8"))]
    assert asking == []


def test_only_the_session_touches_state_and_caches() -> None:
    touching = {
        path.parent.name
        for path in modules("dashboard")
        if re.search(r"\bst\.(session_state|cache_data|cache_resource)\b", path.read_text("utf-8"))
    }
    assert touching <= {"session"}


def requirement(text: str) -> str:
    return re.split(r"[\s\[><=!~;]", text, maxsplit=1)[0].lower().replace("_", "-")


def distributions(*folders: str) -> set[str]:
    own = {path.stem for folder in ("tests", "benchmarks") for path in modules(folder)}
    own |= {path.name for path in (ROOT / "tests").iterdir()}
    own |= {"analysis", "dashboard", "agency", "data"} | set(sys.stdlib_module_names)
    providers = importlib.metadata.packages_distributions()
    names = {name.split(".")[0] for folder in folders for path in modules(folder) for name in imported(path)}
    return {providers[name][0].lower().replace("_", "-") for name in names - own}


def test_every_library_that_is_imported_is_declared_and_every_declared_one_is_used() -> None:
    declared = {requirement(text) for text in PROJECT["project"]["dependencies"]}
    used = distributions("analysis", "dashboard")
    assert used - declared == set(), "imported, but not declared in pyproject.toml"
    assert declared - used - RUN_BY_NAME == set(), "declared in pyproject.toml, but not used"


def test_the_same_holds_for_the_libraries_of_the_tests() -> None:
    declared = {requirement(text) for text in PROJECT["project"]["optional-dependencies"]["test"]}
    needed = {requirement(text) for text in PROJECT["project"]["dependencies"]}
    used = distributions("tests", "docs", "data")
    assert used - declared - needed == set()
    assert declared - used - RUN_BY_NAME == set()


def test_every_library_has_a_floor_and_the_lock_names_public_places_only() -> None:
    floors = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["test"]]
    assert [text for text in floors if not re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?>=[0-9.]+", text)] == []
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    sources = {json.dumps(package["source"]) for package in lock["package"]}
    assert sources == {'{"registry": "https://pypi.org/simple"}', '{"editable": "."}'}
    locked = {package["name"]: package["version"] for package in lock["package"]}
    assert {requirement(text) for text in floors} <= set(locked)


def block(marker: str) -> list[str]:
    """Contents of the README's fenced block or table after each ``<!-- marker -->``."""
    found = re.findall(rf"<!-- {re.escape(marker)} -->\n(.*?)<!-- end -->", README, re.DOTALL)
    assert found, f"README.md has no part marked {marker}"
    return [re.sub(r"^```.*\n", "", part, flags=re.MULTILINE) for part in found]


def test_the_readme_lists_the_plain_layout_as_the_code_has_it() -> None:
    (table,) = block("columns")
    rows = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in table.splitlines()[2:]]
    assert tuple(row[0].strip("`") for row in rows) == PLAIN_COLUMNS
    told = {row[0].strip("`"): re.findall(r"`([^`]+)`", row[1]) for row in rows}
    for column, words in VOCABULARIES.items():
        assert tuple(told[column]) == words


def test_the_commands_of_the_readme_print_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("ana.csv").write_text(block("ana.csv")[0], "utf-8")
    for example in block("example"):
        command, _, shown = example.removeprefix("$ ").partition("\n")
        program, *words = shlex.split(command)
        assert program == "followthrough"
        assert main(words) == 0
        assert capsysbinary.readouterr().out.decode().replace("\r\n", "\n") == shown


def test_the_json_of_the_readme_has_the_keys_and_figures_of_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ana.csv").write_text(block("ana.csv")[0], "utf-8")
    when = ["--as-of", "2026-03-20T12:00", "--zone", "America/New_York", "--complete", "yes"]
    assert main(["score", "ana.csv", *when, "--format", "json"]) == 0
    real = json.loads(capsysbinary.readouterr().out)
    shown = json.loads(block("json")[0])
    assert list(shown) == list(real)
    assert (shown["as_of"], shown["policy"]) == (real["as_of"], real["policy"])
    assert list(shown["loading"]["files"][0]) == list(real["loading"]["files"][0])
    ours, theirs = shown["candidates"][0], real["candidates"][0]
    assert {**ours, "families": list(ours["families"])} == {**theirs, "families": list(theirs["families"])}
    assert ours["families"]["thank_you"] == theirs["families"]["thank_you"]


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ana.csv").write_text(block("ana.csv")[0], "utf-8")
    exec(compile(block("python")[0], "README.md", "exec"), {})
    assert "Ana Ferreira" in capsys.readouterr().out


def test_the_readme_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("score", "today", "people", "check", "read", "mappings", "staff", "backup", "restore"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
        assert not [option for option in options if option not in README]
        assert f"followthrough {command}" in README


def test_the_two_commands_install_what_pyproject_declares() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/followthrough\n" in README
    (tests,) = block("test command")
    assert tests.strip() == 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/pytest'
    assert PROJECT["project"]["scripts"] == {"followthrough": "dashboard.cli:main"}
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_everything_that_the_documents_point_to_exists() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text("utf-8")
        linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if not target.startswith("http")]
        named = re.findall(r"`((?:analysis|dashboard|tests|data|docs)/[\w/.]*)`", text)
        assert [target for target in (*linked, *named) if not (ROOT / target).exists()] == []


def test_the_page_of_codes_is_what_the_code_says() -> None:
    write = runpy.run_path(str(ROOT / "docs" / "codes.py"))
    assert (ROOT / "docs" / "codes.md").read_text("utf-8") == write["page"](), "run python docs/codes.py"


def test_the_page_of_exports_is_what_the_layouts_say() -> None:
    write = runpy.run_path(str(ROOT / "docs" / "exports.py"))
    assert (ROOT / "docs" / "exports.md").read_text("utf-8") == write["page"](), "run python docs/exports.py"


def test_the_changes_name_the_version_and_its_policy() -> None:
    heading = f"## {PROJECT['project']['version']} (policy {default_policy().version})"
    assert heading in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_sample_is_packed_into_the_installed_package() -> None:
    packed = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert packed["packages"] == ["analysis", "dashboard"]
    assert packed["force-include"]["data/sample/contact_log.csv"] == "dashboard/sample_data/contact_log.csv"
    assert not [name for name in packed["force-include"] if name.endswith((".py", "sample"))]
