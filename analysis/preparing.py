"""What happens to a table as read before anybody sees it."""

from __future__ import annotations

from analysis.formats.private import without_private
from analysis.reading.raw import RawTable
from analysis.rejects import as_corrected


def prepared(raw: RawTable) -> RawTable:
    """A table that was corrected and came back is as its file had it; columns that must not be kept are gone."""
    return without_private(as_corrected(raw))
