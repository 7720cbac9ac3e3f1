from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Callable

import pytest
from jupyterhub.app import JupyterHub
from tornado import web

from fake_bridge import TOKEN, FakeBridge, example
from jupyterhub_homeport.client import Pauses
from jupyterhub_homeport.spawner import HomeportSpawner

if TYPE_CHECKING:
    from pathlib import Path

NewSpawner = Callable[..., HomeportSpawner]
IMAGE = "plasmabio/template-python:12345"


async def failure_of(spawner: HomeportSpawner) -> Any:
    with pytest.raises(web.HTTPError) as raised:
        await spawner.start()
    return raised.value


async def test_a_start_returns_where_the_server_answers(new_spawner: NewSpawner) -> None:
    assert await new_spawner().start() == "http://172.20.0.2:8888"


async def test_the_whole_wish_of_the_hub_reaches_the_bridge(
    bridge: FakeBridge, new_spawner: NewSpawner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEPT", "of the hub")
    spawner = new_spawner(
        "jane@x.org",
        "lab",
        groups=("course-b", "course-a"),
        cmd=["start.sh", "jupyterhub-singleuser"],
        args=["--ServerApp.terminals_enabled=True"],
        mem_limit="1G",
        cpu_limit=1.5,
        environment={"COLOUR": "blue", "NUMBER": 5, "CALLED": lambda spawner: spawner.user.name},
        env_keep=["KEPT"],
        default_url="/lab",
    )
    spawner.api_token = "the-token-of-this-server"  # noqa: S105
    await spawner.start()
    (sent,) = bridge.posts
    assert sent.keys() == example("server-request").keys()
    environment = sent.pop("environment")
    assert sent == {
        "user": "jane@x.org",
        "serverName": "lab",
        "image": IMAGE,
        "groups": ["course-a", "course-b"],
        "command": ["start.sh", "jupyterhub-singleuser"],
        "arguments": ["--ServerApp.terminals_enabled=True"],
        "port": 8888,
        "answersAt": "/user/jane@x.org/lab/api",
        "limits": {"memory": 1 << 30, "cpus": 1.5},
    }
    assert environment == {name: str(value) for name, value in spawner.get_env().items()}
    assert environment["JUPYTERHUB_API_TOKEN"] == "the-token-of-this-server"  # noqa: S105
    assert environment["JUPYTERHUB_SERVICE_URL"] == "http://0.0.0.0:8888/user/jane@x.org/lab/"
    assert (environment["NUMBER"], environment["KEPT"]) == ("5", "of the hub")
    assert (environment["COLOUR"], environment["CALLED"]) == ("blue", "jane@x.org")


async def test_without_limits_or_command_the_bridge_decides(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    await new_spawner(cmd=None).start()
    assert bridge.posts[0]["limits"] == {}
    assert bridge.posts[0]["command"] == []


@pytest.mark.parametrize("name", ["..", "a:b", "a{b}", "-rf", "jane@x.org", "x" * 200, "名前"])
async def test_names_of_any_shape_start_and_stop(
    bridge: FakeBridge, new_spawner: NewSpawner, name: str
) -> None:
    spawner = new_spawner(name, name)
    await spawner.start()
    assert (bridge.posts[0]["user"], bridge.posts[0]["serverName"]) == (name, name)
    assert bridge.posts[0]["answersAt"].startswith("/user/")
    assert await spawner.poll() is None
    await spawner.stop()
    assert await spawner.poll() == 0


async def test_two_servers_of_one_user_are_two(bridge: FakeBridge, new_spawner: NewSpawner) -> None:
    default, named = new_spawner("ada"), new_spawner("ada", "lab")
    await asyncio.gather(default.start(), named.start())
    await named.stop()
    assert await default.poll() is None
    assert await named.poll() == 0
    assert len(bridge.servers) == 2


async def test_the_choice_of_the_user_wins_over_the_configured_image(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    spawner = new_spawner()
    await spawner._run_apply_user_options({"image": "quay.io/jupyter/base-notebook:latest"})
    await spawner.start()
    assert bridge.posts[0]["image"] == "quay.io/jupyter/base-notebook:latest"


@pytest.mark.parametrize("options", [[], ["x"], "x", 5, {"image": 5}, {"user_options": [1]}])
async def test_options_of_a_wrong_type_are_refused_by_name(
    bridge: FakeBridge, new_spawner: NewSpawner, options: Any
) -> None:
    spawner = new_spawner()
    spawner.user_options = options
    with pytest.raises(web.HTTPError) as raised:
        await spawner._run_apply_user_options(spawner.user_options)
    assert raised.value.status_code == 400
    assert "user_options" in raised.value.jupyterhub_message  # type: ignore[attr-defined]
    assert bridge.posts == []


async def test_the_only_environment_on_offer_needs_no_choice(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    del bridge.environments["items"][1]
    spawner = new_spawner(image="")
    assert await spawner.get_options_form() == ""
    await spawner.start()
    assert bridge.posts[0]["image"] == IMAGE


async def test_without_a_choice_among_several_the_start_says_so(new_spawner: NewSpawner) -> None:
    error = await failure_of(new_spawner(image=""))
    assert error.status_code == 400
    assert "No environment is chosen for ada; 2 are on offer." in error.jupyterhub_message


async def test_the_form_offers_what_the_bridge_lists_and_remembers_the_last_choice(
    new_spawner: NewSpawner,
) -> None:
    spawner = new_spawner()
    spawner.user_options = {"image": "quay.io/jupyter/base-notebook:latest"}
    form = await spawner.get_options_form()
    assert f'value="{IMAGE}" required>' in form
    assert 'value="quay.io/jupyter/base-notebook:latest" required checked>' in form
    assert spawner.run_options_from_form({"image": [IMAGE]}) == {"image": IMAGE}


async def test_the_form_offers_the_configured_image_also_when_a_pattern_hides_it(
    new_spawner: NewSpawner,
) -> None:
    form = await new_spawner(image="plasmabio/not-pulled:1").get_options_form()
    assert 'value="plasmabio/not-pulled:1" required checked>' in form


async def test_the_form_without_a_bridge_says_what_is_wrong(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    await bridge.die()
    with pytest.raises(web.HTTPError, match="does not answer"):
        await new_spawner(bridge_patience=0).get_options_form()
    bridge.listen()


async def test_progress_is_shown_in_the_words_of_the_bridge(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    bridge.ready_at_once = False
    spawner = new_spawner()
    starting = asyncio.create_task(spawner.start())
    await bridge.posted.wait()
    server = bridge.servers["ada"]
    server.say("Copying <b>: 1 of 2", percent=46)
    server.say("A data source is missing: <x>", "warning", percent=50)

    async def read() -> list[dict[str, Any]]:
        return [event async for event in spawner.progress()]

    readers = [asyncio.create_task(read()) for _ in range(2)]
    server.is_ready()
    await starting
    for events in await asyncio.gather(*readers, read()):
        assert events == [
            {
                "progress": 46,
                "message": "Copying <b>: 1 of 2",
                "html_message": "Copying &lt;b&gt;: 1 of 2",
            },
            {
                "progress": 50,
                "message": "A data source is missing: <x>",
                "html_message": "<strong>A data source is missing: &lt;x&gt;</strong>",
            },
            {
                "progress": 100,
                "message": "Your server answers.",
                "html_message": "Your server answers.",
            },
        ]


async def test_a_refusal_reaches_the_page_with_remedy_and_reference(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    bridge.refusal = {**example("problem"), "message": "The image <script> is not allowed."}
    error = await failure_of(new_spawner())
    assert error.status_code == 403
    assert error.jupyterhub_message == (
        "The image <script> is not allowed. Choose one of the environments on offer, or add it to"
        " environments.images in homeport.yaml. (reference 5f0c92ab)"
    )
    assert error.jupyterhub_html_message == (
        "The image &lt;script&gt; is not allowed.<br>Choose one of the environments on offer, or"
        " add it to environments.images in homeport.yaml.<br>"
        "<small>Reference: <code>5f0c92ab</code></small>"
    )


async def test_a_failed_start_ends_its_progress_and_its_poll_tells_the_status(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    bridge.ready_at_once = False
    spawner = new_spawner()
    starting = asyncio.create_task(failure_of(spawner))
    await bridge.posted.wait()
    bridge.servers["ada"].fails()
    error = await starting
    assert error.status_code == 500
    assert "more than 1 GiB of memory" in error.jupyterhub_message
    assert [event["message"] async for event in spawner.progress()]
    assert await spawner.poll() == 137


async def test_a_start_without_a_bridge_is_unavailable_not_broken(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    await bridge.die()
    assert (await failure_of(new_spawner(bridge_patience=0))).status_code == 503
    bridge.listen()


async def test_a_start_that_the_hub_gives_up_leaves_nothing(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    bridge.ready_at_once = False
    starting = asyncio.create_task(new_spawner().start())
    await bridge.posted.wait()
    starting.cancel()  # as a timeout does
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert bridge.servers["ada"].body["state"] == "stopped"


@pytest.mark.parametrize(
    ("state", "more", "status"),
    [
        ("queued", {}, None),
        ("starting", {}, None),
        ("running", {}, None),
        ("stopping", {}, None),
        ("stopped", {}, 0),
        ("stopped", {"exitCode": 3}, 3),
        ("failed", {"exitCode": 137, "failure": example("server-failed")["failure"]}, 137),
        ("failed", {"exitCode": None, "failure": example("server-failed")["failure"]}, 1),
    ],
)
async def test_poll_tells_what_the_bridge_knows(
    bridge: FakeBridge, new_spawner: NewSpawner, state: str, more: dict[str, Any], status: int
) -> None:
    spawner = new_spawner()
    await spawner.start()
    bridge.servers["ada"].become(state, **more)
    assert await spawner.poll() == status


async def test_poll_of_a_server_that_nobody_knows_is_an_end(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    spawner = new_spawner()
    assert await spawner.poll() == 0
    await spawner.start()
    bridge.servers.clear()
    assert await spawner.poll() == 0


@pytest.mark.parametrize("trouble", ["away", "engine", "token"])
async def test_poll_never_takes_a_dead_bridge_for_a_dead_server(
    bridge: FakeBridge,
    new_spawner: NewSpawner,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:
    spawner = new_spawner()
    await spawner.start()
    if trouble == "away":
        await bridge.die()
    elif trouble == "engine":
        bridge.unavailable = 1
    else:
        spawner.token = ""
    spawner.log.propagate = True
    with caplog.at_level(logging.WARNING):
        assert await spawner.poll() is None
    assert "Cannot ask for ada's server, so it stays" in caplog.text
    if trouble == "away":
        bridge.listen()


async def test_a_hub_that_restarts_finds_the_server_by_its_state(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    before = new_spawner()
    await before.start()
    after = new_spawner()
    after.load_state(before.get_state())
    assert await after.poll() is None
    assert bridge.asked[-1] == "GET /api/v1/servers/ada"
    assert await after.get_url() == "http://172.20.0.2:8888/user/ada/"


async def test_a_hub_that_restarts_in_a_start_finds_the_server_by_its_name(
    new_spawner: NewSpawner,
) -> None:
    await new_spawner("ada", "lab").start()
    after = new_spawner("ada", "lab")
    after.load_state({})
    assert await after.poll() is None
    assert await after.get_url() == "http://172.20.0.2:8888/user/ada/lab/"


async def test_a_hub_that_restarts_in_a_start_waits_for_where_the_server_will_be(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    bridge.ready_at_once = False
    request = {**example("server-request"), "user": "ada", "serverName": ""}
    server = bridge.start(request)
    spawner = new_spawner()
    asking = asyncio.create_task(spawner.get_url())
    await bridge.until_asked(3)
    assert not asking.done()
    server.is_ready()
    assert await asking == "http://172.20.0.2:8888/user/ada/"


async def test_where_a_server_is_stays_known_when_the_token_is_gone(
    new_spawner: NewSpawner, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    spawner = new_spawner(token="", token_file=str(file))
    url = await spawner.start()
    spawner.server.ip, spawner.server.port = "172.20.0.2", 8888
    file.unlink()
    assert (await spawner.get_url()).startswith(url)
    assert await spawner.poll() is None


async def test_where_a_server_is_stays_known_when_the_token_is_not_text(
    new_spawner: NewSpawner, tmp_path: Path
) -> None:
    (file := tmp_path / "token").write_bytes(b"\xff\xfe")
    spawner = new_spawner(token="", token_file=str(file))
    spawner.server.ip, spawner.server.port = "172.20.0.2", 8888
    assert (await spawner.get_url()).startswith("http://172.20.0.2:8888/")
    assert await spawner.poll() is None


async def test_where_a_server_is_stays_known_while_the_bridge_is_away(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    spawner = new_spawner(bridge_patience=0)
    url = await spawner.start()
    spawner.server.ip, spawner.server.port = "172.20.0.2", 8888
    await bridge.die()
    assert (await spawner.get_url()).startswith(url)
    bridge.listen()


async def test_a_cleared_state_forgets_the_last_start(new_spawner: NewSpawner) -> None:
    spawner = new_spawner()
    await spawner.start()
    assert spawner.get_state() == {"server_id": "ada"}
    spawner.clear_state()
    assert spawner.get_state() == {}


async def test_stopping_twice_or_what_never_ran_is_fine(new_spawner: NewSpawner) -> None:
    spawner = new_spawner()
    await spawner.stop()
    await spawner.start()
    await spawner.stop(now=True)
    await spawner.stop()
    assert await spawner.poll() == 0


async def test_a_stop_without_a_bridge_is_an_error_that_the_hub_can_show(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    spawner = new_spawner(bridge_patience=0)
    await spawner.start()
    await bridge.die()
    with pytest.raises(web.HTTPError, match="does not answer"):
        await spawner.stop()
    bridge.listen()


async def test_a_start_that_waited_for_a_bridge_in_vain_is_cleared_away_without_waiting_again(
    bridge: FakeBridge, new_spawner: NewSpawner, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience: list[float] = []
    made = Pauses.__init__

    def remember(pauses: Pauses, seconds: float) -> None:
        patience.append(seconds)
        made(pauses, seconds)

    monkeypatch.setattr(Pauses, "__init__", remember)
    await bridge.die()
    spawner = new_spawner(bridge_patience=0.1)
    assert (await failure_of(spawner)).status_code == 503
    await spawner.stop()
    assert patience == [0.1, 0]
    bridge.listen()


@pytest.mark.parametrize("how", ["deleted", "renamed"])
async def test_a_server_that_is_deleted_or_renamed_is_forgotten(
    bridge: FakeBridge, new_spawner: NewSpawner, how: str
) -> None:
    await new_spawner("ada", "lab").start()
    gone = new_spawner("ada", "lab")
    await (gone.delete_forever() if how == "deleted" else gone.rename("lab", "study"))
    assert bridge.servers == {}


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "0.0.0.0", "::1"])
async def test_a_start_is_refused_when_its_server_could_not_reach_the_hub(
    bridge: FakeBridge, new_spawner: NewSpawner, address: str
) -> None:
    host = f"[{address}]" if ":" in address else address
    error = await failure_of(new_spawner(hub_connect_url=f"http://{host}:8081"))
    assert "Remove c.JupyterHub.hub_connect_ip" in error.jupyterhub_message
    assert bridge.posts == []


async def test_the_token_is_read_from_its_file_at_every_use(
    new_spawner: NewSpawner, tmp_path: Path
) -> None:
    file = tmp_path / "hub.token"
    spawner = new_spawner(token="", token_file=str(file))
    assert "cannot read its token" in (await failure_of(spawner)).jupyterhub_message
    file.write_text("old\n")
    assert "not known" in (await failure_of(spawner)).jupyterhub_message
    file.write_text(f"{TOKEN}\n")
    await spawner.start()


async def test_the_token_may_come_from_the_environment(
    new_spawner: NewSpawner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMEPORT_TOKEN", TOKEN)
    spawner = new_spawner()
    assert HomeportSpawner().token == TOKEN
    await spawner.start()


async def test_without_any_token_the_start_says_how_to_make_one(new_spawner: NewSpawner) -> None:
    error = await failure_of(new_spawner(token=""))
    assert "homeport token create --scope hub" in error.jupyterhub_message


async def test_internal_ssl_is_refused_instead_of_starting_a_dead_server(
    bridge: FakeBridge, new_spawner: NewSpawner
) -> None:
    spawner = new_spawner()
    spawner.internal_ssl = True
    assert "internal_ssl" in (await failure_of(spawner)).jupyterhub_message
    assert bridge.posts == []


def test_the_hub_finds_the_spawner_by_its_name() -> None:
    hub = JupyterHub()
    hub.config.JupyterHub.spawner_class = "homeport"
    hub.update_config(hub.config)
    assert hub.spawner_class is HomeportSpawner


async def test_the_first_start_of_an_environment_has_time_to_download(
    new_spawner: NewSpawner,
) -> None:
    assert new_spawner().start_timeout == 1800
    assert new_spawner(start_timeout=5).start_timeout == 5
