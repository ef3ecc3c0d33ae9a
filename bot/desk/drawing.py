"""Inline SVG by few strokes: everything is placed from where lines begin, and mirrored where lines run from right to left."""

from __future__ import annotations

from html import escape

INK = "var(--mq-ink, #2a211b)"
MUTED = "var(--mq-muted, #695c50)"
LINE = "var(--mq-line, #e6d9c5)"
SURFACE = "var(--mq-surface, #fffdf8)"
BLUE = "var(--mq-blue, #4f3fc4)"


class Drawing:
    """A picture under construction; colours are variables of the page, so that it follows light and dark.

    Args:
        name: begins every id in the picture; two pictures on one page need two names.
        width: in pixels.
        height: in pixels.
        rtl: whether lines run from right to left.
    """

    def __init__(self, name: str, width: float, height: float, *, rtl: bool = False) -> None:
        self.name = name
        self._width, self._height, self._rtl = width, height, rtl
        self._shapes: list[str] = []

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1.0, told: str = ""
    ) -> None:
        """A rectangle; `told` shows when the mouse rests on it."""
        left = self._width - x - width if self._rtl else x
        faint = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
        inside = f"><title>{escape(told)}</title></rect>" if told else "/>"
        self._shapes.append(
            f'<rect x="{left:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"{faint}{inside}'
        )

    def frame(self, x: float, y: float, width: float, height: float, stroke: str) -> None:
        """A dashed outline."""
        left = self._width - x - width if self._rtl else x
        self._shapes.append(
            f'<rect x="{left:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="none" stroke="{stroke}" '
            'stroke-dasharray="4 3"/>'
        )

    def rule(self, x: float, y: float, width: float) -> None:
        """A thin line along the text."""
        self.box(x, y - 0.5, width, 1, LINE)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        size: float = 13,
        fill: str = INK,
        weight: int = 400,
    ) -> None:
        """A line of text that begins, ends or has its `middle` at x; `start` is where lines begin."""
        at = self._width - x if self._rtl else x
        bold = f' font-weight="{weight}"' if weight != 400 else ""
        self._shapes.append(
            f'<text x="{at:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size:g}" fill="{fill}"{bold}>{escape(text)}</text>'
        )

    def curve(self, points: list[tuple[float, float]], stroke: str) -> None:
        """A line through the points, with a dot at the last."""
        placed = [(self._width - x if self._rtl else x, y) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        x, y = placed[-1]
        self._shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="1.6" stroke-linejoin="round" '
            f'stroke-linecap="round"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{stroke}"/>'
        )

    def hatch(self, colour: str) -> str:
        """A striped fill in a colour, so that it is told from plain ones without seeing colours."""
        self._shapes.append(
            f'<defs><pattern id="{self.name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{colour}"/>'
            f'<rect width="2" height="6" fill="{SURFACE}"/></pattern></defs>'
        )
        return f"url(#{self.name}-hatch)"

    def svg(self, title: str, description: str) -> str:
        """The picture; title and description are what is read aloud instead of it."""
        direction = "rtl" if self._rtl else "ltr"
        return (
            f'<svg class="mq-chart" role="img" aria-labelledby="{self.name}-title {self.name}-desc" direction="{direction}" '
            f'viewBox="0 0 {self._width:g} {self._height:g}" width="{self._width:g}" height="{self._height:g}">'
            f'<title id="{self.name}-title">{escape(title)}</title><desc id="{self.name}-desc">{escape(description)}</desc>'
            f"{''.join(self._shapes)}</svg>"
        )
