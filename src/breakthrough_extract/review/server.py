"""The review's server: for one person, on this machine, and for nobody else.

It listens on 127.0.0.1 alone. Its address has a random token, so that no other program or page
can guess it; requests for another host (DNS rebinding) and changes that another page asks for
are refused.
"""

from __future__ import annotations

import hmac
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from breakthrough_extract.corrections import CorrectionsError
from breakthrough_extract.files import WriteError
from breakthrough_extract.review.desk import Desk

HOST = "127.0.0.1"
MOST = 100_000  # bytes of a request
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Door:
    """Who may come in: whoever knows the token and asks this very host."""

    token: str
    port: int

    @property
    def hosts(self) -> set[str]:
        return {f"{HOST}:{self.port}", f"localhost:{self.port}"}

    def refuses(self, request: Request) -> str:
        """Why a request is refused; "" if it is not."""
        if request.headers.get("host", "") not in self.hosts:
            return "unknown host"
        given = request.path_params["token"].encode()
        if not hmac.compare_digest(given, self.token.encode()):
            return "unknown address"
        if request.method == "POST":
            origin = request.headers.get("origin", "")
            if origin not in {f"http://{host}" for host in self.hosts}:
                return "asked for by another page"
            if request.headers.get("content-type", "") != "application/json":
                return "not JSON"
        return ""


def application(desk: Desk, door: Door) -> Starlette:
    """The server's routes: the page, and what changes the corrections."""

    async def page(request: Request) -> Response:
        if door.refuses(request):
            return _refused()
        try:
            return HTMLResponse(await run_in_threadpool(desk.page), headers=HEADERS)
        except CorrectionsError as error:  # edited by hand while the server runs
            return PlainTextResponse(str(error), status_code=409, headers=HEADERS)

    def change(act: Callable[[str, bytes], str]) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            if door.refuses(request):
                return _refused()
            body = await request.body()
            if len(body) > MOST:
                return _told("too long", 413)
            try:
                version = request.query_params.get("v", "")
                reason = await run_in_threadpool(act, version, body)
            except (CorrectionsError, WriteError) as error:
                return _told(str(error), 400)
            return _told(reason, 409 if reason else 200)

        return answer

    return Starlette(
        routes=[
            Route("/{token}/", page, methods=["GET"]),
            Route("/{token}/add", change(desk.add), methods=["POST"]),
            Route("/{token}/undo", change(desk.undo), methods=["POST"]),
            Route("/{token}/redo", change(desk.redo), methods=["POST"]),
        ]
    )


def serve(desk: Desk, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is told the address. Port 0: any that is free.

    Raises OSError if the port is taken.
    """
    with socket.socket() as listener:
        listener.bind((HOST, port))
        door = Door(secrets.token_urlsafe(24), listener.getsockname()[1])
        config = uvicorn.Config(
            application(desk, door), log_level="warning", access_log=False, server_header=False
        )
        ready(f"http://{HOST}:{door.port}/{door.token}/")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _refused() -> Response:
    # One answer for all reasons: it tells a stranger nothing.
    return PlainTextResponse("Not found", status_code=404, headers=HEADERS)


def _told(reason: str, status: int) -> Response:
    return JSONResponse({"reason": reason}, status_code=status, headers=HEADERS)
