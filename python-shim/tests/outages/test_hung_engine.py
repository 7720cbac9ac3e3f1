"""An engine that hangs, which is worse than one that is gone, and comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx

from stage import SECONDS, wait_until

if TYPE_CHECKING:
    from outages.conftest import Course


def test_an_engine_that_hangs_in_the_middle_of_everything_loses_nothing(course: Course) -> None:
    hub, bridge = course.hub, course.bridge
    hub.start_server("stays")
    hub.start_server("leaves")
    stays = f"/{bridge.name}-stays"
    before = course.containers()
    starting = [f"comes-{number}" for number in range(8)]
    for user in starting:
        hub.api("POST", f"users/{user}").raise_for_status()
    with ThreadPoolExecutor(16) as pool:
        starts = [pool.submit(hub.start_server, user) for user in starting]
        wait_until(lambda: len(course.containers()) > len(before), "the starts begin", pause=0.01)
        course.engine.hang()
        try:
            stop = pool.submit(hub.stop_server, "leaves")
            poll = pool.submit(hub.finds_running, "stays")
            asked = pool.submit(bridge.api, "GET", "servers/stays")
            for _ in range(3):
                assert httpx.get(f"{bridge.url}/healthz", timeout=SECONDS).is_success
            assert not asked.done()
            refused = asked.result(SECONDS)
            assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
            assert "within 15 s" in refused.json()["message"]
            assert poll.result(SECONDS)
            assert not stop.done()
            assert not all(start.done() for start in starts)
        finally:
            course.engine.go_on()
        for done in (stop, *starts):
            done.result(SECONDS)
    assert all(hub.finds_running(user) for user in ("stays", *starting))
    assert course.containers()[stays] == before[stays]
    assert f"/{bridge.name}-leaves" not in course.containers()
