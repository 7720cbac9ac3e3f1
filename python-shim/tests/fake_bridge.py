"""A small bridge over real HTTP, with the shapes of ``docs/examples`` and faults to order."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from tornado import web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets, bind_unix_socket

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
TOKEN = "a-hub-token"  # noqa: S105


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


@dataclass
class FakeServer:
    """One server: its request, its state, and the events of its start."""

    body: dict[str, Any]
    request: dict[str, Any]
    events: list[dict[str, Any]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def say(self, message: str, kind: str = "progress", **more: Any) -> None:
        number = len(self.events) + 1
        event = {**example("event-progress"), "id": number, "type": kind, "message": message}
        self.events.append({**event, **more})
        self.wake()

    def is_ready(self) -> None:
        self.become("running", address=example("server-running")["address"])
        self.say("Your server answers.", "ready", percent=100, address=self.body["address"])

    def fails(self, failure: dict[str, Any] | None = None) -> None:
        failure = failure or example("server-failed")["failure"]
        self.become("failed", failure=failure, exitCode=137)
        self.say(failure["message"], "failed", failure=failure)

    def become(self, state: str, **more: Any) -> None:
        self.body.update(state=state, **more)

    def wake(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()


class FakeBridge:
    """Listens on a port or a socket; keeps what it was asked for and how often."""

    def __init__(self, socket: Path | None = None) -> None:
        self.socket = socket
        self.port = 0
        self.servers: dict[str, FakeServer] = {}
        self.environments = example("environments")
        self.plan = example("plan")
        self.status = example("status")
        self.hangs = False
        self.asked: list[str] = []
        self.posts: list[dict[str, Any]] = []
        self.last_event_ids: list[str] = []
        self.grants: list[tuple[str, str]] = []
        self.grant_refusal: dict[str, Any] | None = None
        self.unavailable = 0
        self.refusal: dict[str, Any] | None = None
        self.drop_stream_after: int | None = None
        self.ready_at_once = True
        self.posted = asyncio.Event()
        self._was_asked = asyncio.Event()
        self._http: HTTPServer | None = None
        self.streams: set[web.RequestHandler] = set()

    @property
    def url(self) -> str:
        return f"unix://{self.socket}" if self.socket else f"http://127.0.0.1:{self.port}"

    def listen(self) -> None:
        routes = [
            (r"/api/v1/servers", Servers),
            (r"/api/v1/servers/([^/]+)", OneServer),
            (r"/api/v1/servers/([^/]+)/events", Events),
            (r"/api/v1/environments", Environments),
            (r"/api/v1/plans", Plans),
            (r"/api/v1/users/([^/]+)/drive/grant", Grants),
            (r"/api/v1/status", Status),
        ]
        self._http = HTTPServer(web.Application(routes, bridge=self))
        if self.socket:
            self._http.add_socket(bind_unix_socket(str(self.socket)))
        else:
            sockets = bind_sockets(self.port, "127.0.0.1", reuse_port=False)
            self.port = sockets[0].getsockname()[1]
            self._http.add_sockets(sockets)

    async def die(self) -> None:
        """Go as after kill -9: nobody listens, and every open stream breaks."""
        assert self._http is not None
        self._http.stop()
        self.break_streams()
        await self._http.close_all_connections()

    def break_streams(self) -> None:
        for handler in list(self.streams):
            handler.request.connection.stream.close()  # type: ignore[union-attr]

    def note(self, request: str) -> None:
        self.asked.append(request)
        self._was_asked.set()

    async def until_asked(self, times: int) -> None:
        """Return when there have been that many requests."""
        while len(self.asked) < times:
            self._was_asked.clear()
            await self._was_asked.wait()

    def start(self, request: dict[str, Any]) -> FakeServer:
        name = f"--{request['serverName']}" if request["serverName"] else ""
        server_id = f"{request['user']}{name}"
        known = self.servers.get(server_id)
        if known and known.body["state"] not in {"stopped", "failed"}:
            return known
        body = {
            **example("server-running"),
            **{key: request[key] for key in ("user", "serverName", "image")},
            "id": server_id,
            "state": "starting",
            "address": None,
        }
        server = self.servers[server_id] = FakeServer(body, request)
        if self.ready_at_once:
            server.say("Making the container.")
            server.is_ready()
        return server


class Handler(web.RequestHandler):
    """What all routes share: the token, and faults that hit any of them."""

    @property
    def bridge(self) -> FakeBridge:
        return self.settings["bridge"]  # type: ignore[no-any-return]

    async def prepare(self) -> None:
        self.bridge.note(f"{self.request.method} {self.request.path}")
        if self.request.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.problem(401, code="bad-token", message="This token is not known.", remedy="New.")
        elif self.bridge.unavailable > 0:
            self.bridge.unavailable -= 1
            self.problem(503, code="engine-unavailable", message="Docker is away.", remedy="Wait.")

    def problem(self, status: int, **parts: Any) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/problem+json")
        self.finish(json.dumps({**example("problem"), "status": status, **parts}))

    def known(self, server_id: str) -> FakeServer | None:
        server = self.bridge.servers.get(unquote(server_id))
        if server is None:
            self.problem(404, code="server-unknown", message="There is no such server.")
        return server


class Servers(Handler):
    """``POST /servers`` and the list."""

    def post(self) -> None:
        request = json.loads(self.request.body)
        unknown = request.keys() - example("server-request").keys()
        assert not unknown, f"not in the contract: {unknown}"
        self.bridge.posts.append(request)
        self.bridge.posted.set()
        if self.bridge.refusal:
            self.problem(**self.bridge.refusal)
            return
        server = self.bridge.start(request)
        self.set_status(202)
        self.set_header("Location", f"/api/v1/servers/{quote(server.body['id'], safe='')}")
        self.finish(server.body)

    def get(self) -> None:
        user = self.get_query_argument("user", strip=False)
        items = [s.body for s in self.bridge.servers.values() if s.body["user"] == user]
        self.finish({"items": items})


class OneServer(Handler):
    """One server: read it, stop it."""

    def get(self, server_id: str) -> None:
        server = self.known(server_id)
        if server:
            self.finish(server.body)

    def delete(self, server_id: str) -> None:
        server = self.known(server_id)
        if server is None:
            return
        server.become("stopped", address=None)
        if self.get_query_argument("forget", "") == "true":
            del self.bridge.servers[server.body["id"]]
        self.set_status(204)
        self.finish()


class Events(Handler):
    """The server-sent events of a start."""

    gone = False

    def on_connection_close(self) -> None:
        self.gone = True
        for server in self.bridge.servers.values():
            server.wake()

    async def get(self, server_id: str) -> None:
        server = self.known(server_id)
        if server is None:
            return
        bridge = self.bridge
        last = self.request.headers.get("Last-Event-ID", "")
        bridge.last_event_ids.append(last)
        bridge.streams.add(self)
        self.set_header("Content-Type", "text/event-stream")
        sent = int(last or 0)
        try:
            while not self.gone:
                self.write(": still here\n\n")
                await self.flush()
                for event in server.events[sent:]:
                    if bridge.drop_stream_after == event["id"] - 1:
                        bridge.drop_stream_after = None
                        self.request.connection.stream.close()  # type: ignore[union-attr]
                        return
                    data = json.dumps(event, ensure_ascii=False)
                    self.write(f"id: {event['id']}\nevent: {event['type']}\ndata: {data}\n\n")
                    await self.flush()
                    sent = event["id"]
                    if event["type"] in {"ready", "failed"}:
                        return
                await server.changed.wait()
        finally:
            bridge.streams.discard(self)


class Environments(Handler):
    """What is on offer."""

    def get(self) -> None:
        self.finish(self.bridge.environments)


class Plans(Handler):
    """What a hook asks for."""

    async def post(self) -> None:
        request = json.loads(self.request.body)
        self.bridge.posts.append(request)
        if self.bridge.hangs:
            await asyncio.Event().wait()
        if self.bridge.refusal:
            self.problem(**self.bridge.refusal)
        else:
            self.finish(self.bridge.plan)


class Grants(Handler):
    """The grants for Google Drive that the hub's sign-in brought."""

    def post(self, user: str) -> None:
        if self.bridge.grant_refusal:
            self.problem(**self.bridge.grant_refusal)
        else:
            self.bridge.grants.append(
                (unquote(user), json.loads(self.request.body)["refreshToken"])
            )
            self.finish({"email": "ada@example.org", "connected": "2026-01-05T08:00:00Z"})


class Status(Handler):
    """How the bridge is."""

    def get(self) -> None:
        self.finish(self.bridge.status)
