"""What a backup costs in which nothing changed: by the bridge, by restic, and by find alone."""

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from start import LAUNCHER, free_port

if TYPE_CHECKING:
    from collections.abc import Callable

USER, UID = "ada", 200_001
IN_A_FOLDER = 10
# What an unchanged backup may take at most, against restic and find, and hold at most.
MOST_OF_RESTIC, MOST_OF_FIND, MOST_MEGABYTES = 0.25, 3.0, 200.0
PATIENCE_SECONDS = 1800


def make_home(home: Path, files: int) -> None:
    """A home of small files, which belong to nobody else."""
    for number in range(files):
        folder = home / f"course-{number // 1000:03}" / f"week-{number // IN_A_FOLDER:05}"
        if number % IN_A_FOLDER == 0:
            folder.mkdir(parents=True)
        (folder / f"notebook-{number:06}.ipynb").write_text(f"cell {number}\n")
    subprocess.run(["chown", "-R", f"{UID}:{UID}", str(home)], check=True)


class Bridge:
    """A bridge with a home, which it saves into a folder."""

    def __init__(self, folder: Path, home: Path) -> None:
        port = free_port()
        self.api = f"http://127.0.0.1:{port}/api/v1/users/{USER}/backups"
        self.folder = folder
        self.config = folder / "homeport.yaml"
        settings = {
            "listen": f"127.0.0.1:{port}",
            "state": str(folder / "state"),
            "accounts": {"source": "virtual", "homes": str(home.parent)},
            "docker": {"host": f"unix://{folder}/no-engine"},
            "backup": {
                "remote": f"folder:{folder}/saved",
                "after-stop": False,
            },
        }
        self.config.write_text(json.dumps(settings))
        self.start()
        self._make_account()

    def start(self) -> None:
        environment = {**os.environ, "HOMEPORT_CACHE": str(self.folder / "cache")}
        command = [str(LAUNCHER), "serve", "--config", str(self.config)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stderr=log)
        until = time.monotonic() + 60
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            self.token = (self.folder / "state/admin.token").read_text().strip()
            self._ask("GET", self.api)
            return True
        except (FileNotFoundError, OSError):
            return False

    def _make_account(self) -> None:
        """As the user's first start would, for which there is no engine here."""
        with sqlite3.connect(self.folder / "state/homeport.db") as database:
            database.execute("INSERT INTO uids VALUES (?, ?)", (USER, UID))

    def _ask(self, method: str, address: str) -> Any:
        request = urllib.request.Request(
            address, method=method, data=b"{}" if method == "POST" else None
        )
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def back_up(self) -> float:
        """The seconds that a backup took, as it says itself."""
        run = self._ask("POST", self.api)
        until = time.monotonic() + PATIENCE_SECONDS
        while run["status"] == "running":
            if time.monotonic() > until:
                raise RuntimeError("The backup does not end.")
            time.sleep(0.02)
            run = self._ask("GET", f"{self.api}/{run['number']}")
        if run["status"] != "done":
            raise RuntimeError(json.dumps(run, indent=1)[:4000])
        return seconds(run["endedAt"]) - seconds(run["startedAt"])

    def peak_megabytes(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found.group(1)) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def seconds(moment: str) -> float:
    clock = re.search(r"T(\d+):(\d+):([\d.]+)Z", moment)
    assert clock
    hours, minutes, rest = clock.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


class Restic:
    def __init__(self, folder: Path, home: Path) -> None:
        self.environment = {
            **os.environ,
            "RESTIC_REPOSITORY": str(folder / "restic"),
            "RESTIC_PASSWORD": "bench",
            "RESTIC_CACHE_DIR": str(folder / "restic-cache"),
        }
        self.home = home
        self._run("init")

    def _run(self, *command: str) -> None:
        subprocess.run(
            ["restic", "--quiet", *command],
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def back_up(self) -> float:
        return timed(lambda: self._run("backup", str(self.home)))


def find(home: Path) -> float:
    what = ["find", str(home), "-printf", "%p %s %T@ %C@ %i\\n"]
    return timed(lambda: subprocess.run(what, check=True, stdout=subprocess.DEVNULL))


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="homeport-bench-", dir="/var/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        home = folder / "homes" / USER
        make_home(home, options.files)
        bridge, restic = Bridge(folder, home), Restic(folder, home)
        try:
            print(f"{options.files} files: first backup {bridge.back_up():.1f} s,", end=" ")
            print(f"restic {restic.back_up():.1f} s")
            # Once more: what was written just before the first one was not yet certain in it.
            bridge.back_up()
            # The memory of every night, not of the first one.
            bridge.stop()
            bridge.start()
            rounds: dict[str, list[float]] = {"bridge": [], "restic": [], "find": []}
            for _ in range(options.rounds):
                rounds["bridge"].append(bridge.back_up())
                rounds["restic"].append(restic.back_up())
                rounds["find"].append(find(home))
            megabytes = bridge.peak_megabytes()
        finally:
            bridge.stop()
    took = {who: median(each) for who, each in rounds.items()}
    for who, each in rounds.items():
        print(f"{who:<8}{median(each):8.2f} s  ({min(each):.2f} to {max(each):.2f})")
    of_restic, of_find = took["bridge"] / took["restic"], took["bridge"] / took["find"]
    print(f"of restic {of_restic:.2f} (at most {MOST_OF_RESTIC})")
    print(f"of find   {of_find:.2f} (at most {MOST_OF_FIND})")
    print(f"memory    {megabytes:.0f} MB (at most {MOST_MEGABYTES:.0f})")
    met = of_restic <= MOST_OF_RESTIC and of_find <= MOST_OF_FIND and megabytes <= MOST_MEGABYTES
    if options.check and not met:
        sys.exit("A target is missed.")


if __name__ == "__main__":
    main()
