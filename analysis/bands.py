"""The word for a score: the band it falls in."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.policy import Policy
from analysis.segments import Floats

BAND_WORDS: Final = ("strong", "good", "needs a tweak", "coach this")


def band_word(points: Floats, policy: Policy) -> NDArray[np.object_]:
    """The band's word for points; "" where there are none."""
    bands = policy.bands
    index = np.select([points >= bands.strong, points >= bands.good, points >= bands.tweak], [0, 1, 2], 3)
    return np.where(np.isnan(points), "", np.array(BAND_WORDS, dtype=object)[index])
