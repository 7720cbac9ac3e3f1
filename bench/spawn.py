"""How long users wait for their servers, from the request to the hub until they are ready.

One user at a time, or many at once. All contenders start the same image in turn within each round,
so that a slow moment of the machine meets all of them.
"""

from __future__ import annotations

import argparse
import pwd
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median, quantiles
from typing import TYPE_CHECKING

from contenders import Contender, a_bridge, on_stage

from stage import Bridge, stage_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OURS, THEIRS = "HomeportSpawner", "DockerSpawner"
# What HomeportSpawner's median may be at most, in medians of the others.
TARGETS = {THEIRS: 0.75, "Engine API": 1.10}
# In a storm: the most of its p50 and its p95 in those of DockerSpawner, by image.
STORM_TARGETS = {"notebook": {50: 0.60, 95: 0.85}, "tiny": {50: 0.45, 95: 0.70}}


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


def measure(contenders: Mapping[str, Contender], user: str, rounds: int) -> dict[str, list[float]]:
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


def storm(contender: Contender, users: list[str]) -> list[float]:
    """The seconds of each start when everybody asks at once."""

    def seconds(user: str) -> float:
        began = time.perf_counter()
        contender.start(user)
        return time.perf_counter() - began

    with ThreadPoolExecutor(len(users)) as pool:
        times = list(pool.map(seconds, users))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(contender.stop, users))
    return times


def measure_storms(
    contenders: Mapping[str, Contender], users: list[str], rounds: int
) -> dict[str, list[float]]:
    """The seconds of each start in all storms; each round begins with the other contender."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name in list(contenders)[:: -1 if number % 2 else 1]:
            times[name] += storm(contenders[name], users)
    return times


def report_storms(times: dict[str, list[float]], targets: dict[int, float]) -> bool:
    """Prints percentiles and ratios; whether all targets are met."""

    def percentile(name: str, percent: int) -> float:
        return quantiles(times[name], n=100, method="inclusive")[percent - 1]

    print(f"{'seconds to ready':<20}{'p50':>8}{'p95':>8}{'max':>8}")
    for name, each in times.items():
        print(
            f"{name:<20}{percentile(name, 50):>8.2f}{percentile(name, 95):>8.2f}{max(each):>8.2f}"
        )
    print()
    met = True
    for percent, target in targets.items():
        ratio = percentile(OURS, percent) / percentile(THEIRS, percent)
        met = met and ratio <= target
        verdict = "met" if ratio <= target else "MISSED"
        print(f"{OURS} / {THEIRS}, p{percent}: {ratio:.2f}, at most {target:.2f}: {verdict}")
    return met


def one_by_one(folder: Path, image: str, rounds: int) -> bool:
    with (
        bench_account("homeport-bench") as user,
        Bridge(folder / "bridge", "homeport-bench") as bridge,
        on_stage(folder, image, user, (THEIRS, "SystemUserSpawner"), bridge) as (engine, hubs),
    ):
        return report(measure({"Engine API": engine, **hubs}, user, rounds))


def in_storms(
    folder: Path, image: str, users: list[str], rounds: int, targets: dict[int, float]
) -> bool:
    # Hub and bridge run for weeks: a first storm, of others, warms them and is not counted.
    others = [f"other-{user}" for user in users]
    with (
        a_bridge(folder) as bridge,
        on_stage(folder, image, "warm-up", (THEIRS,), bridge) as (_, hubs),
    ):
        for contender in hubs.values():
            contender.welcome([*others, *users])
            storm(contender, others)
        return report_storms(measure_storms(hubs, users, rounds), targets)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/spawn", description=__doc__)
    parser.add_argument("--users", type=int, default=1, help="how many start at once (1)")
    parser.add_argument("--image", choices=STORM_TARGETS, default="notebook", help="(notebook)")
    parser.add_argument("--rounds", type=int, help="counted starts of each (15; in a storm 1)")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    options = parser.parse_args()
    image = f"homeport-test/{options.image}:1"
    with stage_folder("homeport-bench-") as folder:
        if options.users == 1:
            met = one_by_one(folder, image, options.rounds or 15)
        else:
            users = [f"user-{number}" for number in range(options.users)]
            targets = STORM_TARGETS[options.image]
            met = in_storms(folder, image, users, options.rounds or 1, targets)
    return 1 if options.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
