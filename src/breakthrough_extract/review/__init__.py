"""Corrections by hand, in the browser: the page of `report`, served to one person."""

from __future__ import annotations

from breakthrough_extract.review.desk import Desk
from breakthrough_extract.review.server import serve

__all__ = ["Desk", "serve"]
