"""What the writer of a message wrote: its text or HTML without quoted messages, forwarded ones and signature.

Libraries that cut replies were tried: they take a line that begins with "Thank you," for a signature, which is
just the line that matters here.
"""

from __future__ import annotations

import html
import re
from typing import Final

from analysis.phrases import words_of

LONGEST: Final = 20_000
"""Characters of the new part that are kept; nobody states the purpose of a message later than that."""
LOOKED_AT: Final = 200_000
"""Characters of a whole text that are looked at for where the new part ends."""

_EARLIER: Final = (
    "original message", "original appointment", "forwarded message", "forwarded by", "begin forwarded message",
    "ursprüngliche nachricht", "weitergeleitete nachricht", "message d.origine", "message transféré",
    "mensaje original", "mensaje reenviado", "messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht",
    "doorgestuurd bericht", "mensagem original", "mensagem encaminhada", "oprindelig meddelelse",
    "ursprungligt meddelande",
)  # fmt: skip
_OPENINGS: Final = (
    "begin forwarded message:", "anfang der weitergeleiteten nachricht:", "inicio del mensaje reenviado:",
    "début du message (?:réexpédié|transféré)[^\n]{0,40}:",
)  # fmt: skip
_MARKER: Final = re.compile(
    rf"^[ \t>*]{{0,20}}(?:[-_=]{{2,60}}[ \t]{{0,9}}(?:{'|'.join(_EARLIER)})\b[^\n]{{0,200}}|{'|'.join(_OPENINGS)}"
    r"|_{20,}[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCK: Final = re.compile(
    r"^[ \t>*]{0,20}(?:from|von|de|da|van|fra|från)[ \t\xa0]?:[ \t*\xa0]{0,9}[^\n]{1,300}\n(?:[^\n]{1,300}\n){0,2}?"
    r"[ \t>*]{0,20}(?:sent|date|to|gesendet|datum|an|enviado(?: el)?|fecha|para|envoyé|à|inviato|data|verzonden|aan|"
    r"sendt|skickat)[ \t\xa0]?:",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE: Final = re.compile(
    r"^[ \t>*]{0,20}(?:"
    r"(?:on|am|le|el|il|op|em|den|d\.)\b(?=[^\n]{0,160}\n?[^\n]{0,160}\d)[^\n]{1,200}(?:\n[^\n]{0,160}){0,2}?"
    r"(?:wrote|schrieb[^\n:]{0,120}|a écrit|escribió|ha scritto|schreef[^\n:]{0,120}|escreveu|skrev[^\n:]{0,120})"
    r"|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[^\n]{0,60}<[^\n<>]{1,120}@[^\n<>]{1,120}>"
    r")[ \t\xa0]{0,3}:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_DEVICE: Final = re.compile(
    r"\n[ \t]*(?:sent (?:from|via) (?:my |outlook|mail |yahoo|the |proton)|get outlook for |gesendet von |von meinem |"
    r"envoyé de(?:puis)? |enviado desde |inviato da |verzonden vanaf )[^\n]{1,60}\s*\Z",
    re.IGNORECASE,
)
_QUOTE: Final = re.compile(r"^[ \t]{0,4}>.*$", re.MULTILINE)
_GAPS: Final = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")


def new_part(text: str) -> str:
    """The new part of a message's text: no quoted or forwarded message, no ``>`` lines, no signature.

    A message that only forwards has no new part. An answer written below what it quotes is found there.
    """
    text = text[:LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    cut = min((m.start() for m in (_MARKER.search(text), _BLOCK.search(text)) if m), default=len(text))
    text = text[:cut]
    wrote = _WROTE.search(text)
    if wrote is not None:
        below = text[wrote.end() :]
        # an answer below or between what it quotes
        answered = _QUOTE.search(below) is not None and _QUOTE.sub("", below).strip()
        text = text[: wrote.start()] + ("\n" + below if answered else "")
        if answered and (again := _WROTE.search(text)) is not None:
            text = text[: again.start()] + text[again.end() :]
    text = _QUOTE.sub("", text)
    signature = _SIGNATURE.search(text)
    if signature is not None:
        text = text[: signature.start()]
    text = _DEVICE.sub("", text.rstrip())
    return _GAPS.sub("\n\n", text).strip()[:LONGEST].rstrip()


def unflowed(text: str) -> str:
    """Text of ``format=flowed`` with its soft line ends joined (RFC 3676)."""
    return re.sub(r"(?m)(?<=[^\n] )(?<!^-- )\n(?![> \n])", "", text.replace("\r\n", "\n"))


_BREAKS: Final = words_of("p div br li tr table ul ol h1 h2 h3 h4 h5 h6 blockquote hr pre section article dt dd")
_HIDDEN: Final = words_of("head style script title template noscript object svg math")
_VOID: Final = words_of("br hr img input meta link base area col embed source track wbr param")
_QUOTED: Final = re.compile(
    r"\b(?:gmail_quote|gmail_attr|gmail_extra|gmail_signature|moz-cite-prefix|moz-signature|protonmail_quote|"
    r"zmail_extra|reply-intro|isForwardContent|ms-outlook-mobile-signature|AppleMailSignature)\b"
)
_REST: Final = re.compile(
    r"\b(?:x_)?(?:divRplyFwdMsg|appendonsend|yahoo_quoted|OutlookMessageHeader|stopSpelling|"
    r"mail-editor-reference-message-container)\b"
)
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,20})")
_MARKS: Final = re.compile(
    r"""\b(?:class|id|type)\s{0,5}=\s{0,5}(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s"'>]{1,300}))""", re.IGNORECASE
)
_LONG_NUMBER: Final = re.compile(r"&#x?[0-9a-fA-F]{8,}")


def html_text(page: str) -> str:
    """The text of an HTML body as shown, without quoted messages and signatures as mail programs mark them.

    One pass from left to right whatever the page holds; Python's own parser takes minutes for some damaged pages.
    """
    page = page[: 5 * LOOKED_AT]
    out: list[str] = []
    hidden: list[str] = []
    at, length = 0, 0
    while at < len(page) and length < LOOKED_AT:
        tag = page.find("<", at)
        if not hidden and tag != at:
            shown = page[at : tag if tag >= 0 else len(page)]
            out.append(re.sub(r"[ \t\r\n]+", " ", html.unescape(_LONG_NUMBER.sub("", shown))))
            length += len(shown)
        if tag < 0:
            break
        named = _TAG.match(page, tag)
        if named is None and page[tag + 1 : tag + 2] not in ("!", "?", "/"):
            # a lone sign, as in "a < b"
            if not hidden:
                out.append("<")
            at = tag + 1
            continue
        end = page.find("-->" if page.startswith("<!--", tag) else ">", tag)
        if end < 0:
            break
        at = page.index(">", end) + 1
        if named is None:
            continue
        name, closes = named[1].lower(), page[tag + 1] == "/"
        if hidden:
            # what is left out ends where its own tag is closed
            if name == hidden[0] and not closes and page[at - 2] != "/":
                hidden.append(name)
            elif name == hidden[0] and closes:
                hidden.pop()
            continue
        if name in _BREAKS and not (name == "br" and closes):
            out.append("\n")
        marks = (
            ""
            if closes
            else " ".join(m[1] or m[2] or m[3] or "" for m in _MARKS.finditer(page[tag : min(at, tag + 2000)]))
        )
        if marks and _REST.search(marks):
            break
        cited = name == "blockquote" and "cite" in marks
        quoted = cited or name in _HIDDEN or (marks and _QUOTED.search(marks))
        if not closes and name not in _VOID and quoted and page[at - 2] != "/":
            hidden.append(name)
    return re.sub(r" *\n *", "\n", "".join(out).replace("\xa0", " ")).strip()
