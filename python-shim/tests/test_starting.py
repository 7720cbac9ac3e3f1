from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from fake_bridge import TOKEN, FakeBridge, FakeServer, example
from jupyterhub_homeport._exceptions import BridgeUnavailable, StartFailed
from jupyterhub_homeport.client import BridgeClient
from jupyterhub_homeport.starting import INTERRUPTED, ServerStart

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterhub_homeport.values import Event, Server

REQUEST = example("server-request")
AWAY = "Waiting for Homeport to answer again."
READY = "Your server answers."


class Starting:
    """A start under way, and what it has reported so far."""

    def __init__(self, client: BridgeClient) -> None:
        self.heard: list[Event] = []
        self._more = asyncio.Event()
        self.task = asyncio.create_task(ServerStart(client, REQUEST, self._hear).run())

    def _hear(self, event: Event) -> None:
        self.heard.append(event)
        self._more.set()

    @property
    def messages(self) -> list[str]:
        return [event.message for event in self.heard]

    async def until_heard(self, message: str) -> None:
        while message not in self.messages:
            self._more.clear()
            await self._more.wait()

    async def server(self) -> Server:
        return await self.task


@pytest.fixture
def start(bridge: FakeBridge, client: BridgeClient) -> Callable[[], Starting]:
    bridge.ready_at_once = False
    return lambda: Starting(client)


async def posted(bridge: FakeBridge) -> FakeServer:
    await bridge.posted.wait()
    bridge.posted.clear()
    return bridge.servers["ada"]


def interrupt(server: FakeServer) -> None:
    failure = {**example("server-failed")["failure"], "code": INTERRUPTED}
    server.become("failed", failure=failure)


async def test_events_are_reported_in_order_until_the_server_answers(
    bridge: FakeBridge, start: Callable[[], Starting]
) -> None:
    starting = start()
    server = await posted(bridge)
    server.say("Two people before you.")
    server.say("Copying files.")
    server.is_ready()
    assert (await starting.server()).url == "http://172.20.0.2:8888"
    assert starting.messages == ["Two people before you.", "Copying files.", READY]


async def test_a_server_that_runs_already_is_returned_at_once(
    bridge: FakeBridge, start: Callable[[], Starting]
) -> None:
    bridge.start(REQUEST).is_ready()
    starting = start()
    assert (await starting.server()).state == "running"
    assert starting.messages == []


async def test_a_broken_stream_is_resumed_and_nothing_is_told_twice(
    bridge: FakeBridge, start: Callable[[], Starting]
) -> None:
    starting = start()
    server = await posted(bridge)
    bridge.drop_stream_after = 1
    server.say("One.")
    server.say("Two.")
    await starting.until_heard("Two.")
    server.is_ready()
    await starting.server()
    assert [m for m in starting.messages if m in {"One.", "Two.", READY}] == ["One.", "Two.", READY]
    assert bridge.last_event_ids == ["", "1"]
    assert len(bridge.posts) == 1


async def test_a_start_that_the_bridge_kept_over_its_restart_goes_on(
    bridge: FakeBridge, start: Callable[[], Starting]
) -> None:
    starting = start()
    server = await posted(bridge)
    server.say("One.")
    await starting.until_heard("One.")
    await bridge.die()
    await starting.until_heard(AWAY)
    server.is_ready()
    bridge.listen()
    assert (await starting.server()).state == "running"
    assert len(bridge.posts) == 1


@pytest.mark.parametrize("lose", ["interrupted", "unknown"])
async def test_a_start_that_the_bridge_lost_is_asked_for_again(
    bridge: FakeBridge, start: Callable[[], Starting], lose: str
) -> None:
    starting = start()
    server = await posted(bridge)
    server.say("One.")
    await starting.until_heard("One.")
    await bridge.die()
    if lose == "interrupted":
        interrupt(server)
    else:
        bridge.servers.clear()
    bridge.listen()
    again = await posted(bridge)
    again.say("From the start.")
    again.is_ready()
    assert (await starting.server()).state == "running"
    assert "From the start." in starting.messages
    assert bridge.posts == [REQUEST, REQUEST]


async def test_a_failure_is_raised_with_what_the_bridge_says(
    bridge: FakeBridge, start: Callable[[], Starting]
) -> None:
    starting = start()
    (await posted(bridge)).fails()
    with pytest.raises(StartFailed) as raised:
        await starting.server()
    assert raised.value.code == "out-of-memory"
    assert "Your files are safe." in raised.value.remedy
    assert raised.value.reference == "5f0c92ab"


async def test_a_failure_while_nobody_listened_is_not_tried_again(
    bridge: FakeBridge, start: Callable[[], Starting]
) -> None:
    starting = start()
    server = await posted(bridge)
    server.say("One.")
    await starting.until_heard("One.")
    await bridge.die()
    server.fails()
    bridge.listen()
    with pytest.raises(StartFailed):
        await starting.server()
    assert len(bridge.posts) == 1


async def test_a_server_stopped_by_somebody_else_ends_the_start(
    bridge: FakeBridge, start: Callable[[], Starting], client: BridgeClient
) -> None:
    starting = start()
    server = await posted(bridge)
    server.say("One.")
    await starting.until_heard("One.")
    await client.stop("ada")
    bridge.break_streams()
    with pytest.raises(StartFailed, match="was stopped while it was starting"):
        await starting.server()


async def test_a_bridge_that_stays_away_ends_the_start(bridge: FakeBridge) -> None:
    bridge.ready_at_once = False
    starting = Starting(BridgeClient(bridge.url, TOKEN, patience=0.1))
    await posted(bridge)
    await bridge.die()
    with pytest.raises(BridgeUnavailable):
        await starting.server()
    bridge.listen()


async def test_a_cancelled_start_leaves_nothing(
    bridge: FakeBridge, start: Callable[[], Starting]
) -> None:
    starting = start()
    server = await posted(bridge)
    server.say("One.")
    await starting.until_heard("One.")
    starting.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting.server()
    assert server.body["state"] == "stopped"


async def test_a_start_cancelled_while_the_bridge_is_away_ends_all_the_same(
    bridge: FakeBridge, start: Callable[[], Starting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyterhub_homeport.starting.ABANDON_SECONDS", 0.1)
    starting = start()
    await posted(bridge)
    await bridge.die()
    await starting.until_heard(AWAY)
    starting.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting.server()
    bridge.listen()


async def test_two_starts_at_once_do_not_wait_for_each_other(
    bridge: FakeBridge, client: BridgeClient
) -> None:
    bridge.ready_at_once = False
    waiting = Starting(client)
    server = await posted(bridge)
    other: dict[str, Any] = {**REQUEST, "user": "grace"}
    bridge.ready_at_once = True
    assert (await ServerStart(client, other, lambda _: None).run()).user == "grace"
    assert not waiting.task.done()
    server.is_ready()
    await waiting.server()
