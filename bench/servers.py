"""How long a list of many running servers takes."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import httpx
from contenders import ByBridge, a_bridge

from stage import stage_folder

IMAGE = "homeport-test/tiny:1"
MOST_MILLISECONDS = 50
WARM_UP = 20


def milliseconds(http: httpx.Client, servers: int) -> float:
    began = time.perf_counter()
    answer = http.get("servers").raise_for_status()
    took = 1000 * (time.perf_counter() - began)
    running = sum(one["state"] == "running" for one in answer.json()["items"])
    if running != servers:
        msg = f"{running} of {servers} servers run."
        raise RuntimeError(msg)
    return took


def measure(servers: int, rounds: int) -> list[float]:
    """The milliseconds of each list, while that many servers run."""
    with (
        stage_folder("homeport-bench-") as folder,
        a_bridge(folder) as bridge,
        httpx.Client(
            base_url=f"{bridge.url}/api/v1/",
            headers={"Authorization": f"Bearer {bridge.token}"},
            timeout=60,
        ) as http,
    ):
        ours = ByBridge(bridge, IMAGE)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(ours.start, [f"user-{number}" for number in range(servers)]))
        return [milliseconds(http, servers) for _ in range(WARM_UP + rounds)][WARM_UP:]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/servers", description=__doc__)
    parser.add_argument("--servers", type=int, default=300, help="how many run (300)")
    parser.add_argument("--rounds", type=int, default=50, help="how many lists are counted (50)")
    parser.add_argument("--check", action="store_true", help="fail when the target is missed")
    options = parser.parse_args()
    each = measure(options.servers, options.rounds)
    met = median(each) <= MOST_MILLISECONDS
    verdict = "met" if met else "MISSED"
    print(f"{options.servers} servers run; milliseconds of a list of them:")
    print(f"median {median(each):.1f}, min {min(each):.1f}, max {max(each):.1f}")
    print(f"at most {MOST_MILLISECONDS} at the median: {verdict}")
    return 1 if options.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
