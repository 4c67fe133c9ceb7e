"""A real browser: Debian's Chromium, driven by Playwright.

`make browser` installs it where apt is; where there is none, tests that need it are skipped and
say so. Another one is named by the variable BREAKTHROUGH_CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

CHROMIUM = os.environ.get("BREAKTHROUGH_CHROMIUM") or shutil.which("chromium")
FLAGS = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run
    --disable-background-networking --disable-component-update --disable-sync
""".split()
WIDE, NARROW = (1400, 900), (400, 800)
PATIENCE = 30_000  # milliseconds: only a test that fails waits so long, or a busy machine
expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine; `make browser` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    address: str,
    size: tuple[int, int] = WIDE,
    refused: bool = False,
    **how: Any,
) -> Iterator[Page]:
    """The page at that address. Errors of its scripts, complaints of its policy and requests
    that leave its address fail the test; `refused`: but not what the server refuses."""
    troubles: list[str] = []
    how = {"reduced_motion": "reduce", **how}
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **how)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda told: troubles.extend([told.text] * (told.type == "error")))
    page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
    home = address.split("#", maxsplit=1)[0]
    page.on("request", lambda asked: troubles.extend(_astray(asked.url, home)))
    page.goto(address)
    yield page
    context.close()
    troubles = [told for told in troubles if not (refused and "status of 409" in told)]
    assert not troubles, troubles


def _astray(url: str, home: str) -> list[str]:
    return [] if url.startswith((home, "data:")) else [url]


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def address(file: Path, fragment: str = "") -> str:
    return f"{file.resolve().as_uri()}{fragment}"


def in_view(page: Page, selector: str, pane: str) -> bool:
    """Whether the first element of that selector that is shown comes to stand within the pane's
    window: a page scrolls in the frame after it was asked to, and a busy machine is slow."""
    try:
        page.wait_for_function(_IN_VIEW, arg=[selector, pane])
    except PlaywrightTimeout:
        return False
    return True


_IN_VIEW = """([selector, pane]) => {
    const outer = document.querySelector(pane).getBoundingClientRect();
    const shown = [...document.querySelectorAll(selector)]
        .filter((one) => one.getClientRects().length);
    if (!shown.length) return false;
    const inner = shown[0].getBoundingClientRect();
    return inner.top >= outer.top - 1 && inner.top < outer.bottom
        && inner.top >= 0 && inner.top < innerHeight;
}"""
