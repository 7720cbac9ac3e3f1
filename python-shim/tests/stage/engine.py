"""A Docker engine of our own, to be stopped, killed and hung at will."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from stage.service import Service

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self


class Engine:
    """Keeps all its data in ``folder``, runs beside the machine's engine, and leaves nothing.

    ``programs`` is a tree with another engine in it, such as ``script/tools engine`` makes. An
    engine that shares its network namespace with another one leaves the ``firewall`` alone: at its
    start it would flush the other one's rules. It has a default network of its own, as well: with
    none, it would take the other one's away.
    """

    def __init__(
        self,
        folder: Path,
        *,
        programs: Path = Path("/"),
        live_restore: bool = True,
        firewall: bool = False,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.host = f"unix://{folder}/docker.sock"
        path = os.pathsep.join(
            (f"{programs / 'usr/bin'}", f"{programs / 'usr/sbin'}", os.environ["PATH"])
        )
        containerd, dockerd = _program("containerd", path), _program("dockerd", path)
        self._network = _Network()
        # As on a host with systemd, containers are held by a containerd that outlives dockerd.
        address = folder / "containerd.sock"
        (folder / "containerd.toml").write_text(
            f'version = 2\nroot = "{folder}/containerd"\nstate = "{folder}/run"\n'
            'disabled_plugins = ["io.containerd.grpc.v1.cri"]\n'
        )
        self._containerd = Service(
            [
                containerd,
                f"--address={address}",
                f"--config={folder}/containerd.toml",
            ],
            folder / "containerd.log",
            {"PATH": path},
        )
        (folder / "dockerd.json").write_text("{}")
        options = {
            "host": self.host,
            "containerd": address,
            "data-root": folder / "data",
            "exec-root": folder / "exec",
            "pidfile": folder / "dockerd.pid",
            "config-file": folder / "dockerd.json",
            # What two engines in one network namespace would take from each other:
            "bridge": self._network.name,
            "iptables": str(firewall).lower(),
            "log-level": "warn",
            "live-restore": str(live_restore).lower(),
        }
        if live_restore:
            # Without live-restore, an engine with pools of its own removes docker0 at a restart.
            options["default-address-pool"] = f"base={self._network.range},size=24"
        self.service = Service(
            [dockerd, *(f"--{name}={value}" for name, value in options.items())],
            folder / "dockerd.log",
            {"PATH": path},
        )

    def __enter__(self) -> Self:
        try:
            self._containerd.start((self.folder / "containerd.sock").exists)
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        self.service.start(self._answers)

    def stop(self) -> None:
        """Ends it as systemd does; with live-restore, containers run on."""
        self.service.stop()

    def kill(self) -> None:
        """Ends it as a crash would; containers run on, until it is back."""
        self.service.kill()

    def hang(self) -> None:
        """Lets it take every call from now on, and answer none."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def docker(self, *arguments: str) -> str:
        """What the docker command prints."""
        return subprocess.run(
            ["docker", "--host", self.host, *arguments],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def borrow(self, *images: str) -> None:
        """Copies images of the machine's engine."""
        with subprocess.Popen(["docker", "save", *images], stdout=subprocess.PIPE) as saved:
            subprocess.run(
                ["docker", "--host", self.host, "load", "--quiet"],
                stdin=saved.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )

    def close(self) -> None:
        """Ends it with all that it started, and removes its folder."""
        try:
            if self.service.process is None:
                self.start()
            self.go_on()
            if containers := self.docker("ps", "--all", "--quiet").split():
                self.docker("rm", "--force", *containers)
            self.docker("network", "prune", "--force")
        finally:
            self.stop()
            self._containerd.stop()
            self._kill_what_is_left()
            self._network.close()
            for mounted in self._mounted():
                subprocess.run(["umount", "--lazy", mounted], check=True)
            shutil.rmtree(self.folder)

    def _signal(self, number: signal.Signals) -> None:
        assert self.service.process is not None
        self.service.process.send_signal(number)

    def _answers(self) -> bool:
        asked = subprocess.run(
            ["docker", "--host", self.host, "version"], capture_output=True, check=False
        )
        return asked.returncode == 0

    def _kill_what_is_left(self) -> None:
        """Ends containers, and those who hold them, of an engine that could not."""
        firsts = [int(file.read_text()) for file in self.folder.glob("run/*/*/*/init.pid")]
        holders = subprocess.run(
            ["pgrep", "--full", f"containerd-shim.*{self.folder}/"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        for pid in [*firsts, *map(int, holders)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _mounted(self) -> list[str]:
        """What is mounted in the folder, innermost first."""
        points = (line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines())
        return sorted((p for p in points if p.startswith(f"{self.folder}/")), reverse=True)


class _Network:
    """A default network for an engine, and a range of addresses for its other ones."""

    def __init__(self) -> None:
        for number in range(200, 250):
            self.name, self.range = f"homeport-{number}", f"10.{number}.0.0/17"
            if _ip("link", "add", self.name, "type", "bridge"):
                _ip("address", "add", f"10.{number}.255.1/24", "dev", self.name)
                _ip("link", "set", self.name, "up")
                return
        msg = "All networks for engines are in use: 'ip link' shows them as homeport-200 and so on."
        raise RuntimeError(msg)

    def close(self) -> None:
        _ip("link", "delete", self.name)


def _ip(*arguments: str) -> bool:
    asked = subprocess.run(["busybox", "ip", *arguments], capture_output=True, check=False)
    return asked.returncode == 0


def _program(name: str, path: str) -> str:
    found = shutil.which(name, path=path)
    if found is None:
        msg = f"There is no {name}: run script/bootstrap."
        raise FileNotFoundError(msg)
    return found
