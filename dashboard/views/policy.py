"""Every number that can move a score, with its meaning and source; changed only after seeing who would move."""

from __future__ import annotations

from dashboard import parts, session
from dashboard.weighing import numbers, review, saved, versions

parts.heading("Policy")
known = saved.all_saved()
now, draft, may = saved.in_force(known), session.draft(), session.allowed("policy")
made_by = f"saved by {now.author}, {now.when()}" if now.number else "nobody changed a number yet"
parts.line(f"“{now.name}” counts now", made_by, f"version {now.policy.version}")
if not session.workspace().is_empty:
    parts.quiet(f"Every score is made with it and names its version: {session.whole().policy}.")
base = saved.base_of(known, draft)
if draft is not None and base is not now:
    review.stale(draft, now)
if may and draft is not None and session.reviewing():
    review.review(base, draft)
else:
    parts.heading("The numbers", 2)
    parts.quiet(
        "Change a number, and before it counts you see whose score would move. The source stands beside each."
        if may
        else "Each with its meaning and source. A lead changes them; ask one if a number does not fit your desk."
    )
    numbers.numbers(base, draft, may)
    if may and draft is not None:
        numbers.bar(base.policy, draft)
    versions.versions(known, may)
