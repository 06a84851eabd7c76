"""One record's text -> cells: strictly, or leniently where quotes are broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import heappop, heappush

from analysis.reading.cells import kind_of

_LONGEST = 20_000
_CLOSES = 12
_MOST_STEPS = 200_000
_GLUED = 1.2
_APOSTROPHE = 0.01
_IN_WORD = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def split_strict(text: str, delimiter: str, quote: str, escape: str = "") -> list[str]:
    """Split a record whose quotes are where a strict writer puts them."""
    if (not quote or quote not in text) and (not escape or escape not in text):
        return text.split(delimiter) if delimiter else [text]
    cells: list[str] = []
    cell: list[str] = []
    inside, i, n = False, 0, len(text)
    while i < n:
        c = text[i]
        if escape and c == escape and i + 1 < n:
            cell.append(text[i + 1])
            i += 2
            continue
        if quote and c == quote:
            if inside and text[i + 1 : i + 2] == quote:
                cell.append(quote)
                i += 2
                continue
            inside = not inside
        elif c == delimiter and not inside:
            cells.append("".join(cell))
            cell = []
        else:
            cell.append(c)
        i += 1
    cells.append("".join(cell))
    return cells


@dataclass(frozen=True, slots=True)
class Split:
    """Cells of a leniently read record. ``cost`` 0 means nothing was out of place."""

    cells: list[str]
    cost: float
    tied: bool = False


@dataclass(slots=True)
class Steps:
    """How much work is left for the broken rows of a file, so that none can hang the reading."""

    left: int

    def spend(self, steps: int) -> bool:
        """Take ``steps`` off; False once nothing is left."""
        self.left -= steps
        return self.left > 0


def split_lenient(
    text: str, delimiter: str, quote: str, escape: str, width: int, steps: Steps | None = None
) -> Split | None:
    """The cheapest way to read ``text`` as exactly ``width`` cells, or None.

    A closing quote is followed by a delimiter or the end; quotes elsewhere are text. An opening quote that
    is never closed ends its cell at the next delimiter. ``tied`` says that two different readings cost the same.
    """
    ways = _ways(text, delimiter, quote, escape, width, steps or Steps(_MOST_STEPS))
    return ways.get(width) if ways else None


def split_any(text: str, delimiter: str, quote: str, escape: str, width: int, steps: Steps | None = None) -> Split:
    """The cheapest reading whatever its width; of equally cheap ones the nearest to ``width``."""
    ways = _ways(text, delimiter, quote, escape, width, steps or Steps(_MOST_STEPS))
    if not ways:
        return Split(text.split(delimiter) if delimiter else [text], 1.0)
    best = min(ways, key=lambda w: (ways[w].cost, abs(w - width)))
    return ways[best]


def _ways(text: str, delimiter: str, quote: str, escape: str, width: int, steps: Steps) -> dict[int, Split]:
    n = len(text)
    if n > _LONGEST or not quote or not steps.spend(1 + n // 100):
        return {}
    # best[(place, cells so far)] = (cost, previous state, cell, tied)
    State = tuple[int, int]
    best: dict[State, tuple[float, State | None, list[str], bool]] = {(0, 0): (0.0, None, [], False)}
    queue: dict[int, set[int]] = {0: {0}}
    places = [0]
    limit = width + 3
    most = steps.left - _MOST_STEPS
    while places:
        place = heappop(places)
        counts = queue.pop(place)
        if place > n:
            continue
        for end, given, cost in _edges(text, place, delimiter, quote, escape):
            following = end + 1 if end < n else n + 1
            if not steps.spend(2 + len(counts) + len(given[0]) // 50) or steps.left < most:
                return {}
            for count in counts:
                if count + len(given) > limit and following <= n:
                    continue
                prior = best[place, count]
                total = prior[0] + cost
                key = (following, count + len(given))
                known = best.get(key)
                if known is None or total < known[0] - 1e-9:
                    best[key] = (total, (place, count), given, prior[3])
                    if following <= n:
                        if following not in queue:
                            queue[following] = set()
                            heappush(places, following)
                        queue[following].add(count + len(given))
                elif abs(total - known[0]) <= 1e-9 and not known[3]:
                    best[key] = (known[0], known[1], known[2], True)
    found: dict[int, Split] = {}
    for (place, count), (cost, _, _, tied) in best.items():
        if place == n + 1:
            cells: list[str] = []
            at: State | None = (place, count)
            while at is not None:
                _, prior_at, given, _ = best[at]
                cells.extend(reversed(given))
                at = prior_at
            found[count] = Split(cells[::-1], cost, tied)
    return found


def _edges(text: str, place: int, delimiter: str, quote: str, escape: str) -> list[tuple[int, list[str], float]]:
    """Cells that may start at ``place``: (where they end, their texts, their cost).

    Two cells at once are a quoted and a bare one with no delimiter between them.
    """
    n = len(text)
    edges: list[tuple[int, list[str], float]] = []
    opened = place
    while opened < n and text[opened] == " " and delimiter != " ":
        opened += 1
    wrapped = opened < n and text[opened] == quote
    if wrapped:
        closing = opened
        tries = 0
        while tries < _CLOSES:
            closing = text.find(quote, closing + 1)
            if closing < 0:
                break
            end = closing + 1
            while end < n and text[end] == " " and delimiter != " ":
                end += 1
            if end < n and text[end] != delimiter:
                doubled = text[closing - 1] == quote or text[closing + 1] == quote
                # behind a delimiter a quote opens the next cell rather than closing this one
                opens = text[closing - 1] == delimiter
                if delimiter and not doubled and not opens and closing - opened > 1:
                    stop = text.find(delimiter, end)
                    stop = n if stop < 0 else stop
                    rest = text[end:stop]
                    if quote not in rest and "\n" not in rest and "\r" not in rest:
                        content, lone = _unquote(text[opened + 1 : closing], quote, escape)
                        if not lone:
                            edges.append((stop, [content, rest], _GLUED))
                continue
            inner = text[opened + 1 : closing]
            if escape and (len(inner) - len(inner.rstrip(escape))) % 2:
                continue
            tries += 1
            content, lone = _unquote(inner, quote, escape)
            edges.append((end, [content], 1.0 * lone + (0.01 * (opened - place))))
    end = text.find(delimiter, place) if delimiter else -1
    end = n if end < 0 else end
    raw = text[place:end]
    if "\n" not in raw and "\r" not in raw:
        if wrapped:
            # at the end of the record its closing quote is lost; elsewhere the quote may be meant
            bare = raw.replace(quote, "", 1) if end == n and raw.count(quote) == 1 else tidy(raw, quote)
            edges.append((end, [bare], 2.5))
        else:
            quotes = raw.count(quote)
            edges.append((end, [tidy(raw, quote)], 0.75 if quotes % 2 else 0.2 * quotes))
    middle = text.find(quote, place, end)
    if delimiter and not wrapped and middle > place and text[middle - 1] not in " =" and "\n" not in text[place:middle]:
        # `Acme"left message, will try again"`: a bare cell and a quoted one
        closing = middle
        for _ in range(_CLOSES):
            closing = text.find(quote, closing + 1)
            if closing < 0:
                break
            if closing + 1 < n and text[closing + 1] != delimiter:
                continue
            content, lone = _unquote(text[middle + 1 : closing], quote, escape)
            if not lone:
                edges.append((closing + 1, [text[place:middle], content], _GLUED))
    return edges


def _unquote(inner: str, quote: str, escape: str) -> tuple[str, float]:
    """Quoted content as text, and how many quotes in it were neither doubled nor escaped.

    An apostrophe within a word hardly counts.
    """
    if escape and escape in inner:
        # escaped signs are set apart first, so that what is left has quotes only
        parts = re.split(f"{re.escape(escape)}(.)", inner, flags=re.DOTALL)
        plain = [_unquote(part, quote, "") for part in parts[::2]]
        content = plain[0][0] + "".join(sign + part[0] for sign, part in zip(parts[1::2], plain[1:], strict=True))
        return content, sum(part[1] for part in plain)
    if quote not in inner:
        return inner, 0.0
    doubled = inner.count(quote * 2)
    lone = inner.count(quote) - 2 * doubled
    within = len(_IN_WORD.findall(inner)) if quote == "'" and lone else 0
    return inner.replace(quote * 2, quote), lone - within * (1 - _APOSTROPHE)


def tidy(cell: str, quote: str) -> str:
    """Drop a single stray quote around what is otherwise a number, date or the like; in a text it may be meant."""
    if cell.count(quote) != 1:
        return cell
    bare = cell.strip()
    if bare == quote:
        return ""
    for whole, inner in ((bare.startswith(quote), bare[1:]), (bare.endswith(quote), bare[:-1])):
        if whole and kind_of(inner) not in ("", "text", "flag", "missing"):
            # 6" is a length
            return cell if inner == bare[:-1] and kind_of(inner) == "number" else cell.replace(quote, "", 1)
    return cell
