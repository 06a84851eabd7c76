"""Contact logs that several tests of the dashboard upload, in the plain layout."""

TOO_EARLY = """\
candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on,subject,note
Cleo Marsh,Acme,direct,Ed,ed@acme.example,2026-03-03 10:00,2026-03-03 11:00,client,candidate,call,interview,2026-03-13,,
Cleo Marsh,Acme,direct,Ed,ed@acme.example,2026-03-03 17:00,,candidate,client,email,thank_you,,Thanks,Thank you Ed
Cleo Marsh,Acme,direct,Ed,ed@acme.example,2026-03-12 10:15,,candidate,client,email,follow_up,,Any news?,Hello
"""
"""The follow-up went out on Thursday; they had said they would decide on Friday 13 March: one business day early."""

HOSTILE_NAMES = (
    "![x](https://evil.example/p.png)",
    "<img src=https://evil.example/i.png onerror=alert(1)",
    '=HYPERLINK("https://evil.example")',
    ":red[**bold**] [link](https://evil.example)",
)
"""Names that a page, a chart or a spreadsheet might run or fetch."""


SCRIPT = '"<script>alert(1)</script>'


def hostile_log() -> str:
    """A log in which every free text of a candidate is hostile."""
    head = "candidate,client,route,job,interviewer,recruiter,at,ended_at,sender,receiver,channel,kind,subject,note\n"
    rows = []
    for name in HOSTILE_NAMES:
        quoted = '"' + name.replace('"', '""') + '"'
        about = f"{quoted},{quoted},direct,{quoted},{quoted},{quoted}"
        text = f"{quoted},{SCRIPT}{quoted[1:]}"
        rows.append(f"{about},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview,{text}")
        rows.append(f"{about},2026-03-05 10:00,,candidate,client,email,follow_up,{text}")
    return head + "\n".join(rows) + "\n"
