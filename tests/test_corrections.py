"""What a person corrects counts, shows on the receipt, and is undone by leaving it away."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import Answers, CheckedLog, Scores, default_policy, load, score
from analysis.corrections import Correction, CorrectionError, correct
from analysis.identity import identities

ANA = "Ana Lind,ana@mail.example,Acme,direct,Dana Osei,dana@acme.example"
BEN = "Ben Cole,ben@mail.example,Acme,direct,Dana Osei,dana@acme.example"
LOG = f"""
candidate,candidate_email,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,subject,note
{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview,,
{ANA},2026-03-06 15:00,,candidate,client,email,thank_you,Thanks,Thank you for Tuesday
{ANA},2026-03-05 09:45,,candidate,client,call,follow_up,,no answer
{ANA},2026-03-06 10:00,,candidate,client,email,follow_up,Any news,
{BEN},2026-03-03 14:00,2026-03-03 15:00,client,candidate,in_person,interview,,
""".strip()
ZONE = "America/New_York"
THANKS, CALL, CHASE = 1, 2, 3


def loaded(text: str = LOG, name: str = "log.csv") -> CheckedLog:
    return load([(name, text.encode())], Answers(zone=ZONE, calendar="US"))


def scored(*corrections: Correction, log: CheckedLog | None = None) -> Scores:
    as_of = pd.Timestamp("2026-04-15 12:00", tz=ZONE)
    return score(correct(log or loaded(), corrections), default_policy(), as_of)


def about(row: int) -> str:
    return str(identities(loaded().contacts)[row])


def ana(scores: Scores) -> pd.Series:
    return scores.candidates.set_index("candidate").loc["Ana Lind"]


def test_nothing_said_leaves_the_log_as_it_is() -> None:
    log = loaded()
    assert correct(log, ()) is log


def test_a_follow_up_that_was_none_takes_its_cost_away() -> None:
    before, after = ana(scored()), ana(scored(Correction("c1", "kind", about(CHASE), {"kind": "logistics"})))
    assert (before["over_contact"], after["over_contact"]) == (45.0, 100.0)


def test_a_call_they_had_asked_for_is_no_follow_up() -> None:
    scores = scored(Correction("c1", "asked_for", about(CALL)))
    contact = scores.contacts.iloc[CALL]
    assert (contact["class"], contact["why"]) == ("reply", "the employer asked for this call")
    assert ana(scores)["over_contact"] == 100.0


def test_a_contact_left_out_is_shown_and_never_counted() -> None:
    scores = scored(Correction("c1", "left_out", about(CHASE)))
    contact = scores.contacts.iloc[CHASE]
    assert (contact["class"], contact["why"], contact["correction"]) == ("not_happened", "left out by your team", "c1")
    assert ana(scores)["over_contact"] == 100.0


def test_a_note_counted_as_sent_on_tuesday_evening_is_in_time() -> None:
    moment = {"at": "2026-03-03T18:00-05:00", "precision": "evening"}
    before, after = ana(scored()), ana(scored(Correction("c1", "moment", about(THANKS), moment)))
    assert before["thank_you"] < 50
    assert after["thank_you"] == 100.0


def test_a_contact_of_somebody_else_leaves_the_candidate() -> None:
    ben = {"candidate": "Ben Cole", "candidate_email": "ben@mail.example"}
    scores = scored(Correction("c1", "candidate", about(THANKS), ben))
    names = scores.candidates.set_index("candidate")["thank_you_status"]
    assert (names["Ana Lind"], names["Ben Cole"]) == ("cannot see", "scored")


def test_a_deduction_that_does_not_stand_stays_on_the_receipt_at_no_cost() -> None:
    scores = scored(Correction("c1", "finding", about(CHASE), {"finding": "too_close"}))
    row = scores.rows.set_index("finding").loc["too_close"]
    assert (row["points"], row["candidate_points"], row["correction"]) == (0.0, 0.0, "c1")
    receipt = scores.rows[scores.rows["family"] == "over_contact"]["candidate_points"].sum()
    assert ana(scores)["over_contact"] == 100 - receipt > ana(scored())["over_contact"]


def test_a_family_switched_off_for_a_candidate_is_not_scored_and_nobody_else_is_touched() -> None:
    key = ana(scored())["candidate_key"]
    scores = scored(Correction("c1", "accommodation", key, {"family": "timing"}))
    assert (ana(scores)["timing_status"], ana(scores)["timing_reason"]) == ("not scored", "accommodation")
    assert scores.rows[scores.rows["family"] == "timing"].empty
    ben = scores.candidates.set_index("candidate").loc["Ben Cole"]
    pd.testing.assert_series_equal(ben, scored().candidates.set_index("candidate").loc["Ben Cole"])


def test_the_later_of_two_corrections_of_one_contact_wins_and_both_are_named() -> None:
    twice = [Correction("c1", "kind", about(CHASE), {"kind": "other"})]
    twice.append(Correction("c2", "kind", about(CHASE), {"kind": "follow_up"}))
    scores = scored(*twice)
    assert scores.contacts.iloc[CHASE]["correction"] == "c1 c2"
    assert ana(scores)["over_contact"] == ana(scored())["over_contact"]


def test_a_correction_holds_for_the_same_contact_in_the_next_export() -> None:
    head, *rows = LOG.splitlines()
    later = "\n".join([head, *reversed(rows)])
    correction = Correction("c1", "left_out", about(CHASE))
    scores = scored(correction, log=loaded(later, "next week.csv"))
    left = scores.contacts[scores.contacts["correction"] == "c1"]
    assert left["reference"].tolist() == ["next week.csv:3"]
    assert ana(scores)["over_contact"] == 100.0


def test_a_correction_of_a_contact_that_is_not_there_waits() -> None:
    log = loaded()
    changed = correct(log, [Correction("c1", "left_out", "0" * 32)])
    pd.testing.assert_frame_equal(changed.contacts, log.contacts)


@pytest.mark.parametrize(
    ("correction", "says"),
    [
        (Correction("c", "nonsense", "x"), "no correction of 'nonsense'"),
        (Correction("c", "kind", ""), "needs the contact"),
        (Correction("c", "kind", "x", {"kind": "chat"}), "kind must be one of"),
        (Correction("c", "moment", "x", {"at": "Tuesday", "precision": "day"}), "'Tuesday' is no moment"),
        (Correction("c", "moment", "x", {"at": "2026-03-03", "precision": "day"}), "has no time zone"),
        (Correction("c", "application", "x", {"job": "Clerk"}), "which client"),
        (Correction("c", "finding", "x"), "which finding"),
        (Correction("c", "accommodation", "x", {"family": "looks"}), "family must be one of"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused_in_words(correction: Correction, says: str) -> None:
    with pytest.raises(CorrectionError, match=says):
        correct(loaded(), [correction])


def test_the_same_mail_from_two_systems_is_one_by_its_message_id() -> None:
    text = LOG.splitlines()[0] + ",message_id\n" + LOG.splitlines()[2] + ",<a1@mail.example>\n"
    other = text.replace("Thanks,Thank you for Tuesday", "RE: Thanks,Thank you").replace(
        "<a1@mail.example>", "a1@mail.example"
    )
    assert identities(loaded(text).contacts).tolist() == identities(loaded(other).contacts).tolist()


@pytest.mark.parametrize("order", [("crm.csv", "phone.csv"), ("phone.csv", "crm.csv")])
def test_what_was_left_out_does_not_come_back_with_a_second_systems_copy(order: tuple[str, str]) -> None:
    head, *rows = LOG.split("\n")
    # the same call, a minute later on the other system's clock
    texts = {"crm.csv": LOG, "phone.csv": f"{head}\n{rows[2].replace('09:45', '09:46')}\n"}
    log = load([(name, texts[name].encode()) for name in order], Answers(zone=ZONE, calendar="US"))
    before = ana(scored(log=log))["over_contact"]
    after = scored(Correction("c1", "left_out", about(CALL)), log=log)
    assert (before, ana(after)["over_contact"]) == (45.0, 100.0)
    calls = after.contacts[after.contacts["channel"] == "call"].sort_values("at")
    assert calls["class"].tolist() == ["not_happened", "duplicate"]
