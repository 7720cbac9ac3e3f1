"""What the bridge adds to the Engine's create + start of one and the same container."""

from __future__ import annotations

import argparse
import json
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from contenders import ByBridge, ByEngine, a_bridge

from stage import docker, stage_folder

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE, USER = "homeport-test/tiny:1", "ada"
MOST_MILLISECONDS = 15
WARM_UP = 20


def milliseconds(start: Callable[[], None], stop: Callable[[], None]) -> float:
    began = time.perf_counter()
    start()
    took = time.perf_counter() - began
    stop()
    return 1000 * took


def measure(rounds: int) -> tuple[list[float], list[float]]:
    """The milliseconds of each start by the bridge, and by the engine itself."""
    with (
        stage_folder("homeport-bench-") as folder,
        a_bridge(folder) as bridge,
    ):
        ours = ByBridge(bridge, IMAGE)
        ours.start(USER)
        made = json.loads(docker("inspect", f"{bridge.name}-{USER}"))[0]
        # Without its labels: the bridge would take it for a server of its own.
        like = {**made["Config"], "Labels": {}, "HostConfig": made["HostConfig"]}
        theirs = ByEngine(like, bridge.name)
        ours.stop(USER)

        def by_bridge() -> float:
            return milliseconds(
                lambda: ours.start(USER, until='"phase":"waiting"'), lambda: ours.stop(USER)
            )

        def by_engine() -> float:
            return milliseconds(lambda: theirs.create_and_start(USER), lambda: theirs.stop(USER))

        # Both run for weeks: the first ones warm them.
        pairs = [(by_bridge(), by_engine()) for _ in range(WARM_UP + rounds)][WARM_UP:]
    by_bridges, by_engines = zip(*pairs, strict=True)
    return list(by_bridges), list(by_engines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/bridge", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="counted starts of each (100)")
    parser.add_argument("--check", action="store_true", help="fail when the target is missed")
    options = parser.parse_args()
    ours, theirs = measure(options.rounds)
    print(f"{'milliseconds':<20}{'median':>8}{'min':>8}{'max':>8}")
    for name, each in {"Bridge": ours, "Engine API": theirs}.items():
        print(f"{name:<20}{median(each):>8.1f}{min(each):>8.1f}{max(each):>8.1f}")
    added = median(ours) - median(theirs)
    met = added <= MOST_MILLISECONDS
    verdict = "met" if met else "MISSED"
    print(f"\nThe bridge adds {added:.1f} ms, at most {MOST_MILLISECONDS}: {verdict}")
    return 1 if options.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
