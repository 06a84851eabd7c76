"""What people write: thank-you notes good and poor, check-ins, and the desk's own shorthand."""

from __future__ import annotations

import random

from agency.people import Candidate, Interviewer

GOOD_NOTES = (
    "Dear {polite}, thank you for meeting me. What you told me about {a} and {b} made me want the job even more. {me}",
    "Hi {first}, thank you for today. I kept thinking about {a}, and {b} is just what I did in my last job. {me}",
    "Dear {first}, many thanks for the interview. I liked how you spoke about {a}; {b} is close to my heart. {me}",
)
FAIR_NOTES = (
    "Dear {first},\n\nthank you for seeing me. I was glad to learn about {a}.\n\n{me}",
    "Hi {first}, thanks so much for your time today. I enjoyed hearing about {a}. Best, {me}",
    "Dear {polite}, thank you for the interview. I am keen to hear more about {a}. Kind regards, {me}",
)
ROLE_ONLY = (
    "Dear {polite}, thank you for the interview for the {job} position. I look forward to hearing from you. {me}",
    "Hi {first}, thanks for meeting me about the {job} job today! {me}",
)
BARE = (
    "Hi {first}, thank you for your time today. {me}",
    "Dear {polite}, thanks again for the interview. Best wishes, {me}",
)
NAMELESS = (
    "Dear Sir or Madam, thank you for the interview. I look forward to your reply. {me}",
    "To whom it may concern: thanks for the opportunity to interview. {me}",
)
GROUP = ("Hi all, thanks for today! Great team. {me}", "Hello everyone, thank you for the interview. {me}")
MISSPELT = ("Dear {wrong}, thank you for your time today. {me}",)

THANKS_SUBJECTS = ("Thank you", "Thank you for today", "Thanks for your time", "Thank you - {job}")
CHECK_SUBJECTS = ("Checking in", "{job}: next steps", "Following up on my interview", "Any news on the {job} position?")
CHECK_TEXTS = (
    "I hope you are well. May I ask where you are with the {job} position?",
    "Just checking in after our conversation. I remain very interested.",
    "You mentioned you would decide around now, so I wanted to ask about next steps.",
)
VOICEMAILS = (
    "LVM",
    "LVM asking re next steps",
    "Left message, asked for a call back",
    "vm - still interested, any news?",
)
NO_ANSWERS = ("no answer", "Rang, no reply", "n/a, will try again")
TALKS = ("Spoke briefly, they are still interviewing", "got through, decision not made yet")
THANKS_SHORTHAND = ("TY sent", "TY email to {first}", "cand sent thank you note to {first}", "thx note sent")
CHECK_SHORTHAND = ("f/u", "f/u email to {first}", "cand followed up w/ {first}", "checked in w/ {first} re status")
STILL_OPEN = (
    ("Re: Checking in", "Thanks for your note. We are still meeting people and hope to decide soon."),
    ("Re: next steps", "We have not decided yet, thank you for your patience."),
)
REJECTIONS = (
    "Thank you for coming in. We have decided to go ahead with another candidate.",
    "Unfortunately we will not be moving forward with your application this time.",
)
OFFERS = ("We would like to offer you the position. Details attached.", "Good news: please find our offer attached.")
GRACIOUS = ("Thank you for letting me know. I enjoyed meeting the team and would be glad to hear of other openings.",)


def misspelt(name: str) -> str:
    """The name with its second and third letters the wrong way round and the last one doubled."""
    return name[0] + name[2] + name[1] + name[3:] + name[-1]


def fill(
    texts: tuple[str, ...],
    rng: random.Random,
    candidate: Candidate,
    who: Interviewer,
    job: str,
    topics: tuple[str, ...],
    discussed: tuple[str, ...] = (),
) -> str:
    """One of ``texts`` with the names, the job and two topics in it, those ``discussed`` first."""
    drawn = rng.sample(topics, 2)
    a, b = (*(t for t in drawn if t in discussed), *(t for t in discussed if t not in drawn), *drawn)[:2]
    wrong = f"{who.title} {misspelt(who.last)}"
    return rng.choice(texts).format(
        polite=who.polite, first=who.first, me=candidate.first, job=job, a=a, b=b, wrong=wrong
    )
