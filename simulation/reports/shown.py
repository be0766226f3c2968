"""A matplotlib figure that a notebook shows by itself, without pyplot and its global state."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

_DPI = 144
_CSS_DPI = 96


class ShownFigure(Figure):
    """A figure that draws itself where it is the last value of a notebook's cell."""

    def png(self) -> bytes:
        """Return the figure as PNG, sharp on dense screens."""
        out = io.BytesIO()
        self.savefig(out, format="png", dpi=_DPI)
        return out.getvalue()

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """Show it at its own size."""
        size = {"width": round(_CSS_DPI * self.get_figwidth()), "height": round(_CSS_DPI * self.get_figheight())}
        return self.png(), size
