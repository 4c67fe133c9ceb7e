"""review: correct an extraction by hand, in the browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from breakthrough_extract.cli.console import CLEAN, working
from breakthrough_extract.safe_text import terminal_safe

HELP = "correct an extraction by hand, in the browser"


class ReviewError(ValueError):
    """A review that cannot begin; the message says why and what to do."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources", nargs="+", type=Path, help="a document, renderings of it, or parts of a model"
    )
    parser.add_argument(
        "--profile", help="name or path of a profile; without one it is chosen or discovered"
    )
    parser.add_argument(
        "--together", action="store_true", help="the sources are the parts of one model"
    )
    parser.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="default: corrections.toml beside the first source",
    )
    parser.add_argument("--port", type=int, default=0, help="default: any that is free")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.corrections import NAME
    from breakthrough_extract.files import documents_in
    from breakthrough_extract.profile import load_profile

    profile = load_profile(options.profile) if options.profile else None
    try:
        from breakthrough_extract.review import Desk, serve
    except ModuleNotFoundError as error:
        raise ReviewError(
            f"review needs {error.name}: pip install 'breakthrough-extract[review]'"
        ) from None
    sources = documents_in(options.sources, apart=False)
    file: Path = options.corrections or sources[0].parent / NAME
    with working(f"extracting {', '.join(source.name for source in sources)}"):
        desk = Desk(sources, profile, file, options.together)

    def ready(address: str) -> None:
        print(terminal_safe(f"Corrections go to {file}"))
        print(f"Open {address}\nCtrl-C ends it; nothing is lost.", flush=True)
        if not options.no_browser:
            import webbrowser

            webbrowser.open(address)

    try:
        serve(desk, options.port, ready)
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or error
        raise ReviewError(f"port {options.port}: {told}; choose another with --port") from None
    return CLEAN
