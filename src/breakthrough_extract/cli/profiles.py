"""profiles: list the shipped profiles."""

from __future__ import annotations

import argparse

from breakthrough_extract.cli.console import CLEAN
from breakthrough_extract.safe_text import terminal_safe

HELP = "list the shipped profiles"


def arguments(_: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_: argparse.Namespace) -> int:
    from breakthrough_extract.profile import load_profile, shipped_profiles

    width = max(map(len, shipped_profiles()))
    for name in shipped_profiles():
        profile = load_profile(name)
        size = f"{len(profile.themes)} themes × {len(profile.stages)} stages"
        print(terminal_safe(f"{name:{width}}  {profile.title} ({size})"))
    return CLEAN
