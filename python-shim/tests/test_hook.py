"""The hook against the real spawner classes, with a small bridge behind it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from dockerspawner import DockerSpawner, SwarmSpawner, SystemUserSpawner
from jupyterhub.spawner import SimpleLocalProcessSpawner
from kubernetes_asyncio.client import ApiClient
from kubespawner import KubeSpawner
from tornado import web

from jupyterhub_homeport import homeport_hook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fake_bridge import FakeBridge

HOME, DATA = "/home/ada", "/srv/data"
FOLDER = f"{HOME}/plasmabio-template-python-12345"


class RecordingSwarm(SwarmSpawner):
    """Keeps the service that it would make on an engine."""

    service: dict[str, Any]

    async def docker(self, method: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if method == "inspect_image":
            return {"Config": {"Cmd": ["jupyterhub-singleuser"]}}
        if method == "create_service":
            self.service = kwargs
        return [{"Status": {"State": "running"}}]


ALL = [DockerSpawner, SystemUserSpawner, RecordingSwarm, KubeSpawner]


@pytest.fixture(autouse=True)
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name a cluster, which KubeSpawner wants to know of before it writes a manifest."""
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "none", "cluster": {"server": "http://127.0.0.1:9"}}],
        "users": [{"name": "nobody", "user": {}}],
        "contexts": [{"name": "none", "context": {"cluster": "none", "user": "nobody"}}],
        "current-context": "none",
    }
    file = tmp_path / "kubeconfig"
    file.write_text(json.dumps(config))
    default = "kubernetes_asyncio.config.kube_config.KUBE_CONFIG_DEFAULT_LOCATION"
    monkeypatch.setattr(default, str(file))


def assigned(spawner: Any) -> dict[str, Any]:
    """Return all that the spawner could start a server with."""
    return {name: value for name, value in spawner.trait_values().items() if name != "log"}


def binds(spawner: Any) -> dict[str, tuple[str, bool]]:
    """Return what DockerSpawner mounts: by target, the source and whether it is read-only."""
    mounts = {m["Target"]: (m["Source"], m["ReadOnly"]) for m in spawner.mount_binds}
    volumes = {
        v["bind"]: (source, v.get("mode", "rw") == "ro")
        for source, v in spawner.volume_binds.items()
    }
    assert mounts.keys().isdisjoint(volumes)
    return {**mounts, **volumes}


async def manifest(spawner: Any) -> Any:
    """Return the pod as KubeSpawner's own code writes it, in the words of the API."""
    async with ApiClient() as client:
        return client.sanitize_for_serialization(await spawner.get_pod_manifest())


async def said(spawner: Any, events: int) -> list[str]:
    spoken = spawner.progress()
    return [(await spoken.__anext__())["message"] for _ in range(events)]


async def refusal(spawner: Any, status: int) -> str:
    """Return what the user reads instead of a server."""
    with pytest.raises(web.HTTPError) as refused:
        await homeport_hook(spawner)
    raised: Any = refused.value
    assert raised.status_code == status
    return str(raised.jupyterhub_message)


async def test_dockerspawner_gets_the_plan(new_spawner: Callable[..., Any]) -> None:
    spawner = new_spawner(spawner_class=DockerSpawner)
    await homeport_hook(spawner)
    assert binds(spawner) == {HOME: (HOME, False), DATA: (DATA, True)}
    assert spawner.extra_create_kwargs == {"user": "1001:1001", "working_dir": FOLDER}
    assert spawner.extra_host_config["group_add"] == ["2001"]
    assert spawner.extra_host_config["cap_drop"] == ["ALL"]
    assert spawner.get_env()["NB_UID"] == "1001"


@pytest.mark.parametrize("kind", ALL)
async def test_the_root_is_the_home_and_the_environments_folder_opens(
    new_spawner: Callable[..., Any], kind: Any
) -> None:
    spawner = new_spawner(spawner_class=kind, cmd=["jupyterhub-singleuser"], args=["--debug"])
    for _ in range(2):
        await homeport_hook(spawner)
    assert spawner.get_env()["JUPYTERHUB_ROOT_DIR"] == HOME
    assert spawner.get_args() == ["--debug", f"--ServerApp.preferred_dir={FOLDER}"]


async def test_a_command_that_is_not_jupyters_gets_no_argument(
    new_spawner: Callable[..., Any],
) -> None:
    spawner = new_spawner(spawner_class=DockerSpawner, cmd=["rstudio", "--jupyter-style"])
    await homeport_hook(spawner)
    assert spawner.get_args() == []


@pytest.mark.parametrize("root", [f"{HOME}/notebooks", "~/notebooks", DATA, HOME])
async def test_a_root_that_the_user_sees_in_the_home_or_the_data_stays(
    new_spawner: Callable[..., Any], root: str
) -> None:
    spawner = new_spawner(spawner_class=DockerSpawner, notebook_dir=root)
    await homeport_hook(spawner)
    assert spawner.get_env()["JUPYTERHUB_ROOT_DIR"] == root
    assert spawner.get_args() == []


async def test_dockerspawners_usual_configuration_starts_in_the_home_and_says_what_to_remove(
    new_spawner: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    work = "/home/jovyan/work"
    volumes = {"jupyterhub-user-{username}": work}
    spawner = new_spawner(spawner_class=DockerSpawner, notebook_dir=work, volumes=volumes)
    spawner.log.propagate = True
    await homeport_hook(spawner)
    assert spawner.get_env()["JUPYTERHUB_ROOT_DIR"] == HOME
    assert binds(spawner)[HOME] == (HOME, False)
    assert f"notebook_dir = '{work}' is not in the home of ada" in caplog.text


async def test_the_bridge_is_asked_for_the_chosen_image_and_the_users_groups(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    spawner = new_spawner(
        "ada",
        "lab",
        spawner_class=DockerSpawner,
        groups=("b", "a"),
        allowed_images={"Python": "plasmabio/python:1"},
    )
    spawner.user_options = {"image": "Python"}
    await homeport_hook(spawner)
    asked = {"user": "ada", "serverName": "lab", "image": "plasmabio/python:1"}
    assert bridge.posts == [{**asked, "groups": ["a", "b"]}]


async def test_systemuserspawner_gets_the_accounts_home_and_names(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    bridge.plan["account"].update(name="jupyter-ada", uid=5001, home="/srv/homes/{ada}")
    bridge.plan["mounts"][0] = {
        "source": "/srv/homes/{ada}",
        "target": "/srv/homes/{ada}",
        "readOnly": False,
    }
    bridge.plan["environment"]["NB_USER"] = "jupyter-ada"
    spawner = new_spawner("nobody-in-passwd", spawner_class=SystemUserSpawner)
    await homeport_hook(spawner)
    assert binds(spawner)["/srv/homes/{ada}"] == ("/srv/homes/{ada}", False)
    assert spawner.extra_create_kwargs["user"] == "5001:1001"
    assert spawner.extra_create_kwargs["environment"]["NB_USER"] == "jupyter-ada"
    assert (spawner.user_id, spawner.group_id) == (5001, 1001)


async def test_swarmspawner_makes_a_service_with_the_plan(new_spawner: Callable[..., Any]) -> None:
    spawner = new_spawner(
        spawner_class=RecordingSwarm,
        volumes={"/srv/scratch/{username}": "/scratch", "/old": HOME},
        environment={"COLOUR": "blue"},
    )
    for _ in range(2):
        await homeport_hook(spawner)
    await spawner.create_object()
    spec = spawner.service["task_template"]["ContainerSpec"]
    assert [(m["Target"], m["Source"], m["ReadOnly"]) for m in spec["Mounts"]] == [
        ("/scratch", "/srv/scratch/ada", False),
        (HOME, HOME, False),
        (DATA, DATA, True),
    ]
    assert (spec["User"], spec["Groups"], spec["Dir"]) == ("1001:1001", ["2001"], FOLDER)
    assert {"COLOUR=blue", f"HOME={HOME}"} <= set(spec["Env"])
    assert spec["Privileges"] == {"NoNewPrivileges": True}


async def test_kubespawner_writes_a_valid_manifest_with_the_plan(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    bridge.plan["mounts"][1].update(source="/srv/{data}", target="/srv/{data}")
    spawner = new_spawner(
        spawner_class=KubeSpawner,
        volumes={"cache": {"name": "cache", "emptyDir": {}}},
        volume_mounts=[
            {"name": "cache", "mountPath": "/cache"},
            {"name": "cache", "mountPath": "/home/{username}/"},
        ],
        supplemental_gids=[100],
    )
    for _ in range(2):
        await homeport_hook(spawner)
    spec = (await manifest(spawner))["spec"]
    container = spec["containers"][0]
    assert [v for v in spec["volumes"] if v["name"] != "cache"] == [
        {"name": "homeport-0", "hostPath": {"path": HOME, "type": "Directory"}},
        {"name": "homeport-1", "hostPath": {"path": "/srv/{data}", "type": "Directory"}},
    ]
    assert container["volumeMounts"] == [
        {"name": "cache", "mountPath": "/cache"},
        {"name": "homeport-0", "mountPath": HOME, "readOnly": False},
        {"name": "homeport-1", "mountPath": "/srv/{data}", "readOnly": True},
    ]
    declared = {volume["name"] for volume in spec["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} <= declared
    assert container["securityContext"]["runAsUser"] == 1001
    assert container["securityContext"]["runAsGroup"] == 1001
    assert spec["securityContext"]["supplementalGroups"] == [100, 2001]
    assert container["workingDir"] == FOLDER
    assert {"name": "HOME", "value": HOME} in container["env"]


async def test_a_profile_of_kubespawner_adds_to_the_plan_and_undoes_nothing(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    mine = [{"name": "gpu", "hostPath": {"path": "/gpu"}}]
    overrides = {"image": "plasmabio/gpu:1", "volumes": mine}
    profile = {"display_name": "GPU", "kubespawner_override": overrides}
    spawner = new_spawner(spawner_class=KubeSpawner, profile_list=[profile])
    for _ in range(2):
        await homeport_hook(spawner)
        await spawner.load_user_options()  # as its start() does
        names = [volume["name"] for volume in spawner.volumes]
        assert names == ["gpu", "homeport-0", "homeport-1"]
    assert {post["image"] for post in bridge.posts} == {"plasmabio/gpu:1"}


@pytest.mark.parametrize("kind", ALL)
async def test_a_second_start_has_the_same_mounts_as_the_first(
    new_spawner: Callable[..., Any], kind: Any
) -> None:
    spawner = new_spawner(spawner_class=kind)
    await homeport_hook(spawner)
    first = assigned(spawner)
    await homeport_hook(spawner)
    assert assigned(spawner) == first


@pytest.mark.parametrize("kind", ALL)
async def test_a_later_plan_replaces_the_one_before(
    new_spawner: Callable[..., Any], bridge: FakeBridge, kind: Any
) -> None:
    spawner, other = new_spawner(spawner_class=kind), new_spawner(name="b", spawner_class=kind)
    await homeport_hook(spawner)
    bridge.plan["mounts"].pop()
    bridge.plan["account"]["groups"].clear()
    await homeport_hook(spawner)
    await homeport_hook(other)
    names = {"volumes", "mounts", "extra_host_config", "extra_container_spec", "volume_mounts"}
    names &= spawner.trait_values().keys()
    assert {n: getattr(spawner, n) for n in names} == {n: getattr(other, n) for n in names}


async def test_what_the_administrator_configured_stays(new_spawner: Callable[..., Any]) -> None:
    async def host_config(spawner: Any) -> dict[str, Any]:
        return {"group_add": ["7"], "cap_drop": ["NET_RAW"], "shm_size": spawner.port}

    spawner = new_spawner(
        spawner_class=DockerSpawner,
        volumes={"cache-{username}": "/cache", "home-{username}": "/home/{username}"},
        read_only_volumes={"/srv/old": {"bind": "/srv/data/", "mode": "ro"}},
        mounts=[{"type": "tmpfs", "source": "", "target": "/scratch/{username}"}],
        environment={"COLOUR": "blue", "HOME": "/elsewhere"},
        extra_create_kwargs={"hostname": "box", "user": "root"},
        extra_host_config=host_config,
    )
    for _ in range(2):
        await homeport_hook(spawner)
    there = binds(spawner)
    assert sorted(there) == ["/cache", HOME, "/scratch/ada", DATA]
    assert there["/cache"] == ("cache-ada", False)
    assert there[HOME] == (HOME, False)
    environment = spawner.get_env()
    assert (environment["COLOUR"], environment["HOME"]) == ("blue", HOME)
    assert spawner.extra_create_kwargs["hostname"] == "box"
    assert spawner.extra_create_kwargs["user"] == "1001:1001"
    assert spawner.extra_host_config["shm_size"] == spawner.port
    assert spawner.extra_host_config["group_add"] == ["7", "2001"]
    assert spawner.extra_host_config["cap_drop"] == ["NET_RAW"]


@pytest.mark.parametrize("kind", ALL)
async def test_a_start_without_the_bridge_is_refused_by_default(
    new_spawner: Callable[..., Any], bridge: FakeBridge, kind: Any
) -> None:
    await bridge.die()
    spawner = new_spawner(spawner_class=kind)
    spawner.config.Homeport.bridge_patience = 0
    assert "does not answer" in await refusal(spawner, 503)


async def test_the_hub_may_ask_for_the_state_of_a_start_that_failed(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    bridge.refusal = {"status": 403}
    spawner = new_spawner("nobody-in-passwd", spawner_class=SystemUserSpawner)
    await refusal(spawner, 403)
    assert "user_id" not in spawner.get_state()


@pytest.mark.parametrize("kind", ALL)
async def test_an_optional_bridge_may_be_away_and_the_page_says_so(
    new_spawner: Callable[..., Any], bridge: FakeBridge, kind: Any
) -> None:
    spawner = new_spawner(spawner_class=kind, hook={"bridge": "optional"})
    spawner.config.Homeport.bridge_patience = 0
    before = [getattr(spawner, name) for name in ("environment", "volumes")]
    await homeport_hook(spawner)
    await bridge.die()
    await homeport_hook(spawner)
    assert [getattr(spawner, name) for name in ("environment", "volumes")] == before
    assert "without your Homeport home" in (await said(spawner, 2))[1]


async def test_a_refusal_is_one_even_when_the_bridge_is_optional(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    bridge.refusal = {"status": 403}
    spawner = new_spawner(spawner_class=DockerSpawner, hook={"bridge": "optional"})
    assert "evil/miner" in await refusal(spawner, 403)


async def test_a_bridge_that_hangs_is_given_up_at_the_deadline(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    bridge.hangs = True
    spawner = new_spawner(spawner_class=DockerSpawner, hook={"plan_deadline": 1})
    assert "within 1 seconds" in await refusal(spawner, 503)


async def test_warnings_of_the_plan_are_on_the_page(
    new_spawner: Callable[..., Any], bridge: FakeBridge
) -> None:
    bridge.plan["warnings"] = ["/srv/data is not there."]
    spawner = new_spawner(spawner_class=DockerSpawner)
    await homeport_hook(spawner)
    assert await said(spawner, 2) == ["Preparing your home.", "/srv/data is not there."]


async def test_a_spawner_of_another_kind_is_refused(new_spawner: Callable[..., Any]) -> None:
    spawner = new_spawner(spawner_class=SimpleLocalProcessSpawner)
    assert "SimpleLocalProcessSpawner" in await refusal(spawner, 500)
