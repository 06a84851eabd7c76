"""What the Help page says of each score, with the numbers of the policy that counts now."""

from __future__ import annotations

from typing import Final

from analysis.policy import Policy, Value

STEPS: Final = (
    "Every contact in your files is given to a candidate and to one application: candidate, client and job.",
    "Each is counted as something: an interview, a thank-you, a follow-up, a reply, a word from the employer.",
    "Each family starts at 100. Whatever takes points off is a line with its rule, what was measured, and the lines of "
    "your files it comes from. 100 minus these lines is the score.",
    "The families of an application are weighed into its overall score; the applications into the candidate's.",
)
"""How a score comes about, in four steps."""

ANSWERS: Final = (
    ("scored", "There is something to judge, good or bad."),
    ("pending", "It is not due yet."),
    ("cannot see", "It would be due, nothing is seen, and your files are not known to hold everything: ask."),
    ("not scored", "There is nothing to judge, and the reason says why. This is neither good nor bad."),
)
"""What may stand in place of points."""

QUESTIONS: Final = (
    (
        "A score is wrong. What now?",
        "Open the candidate. Every contact can be corrected where it stands, and every deduction can be set aside; "
        "both ask for a reason, can be undone, and hold for later uploads too.",
    ),
    (
        "A score changed overnight. Why?",
        "“Why did it change?” on the candidate's page tells how much came from new contacts, from corrections, from "
        "time that passed and from the policy. The parts add up to the difference.",
    ),
    (
        "Why is there no overall score?",
        "It is shown once enough of the weight can be scored. What is missing stands in its place.",
    ),
    (
        "Something I know is not in the files.",
        "Log a debrief after the interview, or type the contact in, on the candidate's page. Both count like any "
        "other.",
    ),
    (
        "Who sees what I load?",
        "Nothing leaves this machine. Who works on the same workspace sees the candidates of their own desk; what was "
        "done stands under Records.",
    ),
)
"""What is asked most often, and the answer."""


def about(family: str, policy: Policy) -> str:
    """What one family looks at, in a few sentences with the numbers that count now."""
    texts = {
        "thank_you": (
            "How soon a thank-you reached each interviewer, in hours that count: nights do, days off do not. "
            f"Within {_first(policy, 'thank_you.hours')} hours, or on the same day, is full. A card counts by the "
            "business day it was posted, and the better of the two is taken. No note takes everything off only where "
            "your files are known to be complete."
        ),
        "timing": (
            "When the first follow-up of each wait came. With a date, the day after it is right, and "
            f"{_best(policy, 'timing.with_date')} business days after it still are. Without one, "
            f"{_from(policy, 'timing.without_date')} business days of waiting. The hour of a call weighs little, and "
            "that of an e-mail nothing."
        ),
        "over_contact": (
            "The worst run of follow-ups without an answer: first its length, then short gaps, a second channel, "
            "somebody else at the client. A call they asked for is none, and several on one day are one."
        ),
        "contact_details": (
            "Whether the candidate left the interview with a way to reach each interviewer, as far as a debrief or the "
            f"files tell within {_value(policy, 'contact_details.days')} business day."
        ),
        "decision_date": (
            "Whether the candidate asked when they decide. Asked in the interview, or told without asking, is full; "
            f"asked in the note gives {_value(policy, 'decision_date.asked_later')}. Without a debrief it is not "
            "known, and nothing is taken off."
        ),
        "note_quality": (
            "Whether the note names the interviewer and takes up something that was talked about. Read only where the "
            "note's text is in your files and the debrief says what was talked about."
        ),
    }
    return texts[family]


def weight(family: str, policy: Policy) -> str:
    """How much a family counts."""
    return f"Counts {float(policy.record(f'weights.{family}').value):.0%} of the overall score."  # type: ignore[arg-type]


def _pairs(policy: Policy, name: str) -> list[tuple[float, float]]:
    value: Value = policy.record(name).value
    return [(float(one[0]), float(one[1])) for one in value]  # type: ignore[union-attr,index]


def _value(policy: Policy, name: str) -> str:
    return f"{float(policy.record(name).value):g}"  # type: ignore[arg-type]


def _full(policy: Policy, name: str) -> list[float]:
    pairs = _pairs(policy, name)
    most = max(points for _, points in pairs)
    return [at for at, points in pairs if points == most]


def _first(policy: Policy, name: str) -> str:
    return f"{_full(policy, name)[-1]:g}"


def _best(policy: Policy, name: str) -> str:
    return f"up to {_full(policy, name)[-1]:g}"


def _from(policy: Policy, name: str) -> str:
    at = _full(policy, name)
    return f"{at[0]:g}" if len(at) == 1 else f"{at[0]:g} to {at[-1]:g}"
