"""``homeport service`` on a booted Debian: the unit, its rights, and what outlives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from stage import wait_until

if TYPE_CHECKING:
    from machine.conftest import Machine

pytestmark = pytest.mark.integration

ADMIN_FILE = "/var/lib/homeport/admin.token"
ASK = """
import http.client, json, pathlib, socket
asked = http.client.HTTPConnection("homeport")
asked.sock = socket.socket(socket.AF_UNIX)
asked.sock.connect("/run/homeport/bridge.sock")
token = pathlib.Path("/var/lib/homeport/admin.token").read_text().strip()
body = json.dumps({"user": "ada", "image": "homeport-test/tiny:1"})
headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
asked.request("POST", "/api/v1/plans", body, headers)
print(asked.getresponse().read().decode())
"""


HUB = "[Service]\nExecStart=/bin/sleep infinity\n"
POST_INSTALL = "from jupyterhub_homeport import tljh_plugin as p; p.tljh_post_install()"


def pid(machine: Machine, unit: str = "homeport") -> str:
    return machine.run("systemctl", "show", "--property=MainPID", "--value", unit)


def test_with_three_capabilities_it_makes_a_home_and_fills_it(service: Machine) -> None:
    plan = json.loads(service.run("python3", "-c", ASK))
    assert plan.get("environmentFolder") == "/home/ada/homeport-test-tiny-1", plan
    assert service.run("stat", "-c", "%U %a", "/home/ada") == "ada 700"
    seeded = service.run("stat", "-c", "%U %a", "/home/ada/homeport-test-tiny-1/check.sh")
    assert seeded == "ada 755"
    status = service.run("cat", f"/proc/{pid(service)}/status")
    assert "CapBnd:\t00000000000000c1" in status  # chown, setgid, setuid
    assert "NoNewPrivs:\t1" in status


def test_the_system_is_read_only_to_it_and_its_state_closed_to_others(service: Machine) -> None:
    mounts = service.run("cat", f"/proc/{pid(service)}/mountinfo").splitlines()
    options = {line.split()[4]: line.split()[5].split(",") for line in mounts}
    assert "ro" in options["/etc"]
    assert "ro" in options["/usr"]
    assert service.run("stat", "-c", "%U %a", "/var/lib/homeport") == "root 700"
    assert service.run("stat", "-c", "%a", ADMIN_FILE) == "600"


def test_it_comes_back_when_it_was_killed(service: Machine) -> None:
    before = pid(service)
    service.run("kill", "-KILL", before)
    wait_until(lambda: pid(service) not in {before, "0"} and service.answers(), "it is back")


def test_it_stops_cleanly_and_starts_with_the_machine(service: Machine) -> None:
    service.run("systemctl", "stop", "homeport")
    show = ("systemctl", "show", "--value", "--property")
    assert service.run(*show, "Result", "homeport") == "success"
    assert service.run("systemctl", "is-enabled", "homeport") == "enabled"
    assert "jupyterhub.service" in service.run(*show, "Before", "homeport")


def test_an_upgrade_keeps_the_state(service: Machine) -> None:
    token, before = service.run("cat", ADMIN_FILE), pid(service)
    service.homeport("service", "install")
    wait_until(service.answers, "the bridge answers")
    assert service.run("cat", ADMIN_FILE) == token
    assert pid(service) != before


def test_it_is_removed_and_what_it_kept_stays(service: Machine) -> None:
    token = service.run("cat", ADMIN_FILE)
    for _ in range(2):
        service.homeport("service", "remove")
    assert service.run("systemctl", "show", "--value", "-p", "LoadState", "homeport") == "not-found"
    assert not service.answers()
    assert service.run("cat", ADMIN_FILE) == token


def test_tljhs_last_hook_starts_the_bridge_and_gives_the_hub_a_token(service: Machine) -> None:
    service.homeport("service", "remove")
    service.write("/etc/systemd/system/jupyterhub.service", HUB)
    service.run("systemctl", "start", "jupyterhub")
    before = pid(service, "jupyterhub")
    service.run("python3", "-c", POST_INSTALL)
    assert service.answers()
    assert pid(service, "jupyterhub") != before
    assert service.run("stat", "-c", "%U %a", "/etc/homeport/hub.token") == "root 600"
    token = service.run("cat", "/etc/homeport/hub.token")
    service.run("python3", "-c", POST_INSTALL)
    assert service.run("cat", "/etc/homeport/hub.token") == token
    wait_until(service.answers, "the bridge answers")
    assert "tljh" in service.homeport("token", "list")
