"""What makes a contact itself, wherever it is read from: corrections and links hang on it, never on a row's number."""

from __future__ import annotations

import hashlib
import json
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.identifiers import mapped, plain_name

_SAID: Final = ("client", "sender", "receiver", "channel", "interviewer", "interviewer_email", "subject", "note")


def identities(contacts: pd.DataFrame) -> NDArray[np.object_]:
    """One text of 32 hex digits a contact (columns of `analysis.log.CONTACT_DTYPES`), in the order of the rows.

    The same contact has the same identity in every upload that repeats it: file, line, and how it was classified do
    not count. A message id is enough where there is one; else candidate, moment, parties, channel and text count.
    Contacts equal in all of these are one contact logged twice and share their identity.
    """
    if contacts.empty:
        return np.empty(0, dtype=object)
    person = np.where(
        contacts["candidate_email"].to_numpy(dtype=object) != "",
        contacts["candidate_email"].to_numpy(dtype=object),
        mapped(contacts["candidate"], plain_name),
    )
    at = contacts["at"].astype("int64").to_numpy().astype("str").astype(object)
    parts = [person, at, *(contacts[name].to_numpy(dtype=object) for name in _SAID)]
    message = contacts["message_id"].str.strip("<> ").to_numpy(dtype=object)
    whole = np.where(message == "", _joined(parts), _joined([person, message]))
    codes, distinct = pd.factorize(whole)
    found = [hashlib.blake2b(str(t).encode(), digest_size=16).hexdigest() for t in distinct]
    out = np.array(found, dtype=object)[codes]
    gists = contacts["gist"].to_numpy(dtype=object)
    for place in np.flatnonzero(gists != "").tolist():
        # of what its texts made it, while they were there
        out[place] = json.loads(gists[place])["id"]
    return out


def _joined(parts: list[NDArray[np.object_]]) -> NDArray[np.object_]:
    """Cells of each row with a mark between that no text of a file can hold."""
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + "\x1f" + part
    return np.asarray(whole, dtype=object)
