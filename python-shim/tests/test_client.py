from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from fake_bridge import TOKEN, FakeBridge, example
from jupyterhub_homeport._exceptions import (
    BridgeUnavailable,
    HomeportError,
    RequestRefused,
    ServerUnknown,
)
from jupyterhub_homeport.client import BridgeClient, Pauses
from jupyterhub_homeport.values import Environment

if TYPE_CHECKING:
    from jupyterhub_homeport.values import Event

NAMES = ["..", ".", "a:b", "a{b}", "-rf", "jane@x.org", "ä ö", "名前", "x" * 200, "50%", "a?b#c&d"]


def request_of(user: str, server_name: str = "") -> dict[str, Any]:
    return {**example("server-request"), "user": user, "serverName": server_name}


async def test_a_running_server_is_read_as_the_example_says(client: BridgeClient) -> None:
    server = await client.post_server(request_of("ada"))
    assert (server.id, server.user, server.name) == ("ada", "ada", "")
    assert (server.state, server.url) == ("running", "http://172.20.0.2:8888")


async def test_a_failed_server_tells_why(bridge: FakeBridge, client: BridgeClient) -> None:
    bridge.start(request_of("ada")).fails()
    server = await client.server("ada")
    assert not server.is_up
    assert server.exit_code == 137
    assert server.failure is not None
    assert server.failure.code == "out-of-memory"


async def test_environments_are_read_as_the_example_says(client: BridgeClient) -> None:
    present, absent = await client.environments()
    assert present == Environment("plasmabio/template-python:12345", present=True, size=618659840)
    assert absent == Environment("quay.io/jupyter/base-notebook:latest", present=False)


@pytest.mark.parametrize("name", NAMES)
async def test_names_reach_the_bridge_unchanged(client: BridgeClient, name: str) -> None:
    server = await client.post_server(request_of(name, name))
    assert (server.user, server.name) == (name, name)
    assert await client.find(name, name) == server
    assert await client.find(name, "another") is None


@pytest.mark.parametrize("server_id", ["a:b", "a{b}", "-rf", "50%", "a/b", "名前"])
async def test_ids_are_one_segment_of_the_path(
    bridge: FakeBridge, client: BridgeClient, server_id: str
) -> None:
    bridge.start(request_of(server_id))
    assert (await client.server(server_id)).id == server_id


async def test_a_refusal_carries_all_that_the_problem_says(
    bridge: FakeBridge, client: BridgeClient
) -> None:
    bridge.refusal = example("problem")
    with pytest.raises(RequestRefused) as raised:
        await client.post_server(request_of("ada"))
    error, problem = raised.value, example("problem")
    assert (error.code, error.message) == (problem["code"], problem["message"])
    assert (error.remedy, error.reference) == (problem["remedy"], problem["reference"])
    assert error.status == 403
    assert len(bridge.posts) == 1


async def test_a_wrong_token_is_a_refusal(bridge: FakeBridge) -> None:
    with pytest.raises(RequestRefused, match="token is not known"):
        await BridgeClient(bridge.url, "wrong").environments()


async def test_an_error_inside_the_bridge_is_not_asked_for_again(
    bridge: FakeBridge, client: BridgeClient
) -> None:
    bridge.refusal = {"status": 500, "code": "internal", "message": "A bug."}
    with pytest.raises(HomeportError, match="A bug"):
        await client.post_server(request_of("ada"))
    assert len(bridge.posts) == 1


async def test_an_unknown_server_is_told_apart(client: BridgeClient) -> None:
    with pytest.raises(ServerUnknown):
        await client.server("nobody")


async def test_stopping_what_is_gone_is_fine(bridge: FakeBridge, client: BridgeClient) -> None:
    await client.post_server(request_of("ada"))
    await client.stop("ada")
    await client.stop("ada", forget=True)
    await client.stop("ada")
    assert bridge.servers == {}


async def test_a_short_outage_is_waited_out(bridge: FakeBridge, client: BridgeClient) -> None:
    bridge.unavailable = 3
    await client.post_server(request_of("ada"))
    assert bridge.asked.count("POST /api/v1/servers") == 4


async def test_a_long_outage_ends_with_what_the_bridge_says(bridge: FakeBridge) -> None:
    bridge.unavailable = 1000
    with pytest.raises(BridgeUnavailable, match=r"Docker is away\. Wait\."):
        await BridgeClient(bridge.url, TOKEN, patience=0.2).post_server(request_of("ada"))


async def test_without_patience_a_request_is_tried_once(bridge: FakeBridge) -> None:
    bridge.unavailable = 1
    with pytest.raises(BridgeUnavailable):
        await BridgeClient(bridge.url, TOKEN, patience=0).environments()


async def test_a_bridge_that_comes_back_is_asked_again(
    bridge: FakeBridge, client: BridgeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_vain = asyncio.Event()

    async def pause(pauses: Pauses) -> bool:
        in_vain.set()
        return await wait(pauses)

    wait = Pauses.pause
    monkeypatch.setattr(Pauses, "pause", pause)
    await bridge.die()
    asking = asyncio.create_task(client.environments())
    await in_vain.wait()
    bridge.listen()
    assert len(await asking) == 2


async def test_a_bridge_that_is_away_says_where_it_was_looked_for(bridge: FakeBridge) -> None:
    await bridge.die()
    with pytest.raises(BridgeUnavailable, match=bridge.url):
        await BridgeClient(bridge.url, TOKEN, patience=0).environments()
    bridge.listen()


async def test_a_stranger_on_the_port_is_not_believed() -> None:
    class NotFound(RequestHandler):
        def get(self) -> None:
            self.set_status(404)
            self.finish("<h1>It works!</h1>")

    stranger = HTTPServer(Application([(".*", NotFound)]))
    sockets = bind_sockets(0, "127.0.0.1")
    stranger.add_sockets(sockets)
    url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    with pytest.raises(BridgeUnavailable, match="does not speak as Homeport's bridge"):
        await BridgeClient(url, TOKEN, patience=0).server("ada")
    stranger.stop()


async def test_the_proxy_of_the_environment_is_left_alone(
    client: BridgeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert await client.environments()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8787",
        "unix://",
        "ftp://x",
        "http://",
        "http://[::1",
        "http://127.0.0.1:bridge",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(HomeportError, match="is not the address of a bridge"):
        BridgeClient(url, TOKEN)


async def test_an_event_keeps_line_separators_and_foreign_scripts(
    bridge: FakeBridge, client: BridgeClient
) -> None:
    heard: list[Event] = []
    bridge.ready_at_once = False
    server = bridge.start(request_of("ada"))
    server.say("été\u2028名前\x85 <b>")
    server.is_ready()
    await client.follow("ada", heard.append)
    assert heard[0].message == "été\u2028名前\x85 <b>"
    assert [event.is_last for event in heard] == [False, True]
