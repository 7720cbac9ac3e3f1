"""A Debian with systemd, booted on this machine with the wheel in it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy
import pytest

from stage import ROOT, SECONDS, docker, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

TREE = ROOT / "build/machine"


class Machine:
    """What is written in it is gone when it stops."""

    def __init__(self, network: str) -> None:
        self.network = network
        self.leader = 0

    def run(self, *command: str, text: str | None = None) -> str:
        """Return what a command prints, run in the machine as root."""
        enter = ["nsenter", "-t", str(self.leader), "-m", "-u", "-i", "-p", "-C", "-r", "-w", "--"]
        done = subprocess.run(
            [*enter, *command], input=text, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def homeport(self, *arguments: str) -> str:
        return self.run("python3", "-m", "jupyterhub_homeport.launch", *arguments)

    def write(self, path: str, text: str) -> None:
        self.run("sh", "-c", f'mkdir -p "$(dirname {path})" && cat > {path}', text=text)

    def answers(self) -> bool:
        try:
            return "engine" in self.homeport("status")
        except AssertionError:
            return False


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as pip would lay it out."""
    built, unpacked = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("packages")
    unpacked.chmod(0o755)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(command, cwd=ROOT / "python-shim", check=True, capture_output=True)
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        archive.extractall(unpacked)
    shutil.copytree(Path(pluggy.__file__).parent, unpacked / "pluggy")  # as TLJH brings it
    return unpacked


@pytest.fixture(scope="session")
def machine(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if not (TREE / "usr/bin/systemctl").exists():
        pytest.fail(f"{TREE} is not there: run script/machine, as root.")
    made = Machine(f"homeport-test-{secrets.token_hex(3)}")
    # Its Java is ours. Its engine is ours too: two of them do not share a network.
    java = [f"--bind-ro={path}" for path in ["/usr/lib/jvm", *Path("/etc").glob("java-*")]]
    python = next((TREE / "usr/lib").glob("python3.*")).name
    packages = f"--bind-ro={wheel}:/usr/local/lib/{python}/dist-packages"
    command = [
        *("systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit"),
        *("--directory", str(TREE), "--volatile=overlay", "--capability=all"),
        *("--machine", made.network, *java, packages),
        "--bind=/run/docker.sock:/srv/docker.sock",
    ]
    log = tmp_path_factory.mktemp("machine") / "console.log"
    with log.open("wb") as console:
        nspawn = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=console)
    try:
        wait_until(lambda: has_booted(made, nspawn, log), "the machine has booted")
        yield made
    finally:
        if made.leader and nspawn.poll() is None:
            os.kill(made.leader, signal.SIGRTMIN + 3)  # systemd's own signal to power off
        nspawn.wait(SECONDS)
        if docker("network", "ls", "--quiet", "--filter", f"name=^{made.network}$"):
            docker("network", "rm", made.network)


def has_booted(machine: Machine, nspawn: subprocess.Popen[bytes], log: Path) -> bool:
    assert nspawn.poll() is None, log.read_text(errors="replace")
    children = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children").read_text().split()
    if not children:
        return False
    machine.leader = int(children[0])
    try:
        return machine.run("systemctl", "list-units", "--state=active", "multi-user.target") != ""
    except AssertionError:
        return False


@pytest.fixture(scope="session")
def settings(machine: Machine) -> None:
    machine.write(
        "/etc/homeport/homeport.yaml",
        json.dumps(
            {
                "listen": "unix:/run/homeport/bridge.sock",
                "environments": {"images": ["homeport-test/*"], "pull": "never"},
                "docker": {"host": "unix:///srv/docker.sock", "network": machine.network},
            }
        ),
    )
    machine.run("useradd", "--no-create-home", "ada")


@pytest.fixture
def service(machine: Machine, settings: None) -> Machine:  # noqa: ARG001
    """The machine with the service installed, once more when it was."""
    machine.homeport("service", "install")
    wait_until(machine.answers, "the bridge answers")
    return machine
