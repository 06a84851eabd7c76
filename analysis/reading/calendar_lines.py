"""The lines of one calendar component as the library expects them: unfolded, old encodings undone, breaks mended."""

from __future__ import annotations

import re
from quopri import decodestring
from typing import Final

from analysis.phrases import words_of
from analysis.reading.mail_header import decoded

_NAME: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})(?=[;:])")
_KNOWN: Final = words_of(
    """
    begin end uid summary description location status dtstart dtend duration dtstamp created last-modified
    sequence organizer attendee rrule rdate exdate exrule recurrence-id class transp priority url categories
    attach comment contact related-to resources geo request-status tzid tzoffsetfrom tzoffsetto tzname tzurl
    action trigger repeat completed due percent-complete freebusy method prodid version calscale acknowledged
    color conference image name refresh-interval source aalarm dalarm malarm palarm daylight tz related
    styled-description structured-data participant-type
    """
)
_QUOTED: Final = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE(?=[;:])", re.IGNORECASE)
_CHARSET: Final = re.compile(r";CHARSET=\"?([A-Za-z0-9_-]{1,40})\"?", re.IGNORECASE)
_PLAIN_ENCODING: Final = re.compile(r";ENCODING=(?:8BIT|7BIT)(?=[;:])", re.IGNORECASE)
_DASHED: Final = re.compile(
    r"^((?:DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE|DTSTAMP|CREATED|LAST-MODIFIED)(?:;[^:]{0,200})?:)"
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d{1,6})?(Z?))?[ \t]*$",
    re.IGNORECASE,
)


def properties(text: str) -> tuple[list[str], bool]:
    """The properties of a component, one a line, and whether lines without a property's name had to be joined to one.

    A line break inside a description, written without the blank that folding asks for, is such a line.
    """
    found: list[str] = []
    mended = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if found and found[-1].endswith("=") and _QUOTED.search(found[-1].partition(":")[0] + ":"):
            found[-1] = found[-1][:-1] + line.lstrip(" \t")
        elif found and line[:1] in (" ", "\t"):
            found[-1] += line[1:]
        elif not line.strip():
            continue
        else:
            name = _NAME.match(line)
            known = name is not None and (name[1].lower() in _KNOWN or name[1][:2].lower() == "x-")
            if found and not known:
                found[-1] += "\\n" + _escaped(line)
                mended = True
            else:
                found.append(line)
    return [_plain(each) for each in found], mended


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _plain(line: str) -> str:
    """A property without the encodings of vCalendar 1.0, its dates without dashes."""
    head, colon, value = line.partition(":")
    if _QUOTED.search(head + ":"):
        charset = _CHARSET.search(head)
        text, _ = decoded(decodestring(value.encode("utf-8", "replace")), charset[1] if charset else "")
        head = _CHARSET.sub("", _QUOTED.sub("", head + ":"))[:-1]
        return f"{head}{colon}" + re.sub(r"\r\n|\r|\n", r"\\n", _escaped(text))
    if ";" in head:
        head = _PLAIN_ENCODING.sub("", _CHARSET.sub("", head) + ":")[:-1]
        line = head + colon + value
    dashed = _DASHED.match(line)
    if dashed is None:
        return line
    start, year, month, day, hour, minute, second, utc = dashed.groups()
    clock = f"T{hour}{minute}{second or '00'}{utc}" if hour else ""
    return f"{start}{year}{month}{day}{clock}"
