"""Fuzz one reader with atheris, guided by coverage, until the time is over or a fault is found.

python -m tests.fuzz.run TARGET [--seconds N]

What is new is kept in build/fuzz/TARGET, and a next run goes on from there; an input that
breaks a promise is written to build/fuzz/ and the exit status is not 0.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["breakthrough_extract"]):
    # What is loaded only where it is needed must be loaded here, or its branches do not count.
    import breakthrough_extract.readers.grid
    import breakthrough_extract.readers.positioned  # noqa: F401
    from tests.fuzz.targets import TARGETS

KEPT = Path("build/fuzz")
WORDS = Path(__file__).parent / "words.dict"
HANG = 20  # seconds; an input that takes longer is a fault
MOST_MEMORY = 3000  # megabytes
LONGEST = 4096  # bytes of an input: small ones find most, and fast


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz one reader, guided by coverage.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    target = TARGETS[options.target]
    kept = KEPT / options.target
    kept.mkdir(parents=True, exist_ok=True)
    # Not cleaned up: libFuzzer ends the process by itself. One folder a process.
    folder = Path(tempfile.gettempdir()) / f"fuzz-{os.getpid()}"
    folder.mkdir()
    limits = (
        f"-max_total_time={options.seconds}",
        f"-timeout={HANG}",
        f"-rss_limit_mb={MOST_MEMORY}",
        f"-max_len={LONGEST}",
        f"-dict={WORDS}",
        f"-artifact_prefix={KEPT}/{options.target}-",
        "-print_final_stats=1",
    )
    folders = (str(kept), str(target.corpus()[0].parent))
    atheris.Setup([sys.argv[0], *limits, *folders], lambda data: target.run(data, folder))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
