"""How long one user waits for a server, from the request to the hub until it is ready.

Everyone starts the same image in turn within each round, so that a slow moment of the machine
meets all of them.
"""

from __future__ import annotations

import argparse
import pwd
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from contenders import Contender, on_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

IMAGE = "homeport-test/notebook:1"
OURS = "HomeportSpawner"
# What HomeportSpawner's median may be at most, in medians of the others.
TARGETS = {"DockerSpawner": 0.75, "Engine API": 1.10}


@contextmanager
def bench_account(name: str) -> Iterator[str]:
    """A system account, as SystemUserSpawner needs; removed if it was made here."""
    made = name not in {entry.pw_name for entry in pwd.getpwall()}
    if made:
        subprocess.run(["useradd", "--create-home", name], check=True)
    try:
        yield name
    finally:
        if made:
            subprocess.run(["userdel", "--remove", name], check=True, capture_output=True)


def seconds_to_start(contender: Contender, user: str) -> float:
    began = time.perf_counter()
    contender.start(user)
    took = time.perf_counter() - began
    contender.stop(user)
    return took


def measure(contenders: dict[str, Contender], user: str, rounds: int) -> dict[str, list[float]]:
    """The seconds of each start; each round begins with another contender."""
    names = list(contenders)
    times: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            times[name].append(seconds_to_start(contenders[name], user))
    return times


def report(times: dict[str, list[float]]) -> bool:
    """Prints medians and ratios; whether all targets are met."""
    print(f"{'seconds to ready':<20}{'median':>8}{'min':>8}{'max':>8}")
    for name, each in times.items():
        print(f"{name:<20}{median(each):>8.2f}{min(each):>8.2f}{max(each):>8.2f}")
    print()
    met = True
    for other, target in TARGETS.items():
        ratio = median(times[OURS]) / median(times[other])
        met = met and ratio <= target
        verdict = "met" if ratio <= target else "MISSED"
        print(f"{OURS} / {other}: {ratio:.2f}, at most {target:.2f}: {verdict}")
    return met


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/spawn", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="counted starts of each (15)")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder,
        bench_account("homeport-bench") as user,
        on_stage(Path(folder), IMAGE, user) as contenders,
    ):
        times = measure(contenders, user, options.rounds)
    met = report(times)
    return 1 if options.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
