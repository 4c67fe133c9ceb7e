"""The review's server on a port of this machine, for as long as a test lasts."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from breakthrough_extract.review.desk import Desk
from breakthrough_extract.review.server import HOST, Door, application

TOKEN = "a-token"


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The origin, `http://127.0.0.1:PORT`; the page is at `/a-token/` there."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(application(desk, Door(TOKEN, port)), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield f"http://{HOST}:{port}"
        finally:
            server.should_exit = True
            thread.join()
