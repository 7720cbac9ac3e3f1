"""Hub, bridge and engine go down and come back in any order: what runs is kept."""

from __future__ import annotations

from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from stage import wait_until

if TYPE_CHECKING:
    from outages.conftest import Course

EVERYONE = [f"user-{number}" for number in range(30)]
ORDERS = list(permutations(("hub", "bridge", "engine")))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_nobody_loses_a_server_that_runs_on(course: Course, order: tuple[str, ...]) -> None:
    course.start(EVERYONE)
    before = course.containers()
    assert len(before) >= len(EVERYONE)
    course.die()
    for part in order:
        getattr(course, part).start()
        if course.hub.service.process:
            assert all(course.all(course.hub.finds_running, EVERYONE[:4]))
    assert all(course.all(course.hub.finds_running, EVERYONE))
    assert course.containers() == before
    assert all(
        course.all(lambda u: course.hub.request("GET", f"/user/{u}/api").is_success, EVERYONE)
    )


@pytest.mark.parametrize(("how", "order"), [("stop", ORDERS[0]), ("kill", ORDERS[-1])])
def test_who_ends_with_the_engine_is_reported_and_can_start_again(
    frail_course: Course, how: str, order: tuple[str, ...]
) -> None:
    course = frail_course
    users = EVERYONE[:4]
    course.start(users)
    getattr(course.engine, how)()
    course.bridge.service.kill()
    course.hub.service.kill()
    for part in order:
        getattr(course, part).start()
    for user in users:
        wait_until(partial(course.hub_has_none, user), "the hub notices")
        dead = course.server(user)
        assert (dead["state"], dead["failure"]["code"]) == ("failed", "killed")
    course.start(users)
    assert len(course.containers()) == len(users)


def test_who_died_meanwhile_is_reported_with_the_reason_and_the_last_words(course: Course) -> None:
    ends = {"exits": "exit 3", "hoards": "exec tail /dev/zero"}
    for user, end in ends.items():
        script = f"jupyterhub-singleuser & until [ -e ~/end ]; do sleep 0.1; done; echo Alas; {end}"
        course.ask_bridge_for(user, command=["sh", "-c", script], limits={"memory": 64 << 20})
        wait_until(partial(course.runs, user), f"{user} runs")
    course.bridge.service.kill()
    for user in ends:
        (course.homes / user / "end").touch()
    names = {f"/{course.bridge.name}-{user}" for user in ends}
    wait_until(lambda: all("exited" in course.containers()[n] for n in names), "both have ended")
    course.bridge.start()
    exited, hoarded = (course.server(user)["failure"] for user in ends)
    assert (exited["code"], hoarded["code"]) == ("exited", "out-of-memory")
    assert "exit code 3" in exited["message"]
    assert "more than 64 MiB" in hoarded["message"]
    assert all(failure["message"].endswith("It wrote last: Alas") for failure in (exited, hoarded))


def test_a_storm_that_is_cut_short_leaves_nothing_half_made(course: Course) -> None:
    newcomers = [f"new-{number}" for number in range(8)]
    before = set(course.containers())
    for user in newcomers:
        course.ask_bridge_for(user)
    wait_until(lambda: len(course.containers()) > len(before) + 2, "the storm has begun")
    course.die()
    for part in ("engine", "bridge", "hub"):
        getattr(course, part).start()

    def states() -> set[str]:
        return {course.server(user)["state"] for user in newcomers}

    wait_until(lambda: states() <= {"running", "failed"}, "nothing starts any more")
    left = {name: shown for name, shown in course.containers().items() if name not in before}
    assert all(" running " in shown for shown in left.values())
    for user in newcomers:
        course.ask_bridge_for(user)
    wait_until(lambda: states() == {"running"}, "all have their servers")
    assert len(course.containers()) == len(before) + len(newcomers)
