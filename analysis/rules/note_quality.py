"""Note quality: the interviewer's name, and what of the discussion is restated. Never grammar, length or tone."""

from __future__ import annotations

import numpy as np

from analysis.facts import Facts
from analysis.policy import Policy
from analysis.rules.deductions import NOT_SCORED, SCORED, Family, Ledger, Verdict, curve, new_units
from analysis.segments import group_list


def score_note_quality(facts: Facts, policy: Policy) -> Family:
    """One result a round: its best note. What cannot be judged from the text is left out, not held against anybody."""
    rules, rounds, texts = policy.note_quality, facts.rounds, facts.texts
    size = len(rounds)
    greeting = texts["greeting"]
    name = np.select([greeting == "name", greeting == "group"], [100.0, rules.group], 0.0)
    restated = texts["restated"]
    content = curve(rules.restated, restated)
    content = np.where((restated == 0) & texts["role_only"], rules.role_only, content)
    judged = texts["judgeable"] | (restated > 0)
    name_known = greeting != "unknown"
    name_share = np.where(judged, np.where(name_known, rules.name_share, 0.0), np.where(name_known, 1.0, 0.0))
    content_share = np.where(judged, 1 - name_share, 0.0)
    name_loss, content_loss = name_share * (100 - name), content_share * (100 - content)
    usable = texts["has_text"] & (name_share + content_share > 0)
    index = np.flatnonzero(usable)
    number = texts["round"]
    order = index[np.lexsort((index, (name_loss + content_loss)[index], number[index]))]
    first = np.ones(len(order), dtype=bool)
    first[1:] = number[order][1:] != number[order][:-1]
    best = order[first]
    chosen = number[best]

    verdict = Verdict.start(size)
    verdict.put(rounds["with_agency"], NOT_SCORED, "interview_with_agency")
    found = np.zeros(size, dtype=bool)
    found[chosen] = True
    verdict.put(found, SCORED)
    verdict.put(np.ones(size, dtype=bool), NOT_SCORED, "no_text")
    entries = np.full(size, -1, dtype=np.int64)
    entries[chosen] = texts["entry"][best]
    losses = {"name": np.zeros(size), "content": np.zeros(size)}
    losses["name"][chosen], losses["content"][chosen] = name_loss[best], content_loss[best]
    said = np.full(size, "", dtype=object)
    words = {
        "group": "greets everybody at once",
        "formal": "greets nobody by name",
        "none": "no greeting by name",
    }
    said[chosen] = np.array([words.get(g, "the name") for g in greeting[best].tolist()], dtype=object)
    points = np.full(size, "", dtype=object)
    points[chosen] = np.where(
        texts["role_only"][best] & (restated[best] == 0),
        "only the role is named",
        np.array(["1 point" if n == 1 else f"{n} points" for n in restated[best].tolist()], dtype=object)
        + " of the discussion",
    )
    ledger = Ledger()
    unit = np.arange(size, dtype=np.int64)
    scored = verdict.is_(SCORED)
    ledger.take(scored, unit, losses["name"], "note_quality.name", "no_name", said, "the interviewer's name", entries)
    wanted = "two points of the discussion"
    ledger.take(scored, unit, losses["content"], "note_quality.restated", "nothing_restated", points, wanted, entries)
    misspelt = np.zeros(size, dtype=bool)
    misspelt[chosen] = texts["misspelt"][best]
    ledger.mark(misspelt & scored, unit, "check_spelling")
    units = new_units(
        rounds["app"],
        verdict=verdict,
        round_number=rounds["number"],
        starts=rounds["starts"],
        ends=rounds["ends"],
    )
    notes = group_list(texts["entry"], number, size)
    return ledger.family("note_quality", units, notes)
