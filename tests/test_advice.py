"""Every finding and reason a rule can produce has its sentence for the candidate and its words for staff."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import analysis
from analysis.advice import REASONS, SENTENCES, STAFF, reason_text, sentence, title

ROOT = Path(analysis.__file__).parent
SOURCES = [*sorted((ROOT / "rules").glob("*.py")), ROOT / "scoring.py", ROOT / "receipts.py"]
CODE = re.compile(r"[a-z]+(_[a-z]+)+|missed|postponed|pushy|unanswered|withdrawn|hired|closed")


def strings(node: ast.AST) -> list[str]:
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def codes() -> tuple[set[str], set[str]]:
    """Findings and reasons written in the rules: arguments of take, mark and put, steps and caps."""
    findings: set[str] = set()
    reasons: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == "take":
                    findings |= {s for s in strings(node.args[4]) if CODE.fullmatch(s)}
                if name == "mark":
                    findings |= {s for s in strings(node.args[2]) if CODE.fullmatch(s)}
                if name == "put" and len(node.args) > 2:
                    reasons |= {s for s in strings(node.args[2]) if CODE.fullmatch(s)}
                if name == "_Step":
                    findings |= set(strings(node.args[1]))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("finding", "call_finding"):
                findings |= set(strings(node.value))
            if isinstance(node, ast.Tuple) and len(node.elts) >= 6 and len(strings(node)) >= 4:
                findings |= {s for s in strings(node.elts[1]) if CODE.fullmatch(s)}
            if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple) and "reason" in ast.unparse(node.target):
                reasons |= set(strings(node.iter))
            if isinstance(node, ast.FunctionDef) and node.name == "link_findings":
                pairs = [n for n in ast.walk(node) if isinstance(n, ast.Tuple) and len(n.elts) == 2]
                findings |= set(strings(ast.List([pair.elts[1] for pair in pairs]))) - {"candidate_key"}
    return findings, reasons


FINDINGS, WRITTEN_REASONS = codes()


def test_the_scan_of_the_rules_finds_their_codes() -> None:
    assert {"too_early", "too_late", "missed", "late_day_call", "call_hour", "thank_you_late", "panel_partly_thanked",
            "channel_hopping", "too_close", "unanswered", "asked_not_to_call", "after_rejection", "went_round_agency",
            "repeated_dialling", "no_name", "nothing_restated", "contact_details_missing", "date_not_asked",
            "well_judged", "postponed", "check_time_zone", "ambiguous_link", "namesakes"} <= FINDINGS  # fmt: skip
    assert {"withdrawn", "hired", "closed", "not_due_yet", "log_not_complete", "via_agency", "no_text"} <= (
        WRITTEN_REASONS
    )


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_every_finding_has_a_sentence_and_a_title(code: str) -> None:
    assert sentence(code)
    assert title(code)


@pytest.mark.parametrize("code", sorted(WRITTEN_REASONS | {"no_interview", "not_held", "not enough evidence"}))
def test_every_reason_has_a_text(code: str) -> None:
    assert reason_text(code)


def test_a_code_nobody_knows_is_an_error_and_not_an_empty_line() -> None:
    for look_up in (sentence, title, reason_text):
        with pytest.raises(KeyError):
            look_up("glitter")


def test_sentences_and_titles_are_written_for_the_same_codes() -> None:
    assert SENTENCES.keys() == STAFF.keys()


def test_a_sentence_is_short_ends_in_a_stop_and_blames_nobody() -> None:
    for code, text in SENTENCES.items():
        assert text.endswith("."), code
        assert len(text) <= 110, code
        assert not re.search(r"\b(fail|failed|wrong|bad|should have|mistake|never|must)\b", text, re.IGNORECASE), code


def test_no_two_findings_and_no_two_reasons_read_the_same_to_staff() -> None:
    assert len(set(STAFF.values())) == len(STAFF)
    assert len(set(REASONS.values())) == len(REASONS)
