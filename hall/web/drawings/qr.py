"""QR codes as inline SVG."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=512)  # the same text gives the same picture; drawing it costs more than the page
def qr(text: str, label: str) -> Markup:
    """A QR code of a text (usually a URL); label says where it leads."""
    code = segno.make(text, error="m", micro=False)
    runs = []
    for y, row in enumerate(code.matrix, 1):
        x = 0
        while x < len(row):
            width = 1
            if row[x]:
                while x + width < len(row) and row[x + width]:
                    width += 1
                runs.append(f"M{x + 1} {y}h{width}v1h-{width}z")
            x += width
    side = len(code.matrix) + 2
    return Markup(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}" '
        'shape-rendering="crispEdges"><path d="M0 0h{side}v{side}H0z" fill="#fff"/>'
        '<path d="{path}" fill="#14242a"/></svg>'
    ).format(side=side, label=label, path="".join(runs))
