"""The main story: a user's server in a container, in their own home."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest

from integration.person import NOTEBOOK, Person
from stage import SECONDS
from stage.terminal import in_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stage import Bridge, Hub

FOLDER = "homeport-test-notebook-1"


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """Hold what the spawn page was told."""
    return []


@pytest.fixture(scope="module")
def ada(hub: Hub, bridge: Bridge, told: list[dict[str, Any]]) -> Iterator[Person]:
    person = Person("ada", hub, bridge)
    with person.starting(image=NOTEBOOK) as progress:
        told.extend(progress)
    yield person
    person.leave()


@pytest.fixture(scope="module")
def home(ada: Person, homes: Path) -> Path:
    return homes / ada.name


@pytest.mark.usefixtures("ada")
def test_the_spawn_page_is_told_each_step_up_to_the_open_server(told: list[dict[str, Any]]) -> None:
    assert told[-1]["ready"]
    assert told[-1]["url"] == "/user/ada/"
    percents = [event["progress"] for event in told if "progress" in event]
    assert percents == sorted(percents)
    words = " ".join(event["message"] for event in told)
    assert FOLDER in words
    assert "Your server answers." in words


def test_the_terminal_shows_the_user(ada: Person, home: Path) -> None:
    shown = in_terminal(
        ada.hub,
        ada.name,
        "whoami; id -u; id -g; echo $HOME; pwd; ps -o user= -p 1; bash -ic 'echo ${PS1@P}' 2>&1",
    )
    whoami, uid, gid, told_home, cwd, runs_as, prompt = shown.splitlines()
    assert (whoami, runs_as) == ("ada", "ada")
    assert (int(uid), int(gid)) == (home.stat().st_uid, home.stat().st_gid)
    assert (told_home, cwd) == (str(home), f"{home}/{FOLDER}")
    assert "ada@" in prompt


@pytest.mark.usefixtures("ada")
def test_the_home_holds_the_environments_folder_with_its_files(home: Path) -> None:
    folder = home / FOLDER
    assert home.stat().st_mode & 0o7777 == 0o700
    assert "Welcome" in (folder / "README.md").read_text()
    assert (folder / "first course" / "first steps.ipynb").is_file()
    assert os.access(folder / "check.sh", os.X_OK)
    assert str((folder / "weather.csv").readlink()) == "first course/weather.csv"
    owners = {path.lstat().st_uid for path in [folder, *folder.rglob("*")]}
    assert owners == {home.stat().st_uid}


def test_data_is_read_and_not_written(ada: Person, data: Path) -> None:
    command = "cat /srv/data/measured.csv; touch /srv/data/mine; echo $?"
    shown = in_terminal(ada.hub, ada.name, command).splitlines()
    assert shown[0] == "1,2"
    assert "Read-only file system" in shown[1]
    assert shown[2] == "1"
    assert not (data / "mine").exists()


def test_a_file_made_inside_is_on_the_host_with_the_users_owner(ada: Person, home: Path) -> None:
    in_terminal(ada.hub, ada.name, f"echo 'made inside' > ~/{FOLDER}/mine.txt")
    made = home / FOLDER / "mine.txt"
    assert made.read_text() == "made inside\n"
    assert (made.stat().st_uid, made.stat().st_gid) == (home.stat().st_uid, home.stat().st_gid)


def test_the_server_opens_the_seeded_files(ada: Person) -> None:
    path = f"/user/{ada.name}/api/contents/{FOLDER}/README.md"
    assert "Welcome" in ada.hub.request("GET", path).json()["content"]


def test_the_server_reports_its_activity_to_the_hub(ada: Person) -> None:
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    report = (
        "import json, os, urllib.request as web\n"
        "asked = web.Request(os.environ['JUPYTERHUB_ACTIVITY_URL'], method='POST',\n"
        f"    data=json.dumps({{'last_activity': '{now}'}}).encode(),\n"
        "    headers={'Authorization': 'token ' + os.environ['JUPYTERHUB_API_TOKEN']})\n"
        f"print(web.urlopen(asked, timeout={SECONDS}).status)\n"
    )
    ada.hub.request(
        "PUT",
        f"/user/{ada.name}/api/contents/{FOLDER}/report.py",
        json={"type": "file", "format": "text", "content": report},
    ).raise_for_status()
    assert in_terminal(ada.hub, ada.name, f"python3 ~/{FOLDER}/report.py") == "200"
    assert ada.hub.api("GET", f"users/{ada.name}").json()["last_activity"] >= now


def test_the_container_runs_without_any_capability(ada: Person) -> None:
    settings = ada.container()["HostConfig"]
    assert settings["CapDrop"] == ["ALL"]
    assert any(option.startswith("no-new-privileges") for option in settings["SecurityOpt"])


def test_a_stopped_server_leaves_no_container_and_all_files(new_person: Any, homes: Path) -> None:
    grace = new_person("grace")
    grace.start(image=NOTEBOOK)
    grace.hub.stop_server(grace.name)
    assert grace.containers() == {}
    assert (homes / "grace" / FOLDER / "README.md").exists()
