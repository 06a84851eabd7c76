"""Shapes, lines and words on paper as an SVG; texts and attributes are escaped by its writer."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from dashboard.figures import INKS, MARKS

FONT: Final = "Libertinus Serif"
INK: Final = INKS["light"]
SIZE: Final = 5.0
"""About half of a shape's width."""
WINDOWS: Final = {"thank_you": ("#bfe6da", "#009E73"), "timing": ("#cfe7f8", "#0072B2")}
"""Filling and edge of each window; a check-in's is hatched too."""
_PATHS: Final = {
    "diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "star": (
        (0, -1.3), (0.3, -0.42), (1.24, -0.4), (0.49, 0.16), (0.76, 1.05),
        (0, 0.52), (-0.76, 1.05), (-0.49, 0.16), (-1.24, -0.4), (-0.3, -0.42),
    ),
    "triangle-up": ((0, -1.1), (1.1, 0.85), (-1.1, 0.85)),
    "triangle-down": ((0, 1.1), (1.1, -0.85), (-1.1, -0.85)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "x": (
        (-1, -0.55), (-0.55, -1), (0, -0.45), (0.55, -1), (1, -0.55), (0.45, 0),
        (1, 0.55), (0.55, 1), (0, 0.45), (-0.55, 1), (-1, 0.55), (-0.45, 0),
    ),
}  # fmt: skip
"""Corners of the shapes of `dashboard.figures.MARKS`, around the middle; what is not here is a circle."""


class Paper:
    """An SVG that grows; texts and attributes are escaped when it is written."""

    def __init__(self, width: float, height: float) -> None:
        self._width = width
        size = {"width": f"{width:g}", "height": f"{height:g}", "viewBox": f"0 0 {width:g} {height:g}"}
        self._root = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
        hatch = ElementTree.SubElement(
            ElementTree.SubElement(self._root, "defs"),
            "pattern",
            {"id": "hatch", "width": "5", "height": "5", "patternUnits": "userSpaceOnUse"},
        )
        ElementTree.SubElement(hatch, "rect", {"width": "5", "height": "5", "fill": WINDOWS["timing"][0]})
        ElementTree.SubElement(hatch, "path", {"d": "M0 5L5 0", "stroke": WINDOWS["timing"][1], "stroke-width": "0.5"})

    def _add(self, tag: str, **told: object) -> ElementTree.Element:
        named = {name.replace("_", "-"): f"{v:.2f}" if isinstance(v, float) else str(v) for name, v in told.items()}
        return ElementTree.SubElement(self._root, tag, named)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, thick: float, dash: str = "none") -> None:
        """A line, dashed as SVG says it."""
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=thick, stroke_dasharray=dash)

    def window(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A window of a family (of `WINDOWS`)."""
        fill, edge = WINDOWS[name]
        filled = "url(#hatch)" if name == "timing" else fill
        self._add("rect", x=x, y=y, width=width, height=height, fill=filled, stroke=edge, stroke_width=0.6)

    def text(
        self, x: float, y: float, told: str, size: float, colour: str, anchor: str = "start", clear: bool = False
    ) -> None:
        """A line of text on its base; ``clear``: on white, whatever lies below it."""
        named: dict[str, object] = {"font_family": FONT, "font_size": size, "fill": colour, "text_anchor": anchor}
        if clear:
            named |= {"stroke": "#ffffff", "stroke_width": 2.2, "stroke_linejoin": "round", "paint_order": "stroke"}
        self._add("text", x=x, y=y, **named).text = told

    def shape(self, name: str, x: float, y: float) -> None:
        """The shape of a class of contacts (of `dashboard.figures.MARKS`)."""
        look = MARKS[name]
        hollow = look.symbol.endswith("-open")
        paint = {"fill": "#ffffff" if hollow else look.colour, "stroke": INK.text, "stroke_width": 0.8}
        corners = _PATHS.get(look.symbol.removesuffix("-open"))
        if corners is None:
            self._add("circle", cx=x, cy=y, r=SIZE * 0.92, **paint)
            return
        told = "L".join(f"{x + across * SIZE:.2f} {y + down * SIZE:.2f}" for across, down in corners)
        self._add("path", d=f"M{told}Z", **paint)

    def written(self) -> str:
        """The whole as text."""
        return ElementTree.tostring(self._root, encoding="unicode")
