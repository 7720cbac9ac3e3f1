"""How long it takes to stop a whole course at once, whose servers ignore SIGTERM."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from contenders import ByBridge, a_bridge

from stage import stage_folder

IMAGE = "homeport-test/tiny:1"
STUBBORN = ["sh", "-c", "trap '' TERM; jupyterhub-singleuser"]
# What all of them may take, in times that one takes.
MOST = 1.5


def seconds_to_stop(servers: ByBridge, users: list[str]) -> float:
    with ThreadPoolExecutor(len(users)) as pool:
        began = time.perf_counter()
        list(pool.map(servers.stop, users))
        return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/stops", description=__doc__)
    parser.add_argument("--servers", type=int, default=50, help="how many stop at once (50)")
    parser.add_argument("--check", action="store_true", help="fail when the target is missed")
    options = parser.parse_args()
    with (
        stage_folder("homeport-bench-") as folder,
        a_bridge(folder) as bridge,
    ):
        servers = ByBridge(bridge, IMAGE, STUBBORN)
        users = [f"user-{number}" for number in range(options.servers)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(servers.start, ["alone", *users]))
        one = seconds_to_stop(servers, ["alone"])
        everyone = seconds_to_stop(servers, users)
    ratio = everyone / one
    verdict = "met" if ratio <= MOST else "MISSED"
    print(f"One server stops in {one:.1f} s, {options.servers} at once in {everyone:.1f} s.")
    print(f"{options.servers} / 1: {ratio:.2f}, at most {MOST:.2f}: {verdict}")
    return 1 if options.check and ratio > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
