"""Receipts that add up, caps on the overall score, several applications, and what counts as provisional."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import FAMILIES, Answers, Scores, default_policy, load, load_policy, score
from analysis.bands import band_word
from analysis.facts import measure
from analysis.scoring import score_facts

HEAD = (
    "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on,"
    "decision_asked,note"
)
POLICY = default_policy()


def met(client: str, day: str, who: str = "Dana Osei", mail: str = "dana@acme.example", more: str = ",") -> str:
    """An interview from ten to eleven."""
    return (
        f"Ana Diaz,{client},direct,{who},{mail},2026-{day} 10:00,2026-{day} 11:00,client,candidate,in_person,interview,"
        f"{more},\n"
    )


def sent(client: str, at: str, kind: str = "follow_up", channel: str = "email") -> str:
    return f"Ana Diaz,{client},direct,Dana Osei,,2026-{at},,candidate,client,{channel},{kind},,,\n"


def scored(rows: str, as_of: str = "2026-05-15 12:00", complete: bool = True) -> Scores:
    answers = Answers(zone="America/New_York", calendar="US", complete="yes" if complete else "not-sure")
    log = load([("log.csv", (HEAD + "\n" + rows).encode())], answers)
    return score(log, POLICY, pd.Timestamp(as_of, tz="America/New_York"))


CHASED = met("Acme", "03-03") + "".join(sent("Acme", f"03-{d} 10:00", channel="voicemail") for d in (10, 11, 12, 16))
# thirds: three rounds, each a note some hours late, and a panel half thanked
THIRDS = (
    met("Acme", "03-03", "Dana Osei;Kim Ray;Sam Poe", "dana@acme.example;kim@acme.example;sam@acme.example")
    + sent("Acme", "03-04 06:20", "thank_you")
    + met("Acme", "03-17")
    + sent("Acme", "03-19 07:07", "thank_you")
    + met("Acme", "03-31")
    + sent("Acme", "04-02 23:59", "thank_you")
    + met("Borealis", "04-07")
    + sent("Borealis", "04-08 13:13", "thank_you")
    + sent("Borealis", "04-09 16:45", channel="call")
)


def unexplained(scores: Scores) -> list[str]:
    """Scores that are not 100 minus their rows, to the last tenth."""
    wrong = []
    for table, key, points in (
        (scores.applications, "application_key", "application_points"),
        (scores.candidates, "candidate_key", "candidate_points"),
    ):
        for family in FAMILIES:
            rows = scores.rows[scores.rows["family"] == family]
            taken = (rows[points] * 10).round().groupby(rows[key]).sum()
            for _, row in table[table[f"{family}_status"] == "scored"].iterrows():
                left = 1000 - int(taken.get(row[key], 0))
                if left != round(row[family] * 10):
                    wrong.append(f"{row['candidate']} {family}: {row[family]}, rows leave {left / 10}")
    return wrong


@pytest.mark.parametrize("rows", [CHASED, THIRDS, CHASED + THIRDS], ids=["chased", "thirds", "both"])
def test_a_receipt_adds_up_to_the_last_tenth_for_application_and_candidate(rows: str) -> None:
    scores = scored(rows)
    assert (scores.candidates["thank_you_status"] == "scored").all()
    assert unexplained(scores) == []
    tenths = scores.rows[["application_points", "candidate_points"]].to_numpy() * 10
    assert np.allclose(tenths, tenths.round())


def test_rounding_never_moves_a_row_by_a_whole_tenth() -> None:
    scores = scored(THIRDS)
    units = scores.units[scores.units["status"] == "scored"].groupby(["family", "application_key"]).size()
    rows = scores.rows.merge(scores.units[["unit_key", "counts"]], on="unit_key")
    share = rows["points"] / [units[(f, a)] for f, a in zip(rows["family"], rows["application_key"], strict=True)]
    assert ((rows["application_points"] - share).abs() < 0.1 + 1e-9)[rows["counts"]].all()


def test_every_deduction_names_its_rule_its_measure_its_limit_and_the_contacts_that_caused_it() -> None:
    rows = scored(CHASED + THIRDS).rows
    assert (rows[["rule", "finding", "measured", "limit"]] != "").all(axis=None)
    assert rows["contacts"].map(len).min() >= 1


# The overall score

# a note at once, the check-in on time, everything asked: only the number of check-ins differs
PERFECT = (
    met("Acme", "03-03", more="2026-03-13,yes") + sent("Acme", "03-03 18:00", "thank_you") + sent("Acme", "03-16 10:00")
)


def overall(*days: str) -> tuple[float, float]:
    row = scored(PERFECT + "".join(sent("Acme", f"{d} 10:00") for d in days)).candidates.iloc[0]
    return float(row["over_contact"]), float(row["overall"])


def test_over_contact_below_fifty_holds_the_overall_score_down_to_sixty_and_below_twenty_to_fortyfive() -> None:
    # the check-in of 16 March is the one that their missed date allows
    # and 65 alone caps nothing: (0.30 + 0.30 + 0.05 + 0.05) x 100 + 0.25 x 65 over 0.95
    assert overall("03-23", "03-30", "04-06") == (65.0, 90.8)
    assert overall("03-23", "03-30", "04-06", "04-13") == (30.0, 60.0)
    assert overall("03-23", "03-30", "04-06", "04-13", "04-20") == (10.0, 45.0)


def test_an_overall_score_needs_fiftyfive_hundredths_of_the_weight_and_two_main_families() -> None:
    row = scored(met("Acme", "03-03"), complete=False).candidates.iloc[0]
    assert np.isnan(row["overall"])
    assert row["overall_reason"] == "not enough evidence"
    note_only = scored(met("Acme", "03-03") + sent("Acme", "03-03 18:00", "thank_you"), complete=False).candidates.iloc[
        0
    ]
    assert (note_only["thank_you_status"], note_only["timing_status"]) == ("scored", "cannot see")
    # thank-you 0.30, over-contact 0.25 and contact details 0.05
    assert (note_only["scored_weight"], note_only["overall"]) == (0.6, 100.0)


def test_two_applications_weigh_by_what_was_scored_and_the_worst_stays_in_sight() -> None:
    bad = met("Borealis", "04-01") + "".join(
        sent("Borealis", f"04-{d} 10:00", channel="voicemail") for d in ("08", "09", "10", "13", "14")
    )
    scores = scored(PERFECT + bad)
    row, apps = scores.candidates.iloc[0], scores.applications.set_index("client")
    expected = (apps["overall"] * apps["scored_weight"]).sum() / apps["scored_weight"].sum()
    assert apps["scored_weight"].nunique() == 2
    assert row["overall"] == pytest.approx(expected, abs=0.06)
    assert (row["lowest"], row["highest"]) == (apps.loc["Borealis", "overall"], apps.loc["Acme", "overall"])
    assert row["lowest"] <= 45 < row["overall"] < row["highest"]


def test_fewer_than_three_interviews_are_provisional() -> None:
    rows = [met("Acme", day) + sent("Acme", f"{day} 18:00", "thank_you") for day in ("03-03", "03-10", "03-17")]
    found = [scored("".join(rows[:n])).candidates.iloc[0] for n in (1, 2, 3)]
    assert [int(row["interviews"]) for row in found] == [1, 2, 3]
    assert [bool(row["provisional"]) for row in found] == [True, True, False]


def test_an_application_without_a_shown_overall_does_not_weigh() -> None:
    scores = scored(PERFECT + met("Borealis", "05-14"))
    assert scores.applications.set_index("client")["overall"].isna().to_dict() == {"Acme": False, "Borealis": True}
    assert scores.candidates["overall"].tolist() == scores.applications["overall"].dropna().tolist()


# Words and shapes


def test_the_words_change_at_ninety_seventy_and_fortyfive() -> None:
    points = np.array([100.0, 90.0, 89.9, 70.0, 69.9, 45.0, 44.9, 0.0, np.nan])
    words = ["strong", "strong", "good", "good", "needs a tweak", "needs a tweak", "coach this", "coach this", ""]
    assert band_word(points, POLICY).tolist() == words


def test_what_is_not_scored_has_a_reason_and_no_points_no_word() -> None:
    row = scored(met("Acme", "05-14"), complete=False).candidates.iloc[0]
    for family in ("thank_you", "timing", "over_contact"):
        assert np.isnan(row[family])
        assert row[f"{family}_status"] != "scored"
        assert row[f"{family}_reason"] != ""
        assert row[f"{family}_word"] == ""


def test_facts_measured_once_give_the_same_scores_under_the_same_policy_and_others_under_another() -> None:
    log = load([("log.csv", (HEAD + "\n" + CHASED).encode())], Answers("America/New_York", "US", "yes"))
    moment = pd.Timestamp("2026-05-15 12:00", tz="America/New_York")
    facts = measure(log, moment, POLICY.classes)
    pd.testing.assert_frame_equal(score_facts(facts, POLICY).rows, score(log, POLICY, moment).rows)
    kinder = load_policy("[over_contact.base]\nvalue = [[1, 100], [6, 90]]")
    assert (
        score_facts(facts, kinder).candidates["over_contact"].iloc[0]
        > score_facts(facts, POLICY).candidates["over_contact"].iloc[0]
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    log = load([("log.csv", (HEAD + "\n" + CHASED).encode())], Answers("America/New_York", "US", "yes"))
    with pytest.raises(ValueError, match="needs a time zone"):
        score(log, POLICY, pd.Timestamp("2026-05-15 12:00"))


def test_check_ins_too_close_are_told_even_where_there_is_nothing_left_to_take_off() -> None:
    rows = met("Acme", "03-03") + "".join(
        sent("Acme", f"03-{d} 10:00", channel="voicemail") for d in (10, 11, 12, 13, 16, 17)
    )
    scores = scored(rows)
    told = scores.findings.loc[scores.findings["family"] == "over_contact", "finding"].tolist()
    assert scores.candidates["over_contact"].tolist() == [0.0]
    assert "too_close" in told
    assert (scores.rows["points"] > 0).all()


def test_a_call_of_unknown_outcome_is_flagged_and_an_answered_silence_is_not_called_unanswered() -> None:
    head = "candidate,client,route,interviewer,at,ended_at,sender,receiver,channel,kind,note\n"
    met = "Ana Diaz,Acme,direct,Dana Osei,2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview,\n"
    call = "Ana Diaz,Acme,direct,Dana Osei,2026-03-10 10:00,,candidate,client,call,follow_up,\n"
    mail = "Ana Diaz,Acme,direct,Dana Osei,2026-03-10 10:00,,candidate,client,email,follow_up,\n"
    word = "Ana Diaz,Acme,direct,Dana Osei,2026-03-11 10:00,,client,candidate,email,other,We are still deciding\n"

    def findings(text: str) -> set[str]:
        log = load([("log.csv", (head + text).encode())], Answers(zone="America/New_York", calendar="US"))
        found = score(log, default_policy(), pd.Timestamp("2026-03-20 12:00", tz="America/New_York")).findings
        return set(found.loc[found["family"] == "over_contact", "finding"])

    assert "check_answered" in findings(met + call)
    assert "first_unanswered" in findings(met + mail)
    assert "first_unanswered" not in findings(met + mail + word)
