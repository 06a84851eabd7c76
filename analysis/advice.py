"""What the coach says: one sentence a finding, second person, no blame; and what each reason means for staff."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    "contact_details_missing": "Before you leave, ask each person who interviewed you for a card or an e-mail address.",
    "date_not_asked": "End by asking when they hope to decide, so you know when to check in.",
    "thank_you_missing": "Set aside ten minutes at home for a short thank-you the same evening.",
    "thank_you_late": "Still worth sending; next time aim for the day of the interview.",
    "panel_partly_thanked": "Send each a line of their own, or ask your main contact to pass your thanks on.",
    "no_name": "Open with the interviewer's name; check the spelling with us.",
    "check_spelling": "Check the spelling of the interviewer's name with us.",
    "nothing_restated": "Mention one or two things you talked about.",
    "too_early": "Let their date pass (or about a week), then check in.",
    "too_late": "Check in a little sooner next time: soon after their date, or about a week after the interview.",
    "missed": "Their date has gone by; one friendly message is expected, not pushy.",
    "late_day_call": "Try mid-morning, once they have worked through their messages.",
    "call_hour": "Try mid-morning on a working day, once they have worked through their messages.",
    "first_unanswered": "You have done your part; leave it at least a week.",
    "second_unanswered": "Two polite check-ins is persistent; now let them come to you.",
    "unanswered": "They have heard from you; now let them come to you.",
    "too_close": "Space check-ins a week or more apart.",
    "pushy": "Please pause; we can ask on your behalf.",
    "channel_hopping": "Stay with the channel they used with you.",
    "another_person": "Stay with the people you met, unless they point you to somebody else.",
    "repeated_dialling": "Leave one message instead of calling again; they will see that you called.",
    "asked_not_to_call": "Keep to e-mail.",
    "asked_not_to_contact": "They asked for quiet; we can ask on your behalf.",
    "told_to_wait": "They said they would call; give them until then.",
    "went_round_agency": "For this client, send questions through us.",
    "after_rejection": "One gracious reply leaves the door open; then let it rest.",
    "postponed": "They moved the date, so your clock starts again.",
    "well_judged": "Well judged. Do it the same way next time.",
    "not_scored": "Tell us what you sent and when, if you like.",
    "check_time_zone": "One of the times cannot be right; please tell us when you sent it.",
    "check_interview_end": "We do not know when the interview ended; please tell us if it was longer than an hour.",
    "check_answered": "Somebody may have picked up when you called; please tell us.",
    "ambiguous_link": "One contact fits two of your applications; please tell us which one it was about.",
    "joined_by_name": "Please check that these records are all yours.",
    "namesakes": "Somebody else has the same name; please check that these records are yours.",
    "same_contact": "Two of our files seem to hold the same contact of yours; please tell us if these were two.",
    "shared_identifier": "Somebody else is recorded with your address or number; please tell us which are yours.",
}
"""Finding -> what the coach says."""

STAFF: Final[dict[str, str]] = {
    "contact_details_missing": "An interviewer's name or channel is not recorded",
    "date_not_asked": "The decision date was not asked for",
    "thank_you_missing": "No thank-you was sent",
    "thank_you_late": "The thank-you came later than the day of the interview",
    "panel_partly_thanked": "Not every interviewer who can be reached was thanked",
    "no_name": "The note does not greet the interviewer by name",
    "check_spelling": "The interviewer's name may be misspelt in the note: please check",
    "nothing_restated": "The note restates little of the discussion",
    "too_early": "The first follow-up came too early",
    "too_late": "The first follow-up came late",
    "missed": "The follow-up was missed",
    "late_day_call": "Called in the afternoon",
    "call_hour": "Called at an hour when they are rarely free",
    "first_unanswered": "One follow-up, not answered yet",
    "second_unanswered": "Two or three follow-ups without an answer",
    "unanswered": "Several follow-ups without an answer",
    "too_close": "The follow-ups came close together",
    "pushy": "Persistent has become pushy",
    "channel_hopping": "Changed the channel, or used one they never used",
    "another_person": "Asked somebody else without being referred",
    "repeated_dialling": "Dialled several times in a day without a message",
    "asked_not_to_call": "Called although they asked for no calls",
    "asked_not_to_contact": "Made contact although they asked for none",
    "told_to_wait": "Followed up before they said they would be in touch",
    "went_round_agency": "Asked the client directly instead of through the agency",
    "after_rejection": "Wrote or called again after the rejection",
    "postponed": "The employer moved the date",
    "well_judged": "Well judged",
    "not_scored": "Not scored",
    "check_time_zone": "A note is stamped before the interview was over: check the time zone",
    "check_interview_end": "The end of the interview is not recorded; an hour was assumed",
    "check_answered": "Nothing says whether a call was answered; it was taken for a conversation: please check",
    "ambiguous_link": "A contact fits two applications: please decide",
    "joined_by_name": "Records were joined by name alone: please check",
    "namesakes": "Two candidates have this name: please check",
    "same_contact": "Two files seem to hold the same contact, counted once: please check",
    "shared_identifier": "An address, number or id stands beside two names: please check",
}
"""Finding -> what staff read."""

REASONS: Final[dict[str, str]] = {
    "": "",
    "not_due_yet": "Not due yet",
    "log_not_complete": "Nothing seen, and the files are not known to hold everything",
    "employer_moved_first": "The employer moved first",
    "check_time_zone": "The times cannot be right: check the time zone",
    "day_unknown": "The day of sending is not known",
    "no_reachable_interviewer": "No interviewer is recorded who could be reached",
    "no_notes_please": "They asked for no notes",
    "interview_with_agency": "This was an interview with the agency itself",
    "route_unknown": "It is not known whether the candidate may write to this client",
    "via_agency": "For this client contact runs through the agency",
    "accommodation": "Switched off for this candidate by your team",
    "told_not_to_contact": "They asked not to be contacted, and silence was kept",
    "withdrawn": "The candidate withdrew",
    "hired": "The candidate was hired",
    "closed": "The vacancy was closed",
    "checked_in_already": "One check-in is enough; stopping is never held against anybody",
    "nothing_sent": "Nothing was sent to the employer",
    "not_recorded": "Nothing is recorded about it",
    "no_text": "There is no note text to read",
    "not_held": "The interview did not take place, or has not yet",
    "no_interview": "No interview is recorded",
    "not enough evidence": "Not enough evidence for an overall score",
}
"""Reason of a status -> what it means."""


def sentence(finding: str) -> str:
    """What the coach says for a finding. Raises ``KeyError`` for a code that has no sentence."""
    return SENTENCES[finding]


def title(finding: str) -> str:
    """What staff read for a finding. Raises ``KeyError`` for a code that has none."""
    return STAFF[finding]


def reason_text(reason: str) -> str:
    """What a reason code means. Raises ``KeyError`` for a code that has no text."""
    return REASONS[reason]
