"""How far apart is apart: the lengths that several steps share.

In ems (multiples of the type size) unless said otherwise.
"""

from __future__ import annotations

WIDE_GAP = 2.0  # a gap within one row of words that no word space has: always a gutter
GUTTER = 0.9  # a gap that is a gutter if it runs down several rows
ROW_GAP = 0.75  # white across all columns that can part two rows of a table, in line heights
BULLET_REACH = 4.0  # how far a bullet can stand from its text
SIZE_SLACK = 0.06  # relative; sizes closer than this are one size
MARGIN = 0.13  # share of the page's height at top and bottom where running heads stand
SNAP = 2.5  # points; drawn lines this close meet
TOUCH = 1.5  # how near to a page's edge a word must stand to be cut by it
VISIBLE = 0.12  # a gap narrower than this is none
