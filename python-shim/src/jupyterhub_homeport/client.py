"""A client of the bridge's REST API, for asyncio."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from contextlib import contextmanager
from dataclasses import astuple
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Callable, TypeVar
from urllib.parse import SplitResult, quote, urlsplit

import httpx
from httpx_sse import EventSource, SSEError

from ._exceptions import BridgeUnavailable, HomeportError, RequestRefused, ServerUnknown
from .values import Environment, Event, Failure, Plan, Server, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

API = "/api/v1"
CONNECT_SECONDS = 5.0
# Stopping waits for the server's own clean exit; every other answer comes at once. An event stream
# that says nothing for this long (the bridge sends comments in between) counts as broken.
READ_SECONDS = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0

T = TypeVar("T")


class Pauses:
    """The pauses between tries: doubling, bounded, and over when the patience is used up."""

    def __init__(self, patience: float) -> None:
        """Start the clock; ``patience`` in seconds, 0 for a single try."""
        self._deadline = time.monotonic() + patience
        self._next = FIRST_PAUSE

    async def pause(self) -> bool:
        """Wait a little; False, at once, when there is no patience left for it."""
        if time.monotonic() + self._next > self._deadline:
            return False
        await asyncio.sleep(self._next)
        self._next = min(self._next * 2, LONGEST_PAUSE)
        return True


class BridgeClient:
    """Speaks to one bridge with one token.

    Every request here is safe to repeat (``POST /servers`` joins the start under way), so each is
    repeated for ``patience`` seconds while nobody can answer it. A connection lives for one request
    or stream: next to a start it costs nothing, nothing goes stale when the bridge restarts, and
    there is nothing to close.
    """

    def __init__(self, url: str, token: str, *, patience: float = 30.0) -> None:
        """Accept ``http://host:port``, ``https://…`` or ``unix:///path/to/socket``."""
        parts = address(url)
        on_socket = parts.scheme == "unix"
        self.url = url
        self.patience = patience
        self._socket = parts.path if on_socket else None
        self._base = ("http://homeport" if on_socket else url.rstrip("/")) + API
        self._headers = {"Authorization": f"Bearer {token}"}

    async def post_server(self, request: dict[str, Any]) -> Server:
        """Start a server, or join its start under way, or find that it runs already."""
        return await self._ask(_server, "POST", "/servers", json=request)

    async def server(self, server_id: str) -> Server:
        """Return one server; raises ``ServerUnknown``."""
        return await self._ask(_server, "GET", _path(server_id))

    async def find(self, user: str, name: str) -> Server | None:
        """Return the server of a user by its name in the hub, for a caller who knows no id."""
        try:
            servers = await self._ask(_items(Server.of), "GET", "/servers", params={"user": user})
        except RequestRefused as error:
            if error.status == 400:
                return None  # a name that the bridge does not take has no server
            raise
        return next((s for s in servers if (s.user, s.name) == (user, name)), None)

    async def stop(self, server_id: str, *, forget: bool = False) -> None:
        """Stop a server and wait until it is gone; one that is gone already is fine.

        ``forget`` also drops what the bridge remembers of it. Files are never touched.
        """
        params = {"forget": "true"} if forget else {}
        try:
            await self._ask(lambda _: None, "DELETE", _path(server_id), params=params)
        except ServerUnknown:
            return

    async def plan(self, request: dict[str, Any], *, deadline: float) -> Plan:
        """Have a user's home prepared; return what a server needs to be in it.

        Raises ``BridgeUnavailable`` when there is no answer after ``deadline`` seconds.
        """
        asked = self._ask(_plan, "POST", "/plans", json=request, timeout=_within(deadline))
        try:
            return await asyncio.wait_for(asked, deadline)
        except asyncio.TimeoutError as error:
            raise BridgeUnavailable(
                "bridge-slow",
                f"Homeport's bridge at {self.url} prepared no home within {deadline:g} seconds.",
                "Try again in a minute: what it has begun, such as a download, goes on.",
            ) from error

    async def status(self, *, deadline: float) -> Status:
        """Return how the bridge is; raises ``BridgeUnavailable`` after ``deadline`` seconds."""
        return await self._ask(_status, "GET", "/status", timeout=_within(deadline))

    async def hand_over_grant(self, user: str, refresh_token: str) -> None:
        """Connect the user's Google Drive by a grant for it; one that is connected stays so."""
        path = f"/users/{quote(user, safe='')}/drive/grant"
        await self._ask(lambda _: None, "POST", path, json={"refreshToken": refresh_token})

    async def environments(self) -> list[Environment]:
        """Return the images on offer."""
        return await self._ask(_items(Environment.of), "GET", "/environments")

    async def follow(
        self, server_id: str, report: Callable[[Event], None], *, after: str = ""
    ) -> None:
        """Report the events of a start, from the one after ``after`` to the last.

        One connection: it may end early or raise ``BridgeUnavailable``, and the caller comes back
        with the last id that it has seen.
        """
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
        if after:
            headers["Last-Event-ID"] = after
        path = f"{_path(server_id)}/events"
        with self._errors():
            async with self._session() as http, http.stream("GET", path, headers=headers) as answer:
                if not answer.is_success:
                    await answer.aread()
                    _raise_problem(answer)
                async for sse in EventSource(answer).aiter_sse():
                    if not sse.data:
                        continue  # a comment, which httpx-sse takes for an event after any id
                    event = Event.of(sse.id, sse.event, json.loads(sse.data))
                    report(event)
                    if event.is_last:
                        return

    async def _ask(
        self, read: Callable[[httpx.Response], T], method: str, path: str, **parts: Any
    ) -> T:
        pauses = Pauses(self.patience)
        while True:
            try:
                with self._errors():
                    async with self._session() as http:
                        answer = await http.request(method, path, **parts)
                    if not answer.is_success:
                        _raise_problem(answer)
                    return read(answer)
            except BridgeUnavailable:
                if not await pauses.pause():
                    raise

    def _session(self) -> httpx.AsyncClient:
        tls = _tls()
        return httpx.AsyncClient(
            base_url=self._base,
            headers=self._headers,
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            # The hub's proxy settings are for the world outside, never for the bridge.
            trust_env=False,
            transport=httpx.AsyncHTTPTransport(uds=self._socket, verify=tls, trust_env=False),
        )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except httpx.TransportError as error:
            raise BridgeUnavailable(
                "bridge-unavailable",
                f"Homeport's bridge at {self.url} does not answer.",
                "Try again in a minute; if it stays so, ask the administrator to look at it.",
            ) from error
        except (KeyError, TypeError, ValueError, SSEError, httpx.DecodingError) as error:
            raise BridgeUnavailable(
                "bad-answer",
                f"What answers at {self.url} does not speak as Homeport's bridge does.",
                "Check the spawner's bridge_url, and that bridge and shim are of one version.",
            ) from error


def address(url: str) -> SplitResult:
    """Return the parts of a bridge's address; raises ``HomeportError`` when it is not one."""
    try:
        parts = urlsplit(url)
        host = httpx.URL(url).host  # reads the port, too
    except (ValueError, httpx.InvalidURL):
        parts, host = SplitResult("", "", "", "", ""), ""
    if not (parts.path if parts.scheme == "unix" else parts.scheme in {"http", "https"} and host):
        raise HomeportError(
            "bad-bridge-url",
            f"{url!r} is not the address of a bridge.",
            "Set it to http://127.0.0.1:8787 or unix:///run/homeport/bridge.sock.",
        )
    return parts


def _path(server_id: str) -> str:
    return f"/servers/{quote(server_id, safe='')}"


def _server(answer: httpx.Response) -> Server:
    return Server.of(answer.json())


def _plan(answer: httpx.Response) -> Plan:
    return Plan.of(answer.json())


def _status(answer: httpx.Response) -> Status:
    return Status.of(answer.json())


def _within(seconds: float) -> httpx.Timeout:
    return httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


def _items(of: Callable[[dict[str, Any]], T]) -> Callable[[httpx.Response], list[T]]:
    return lambda answer: [of(item) for item in answer.json()["items"]]


def _raise_problem(answer: httpx.Response) -> None:
    """Raise what a problem document means; anything else, as a KeyError or ValueError, is none."""
    failure = Failure.of(answer.json())
    parts = astuple(failure)
    if answer.status_code in {502, 503, 504}:
        raise BridgeUnavailable(*parts)
    if answer.status_code >= 500:
        raise HomeportError(*parts)
    if answer.status_code == 404:
        raise ServerUnknown(*parts, status=404)
    raise RequestRefused(*parts, status=answer.status_code)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Make one context for all: each costs 20 ms of the hub's time."""
    return ssl.create_default_context()
