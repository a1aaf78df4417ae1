"""SVG to PNG, by resvg, which the extra `pictures` installs."""

from __future__ import annotations

from typing import Final

__all__ = ["NoPictures", "to_png"]

_ZOOM: Final = 2
"""Twice as many pixels as the SVG has, for screens and paper."""


class NoPictures(Exception):
    """PNG cannot be drawn here; the message is one sentence."""


def to_png(svg: str) -> bytes:
    """The picture as PNG. Raises NoPictures without the extra."""
    try:
        import resvg_py
    except ImportError:
        raise NoPictures("PNG needs one more package; run make pictures, or use --format svg.") from None
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM))
