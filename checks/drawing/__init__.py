"""Drawings of fully connected networks: figures beside the formulas, and SVG that follows a page and its clicks."""

from checks.drawing.figure import draw_network, keep_weights_apart
from checks.drawing.words import sharp_pictures

__all__ = ["draw_network", "keep_weights_apart", "sharp_pictures"]
