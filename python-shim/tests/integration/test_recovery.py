"""Hub and bridge restart, or are killed, in any order: nothing is lost, nothing starts twice."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from integration.person import NOTEBOOK
from stage import docker, wait_until

if TYPE_CHECKING:
    from integration.person import Person
    from stage import Bridge, Hub


def restart_hub(hub: Hub, bridge: Bridge) -> None:  # noqa: ARG001
    hub.stop()
    hub.start()


def kill_bridge(hub: Hub, bridge: Bridge) -> None:  # noqa: ARG001
    bridge.service.kill()
    bridge.start()


def kill_both(hub: Hub, bridge: Bridge) -> None:
    bridge.service.kill()
    hub.service.kill()
    bridge.start()
    hub.start()


def hub_first(hub: Hub, bridge: Bridge) -> None:
    """The hub comes back while the bridge is away: it must not take that for the server's end."""
    bridge.service.kill()
    hub.stop()
    hub.start()
    bridge.start()


@pytest.mark.parametrize("trouble", [restart_hub, kill_bridge, kill_both, hub_first])
def test_a_running_server_is_found_again_and_stays_in_use(
    person: Person, hub: Hub, bridge: Bridge, trouble: Any
) -> None:
    person.start()
    before = person.container()
    trouble(hub, bridge)
    assert hub.finds_running(person.name)
    after = person.container()
    assert (after["Id"], after["State"]["StartedAt"]) == (
        before["Id"],
        before["State"]["StartedAt"],
    )
    assert hub.request("GET", f"/user/{person.name}/api").is_success
    hub.stop_server(person.name)
    assert person.containers() == {}


def test_a_dead_bridge_never_looks_like_a_dead_server(
    person: Person, hub: Hub, bridge: Bridge
) -> None:
    person.start()
    bridge.service.kill()
    assert hub.finds_running(person.name)
    assert hub.request("GET", f"/user/{person.name}/api").is_success
    bridge.start()
    assert hub.finds_running(person.name)


def test_a_start_survives_the_death_of_the_bridge(person: Person, bridge: Bridge) -> None:
    with person.starting(image=NOTEBOOK) as progress:
        next(event for event in progress if "requested" not in event["message"])
        bridge.service.kill()
        bridge.start()
        assert list(progress)[-1]["ready"]
    assert len(person.containers()) == 1


def test_a_hub_that_dies_in_a_start_comes_back_to_the_server(person: Person, hub: Hub) -> None:
    # Whoever asked for the server gets no answer, or the proxy's.
    with suppress(httpx.HTTPError), person.starting(image=NOTEBOOK):
        wait_until(lambda: bool(person.containers()), "the container is made")
        hub.service.kill()
    made = person.container()["Id"]
    hub.start()
    answers = f"/user/{person.name}/api"
    wait_until(lambda: hub.request("GET", answers).is_success, "the server is in use")
    assert person.container()["Id"] == made
    assert hub.finds_running(person.name)


def test_a_server_that_ends_by_itself_is_noticed(person: Person, hub: Hub) -> None:
    person.start()
    container = person.container()
    docker("kill", container["Id"])
    hub.api("POST", f"users/{person.name}/server").raise_for_status()
    again = person.container()
    assert again["Id"] != container["Id"]
