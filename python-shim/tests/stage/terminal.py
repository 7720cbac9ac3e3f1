"""A shell in a user's server, through the server's own terminal."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from stage.patience import SECONDS

if TYPE_CHECKING:
    from stage.hub import Hub


def in_terminal(hub: Hub, user: str, command: str, server: str = "") -> str:
    """What the command prints in a new terminal of a running JupyterLab."""
    prefix = f"/user/{quote(user)}/{quote(server)}".rstrip("/")
    terminal = hub.request("POST", f"{prefix}/api/terminals").raise_for_status().json()["name"]
    url = f"{hub.url.replace('http', 'ws', 1)}{prefix}/terminals/websocket/{terminal}"
    request = HTTPRequest(url, headers={"Authorization": f"token {hub.token}"})
    return asyncio.run(asyncio.wait_for(_answer(request, command), SECONDS))


async def _answer(request: HTTPRequest, command: str) -> str:
    socket = await websocket_connect(request)
    # Two quotes in the middle: what the terminal echoes is not yet the mark.
    line = f"printf 'BE''GIN\\n'; {command}; printf 'EN''D\\n'\r"
    await socket.write_message(json.dumps(["set_size", 50, 500]))
    await socket.write_message(json.dumps(["stdin", line]))
    shown = ""
    while (answer := re.search(r"BEGIN\r\n(.*)END\r\n", shown, re.DOTALL)) is None:
        message = await socket.read_message()
        if message is None:
            raise ConnectionError(f"The terminal closed after: {shown}")
        kind, *text = json.loads(message)
        if kind == "stdout":
            shown += text[0]
    socket.close()
    while await socket.read_message() is not None:
        pass  # up to the server's own goodbye
    return answer[1].replace("\r\n", "\n").strip()
