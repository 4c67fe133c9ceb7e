"""What a person at a terminal sees while work is done, and a pipe does not."""

from __future__ import annotations

import io
import sys

import pytest

from breakthrough_extract.cli.console import working


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_what_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with working("reading [bold]a[/bold].pdf"):
        pass
    assert "reading [bold]a[/bold].pdf" in screen.getvalue()  # names are no markup


def test_a_pipe_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with working("reading") as doing:
        doing("writing")
    assert pipe.getvalue() == ""
