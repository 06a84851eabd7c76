"""The new part of a message: without the earlier messages quoted below it."""

from __future__ import annotations

import re

from analysis.phrases import readable

ANSWERED = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|sv|vs|antw|tr)\s*:)+\s*")
"""The marks of an answer before a subject in small letters."""
_REPLY = re.compile(r"\s*(?:(?:re|aw|fw|fwd|wg|rv|tr|sv|antw)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_QUOTED = re.compile(
    r"^[^\S\n]{0,20}-{2,40}[^\S\n]{0,20}(?:original message|forwarded message|urspr\w+ nachricht|mensaje "
    r"original|message d.origine)"
    r"|^_{10,}[^\S\n]{0,20}$"
    r"|^(?:from|von|de)\s?: [^\n]{1,200}\n(?:sent|date|to|gesendet|datum|an|enviado|fecha|para|envoy\w+|\w+) ?:"
    r"|^(?:on|am|el|le) [^\n]{1,160}\n?[^\n]{0,160}(?:wrote|schrieb[^\n:]{0,80}|escribi\w{1,3}|a .crit) ?:",
    re.IGNORECASE | re.MULTILINE,
)
_BODY = re.compile(r"\s*To: .{0,2000}?\bBody:", re.DOTALL)


def is_answer(subject: str) -> bool:
    """Whether a subject is another message's ("Re: ...", "AW: ...", "FW: ...")."""
    return _REPLY.match(subject[:100]) is not None


def new_text(note: str) -> str:
    """The new part of a message as a person reads it: no quoted earlier message, no ``>`` lines, no HTML."""
    text = readable(note)
    if text.lstrip().startswith("To: "):
        text = _BODY.sub("", text, count=1) if _BODY.match(text) else text
    quoted = _QUOTED.search(text)
    if quoted and text[: quoted.start()].strip():
        text = text[: quoted.start()]
    if ">" in text:
        text = "\n".join(
            line for line in text.split("\n") if not line.lstrip().startswith(">") or line.startswith(">From")
        )
    return text
