"""How fast the bridge starts, and what it holds when idle: with the launcher, and without."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
JAR = ROOT / "bridge/target/homeport-bridge-0.1.0-all.jar"
LAUNCHER = ROOT / "bridge/src/main/launcher/homeport"
NETWORK = "homeport-bench-start"
SHIPPED = "with the launcher"
# What the shipped start may take at most.
MOST_SECONDS, MOST_MEGABYTES = 1.2, 160.0
# By then the engine has been asked, and what the start left over has been collected.
IDLE_SECONDS = 5
PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class Contender:
    """One way to start the bridge, with a state folder of its own."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        folder.mkdir()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/healthz"
        config = folder / "homeport.yaml"
        settings = {
            "listen": f"127.0.0.1:{port}",
            "state": str(folder / "state"),
            "docker": {"network": NETWORK},
        }
        config.write_text(json.dumps(settings))
        self.environment = {**os.environ, "HOMEPORT_CACHE": str(folder / "cache")}
        self.command = [*command, "serve", "--config", str(config)]
        self.log = folder / "log"

    def measure(self) -> tuple[float, float]:
        """Seconds to the first healthy answer, and megabytes when idle."""
        with self.log.open("ab") as log:
            began = time.perf_counter()
            process = subprocess.Popen(self.command, env=self.environment, stderr=log)
        try:
            while not self._is_healthy():
                if process.poll() is not None or time.perf_counter() - began > PATIENCE_SECONDS:
                    raise RuntimeError(f"The bridge did not start:\n{self.log.read_text()}")
                time.sleep(0.002)
            took = time.perf_counter() - began
            time.sleep(IDLE_SECONDS)
            return took, resident_megabytes(process.pid)
        finally:
            process.terminate()
            process.wait()

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=5) as answer:
                healthy: bool = answer.status == 200
                return healthy
        except (urllib.error.URLError, ConnectionError):
            return False


def resident_megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if "VmRSS" in line)
    return int(kilobytes) / 1024


def report(measured: dict[str, list[tuple[float, float]]]) -> bool:
    """Prints medians; whether both targets are met."""
    print(f"{'':<20}{'seconds':>9}{'min':>7}{'max':>7}{'MB idle':>9}")
    for name, each in measured.items():
        seconds = [took for took, _ in each]
        memory = median(megabytes for _, megabytes in each)
        print(
            f"{name:<20}{median(seconds):>9.2f}{min(seconds):>7.2f}{max(seconds):>7.2f}"
            f"{memory:>9.0f}"
        )
    print()
    starts_fast = median(took for took, _ in measured[SHIPPED]) < MOST_SECONDS
    stays_small = median(megabytes for _, megabytes in measured[SHIPPED]) < MOST_MEGABYTES
    verdicts = {True: "met", False: "MISSED"}
    print(f"start under {MOST_SECONDS} s: {verdicts[starts_fast]}")
    print(f"idle under {MOST_MEGABYTES:.0f} MB: {verdicts[stays_small]}")
    return starts_fast and stays_small


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="counted starts of each (7)")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        contenders = {
            SHIPPED: Contender(Path(folder) / "launcher", [str(LAUNCHER)]),
            "java -jar": Contender(Path(folder) / "jar", ["java", "-jar", str(JAR)]),
        }
        measured: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        for number in range(options.rounds + 1):
            for name, contender in contenders.items():
                figures = contender.measure()
                if number > 0:
                    measured[name].append(figures)
    subprocess.run(["docker", "network", "rm", NETWORK], capture_output=True, check=False)
    met = report(measured)
    return 1 if options.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
