"""Servers side by side: named ones, those of others, and the same one asked for twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jupyterhub
import pytest

from integration.person import TINY, Person
from stage import docker, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Bridge, Hub


def in_container(container: dict[str, Any], command: str) -> str:
    return docker("exec", container["Id"], "sh", "-c", command)


def reaches(container: dict[str, Any], url: str) -> bool:
    """Whether any HTTP answer comes, asked from inside the container."""
    to = urlsplit(url)
    ask = f"printf 'GET {to.path} HTTP/1.0\\r\\n\\r\\n' | nc -w 3 {to.hostname} {to.port}"
    return in_container(container, f"{ask} || true").startswith("HTTP/")


def variables(container: dict[str, Any]) -> dict[str, str]:
    return dict(line.split("=", 1) for line in container["Config"]["Env"])


def address(container: dict[str, Any], bridge: Bridge) -> str:
    networks = container["NetworkSettings"]["Networks"]
    assert list(networks) == [bridge.name]
    return str(networks[bridge.name]["IPAddress"])


def test_a_named_server_runs_beside_the_default_one_in_the_same_home(
    person: Person, homes: Path
) -> None:
    person.start()
    person.start("lab")
    in_container(person.container(), "echo shared > ~/note.txt")
    seen = in_container(person.container("lab"), "cat ~/note.txt; id -un")
    assert seen == f"shared\n{person.name}"
    person.hub.stop_server(person.name, "lab")
    assert list(person.containers()) == [""]
    assert (homes / person.name / "note.txt").read_text() == "shared\n"


def test_a_named_server_that_is_deleted_is_forgotten_and_its_files_are_kept(
    person: Person, homes: Path
) -> None:
    person.start("lab")
    path = f"users/{person.name}/servers/lab"
    person.hub.api("DELETE", path, json={"remove": True}).raise_for_status()
    # The hub may answer before it has told the spawner.
    wait_until(lambda: person.servers() == [], "the server is forgotten")
    assert (homes / person.name / "homeport-test-tiny-1" / "README.md").exists()


if jupyterhub.version_info >= (6,):

    def test_a_named_server_keeps_its_files_under_a_new_name(person: Person, homes: Path) -> None:
        person.start("lab")
        in_container(person.container("lab"), "echo mine > README.md")
        path = f"users/{person.name}/servers/lab"
        # JupyterHub renames no server that runs: nothing may have happened to it.
        refused = person.hub.api("PATCH", path, json={"name": "study"})
        assert "is active" in refused.json()["message"]
        assert person.container("lab")["State"]["Running"]
        person.hub.stop_server(person.name, "lab")
        person.hub.api("PATCH", path, json={"name": "study"}).raise_for_status()
        assert person.servers() == []
        person.start("study")
        assert in_container(person.container("study"), "cat README.md") == "mine"
        folders = [f.name for f in (homes / person.name).iterdir() if not f.name.startswith(".")]
        assert folders == ["homeport-test-tiny-1"]


def test_two_users_cannot_reach_each_other_and_both_reach_the_hub(
    new_person: Any, bridge: Bridge
) -> None:
    one, other = new_person(), new_person()
    one.start()
    other.start()
    here, there = one.container(), other.container()
    assert reaches(here, f"http://127.0.0.1:8888/user/{one.name}/api")
    assert not reaches(here, f"http://{address(there, bridge)}:8888/user/{other.name}/api")
    for server in (here, there):
        hub = variables(server)["JUPYTERHUB_API_URL"]
        # Asked again: nc ends its side with the request, and a busy hub may hang up on that.
        wait_until(partial(reaches, server, hub), f"an answer of {hub}")


def test_two_starts_at_once_make_one_container(person: Person) -> None:
    with ThreadPoolExecutor(2) as pool:
        for start in [pool.submit(person.start) for _ in range(2)]:
            start.exception()  # the hub may refuse the second as running already
    assert len(person.containers()) == 1
    assert [server["state"] for server in person.servers()] == ["running"]


def test_the_hubs_limits_and_environment_are_the_containers(person: Person) -> None:
    person.start()
    container = person.container()
    assert container["HostConfig"]["Memory"] == 512 << 20
    assert container["HostConfig"]["NanoCpus"] == 1_000_000_000
    told = variables(container)
    assert told["JUPYTERHUB_USER"] == person.name
    assert told["JUPYTERHUB_SERVICE_URL"] == f"http://0.0.0.0:8888/user/{person.name}/"
    assert told["COLOUR"] == "blue"


@pytest.mark.parametrize("options", [None, {}, {"image": None}, {"image": TINY}])
def test_options_may_be_missing_empty_or_null(person: Person, options: Any) -> None:
    person.hub.api("POST", f"users/{person.name}/server", json=options).raise_for_status()
    assert [server["image"] for server in person.servers()] == [TINY]


def test_options_may_be_one_level_deeper_as_in_jupyterhub_6(person: Person) -> None:
    person.start(user_options={"image": TINY})
    assert len(person.containers()) == 1


def test_a_stopped_server_starts_again(person: Person, hub: Hub) -> None:
    person.start()
    hub.stop_server(person.name)
    person.start()
    assert len(person.containers()) == 1
    assert hub.request("GET", f"/user/{person.name}/api").is_success
