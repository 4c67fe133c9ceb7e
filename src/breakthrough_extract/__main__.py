"""`python -m breakthrough_extract` is the command line."""

from __future__ import annotations

import sys

from breakthrough_extract.watched import main

sys.exit(main())
