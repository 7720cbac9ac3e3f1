"""Names that JupyterHub takes, through hub, bridge and engine: a safe place each, or a refusal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from integration.person import Person

# The hub itself refuses the names . and ..; the bridge is asked for those by its own tests.
USERS = ["a:b", "a{b}", "-rf", "jane@x.org", "x" * 200, "名前", "a--b", "a-b", "foo", "foo bar"]


@pytest.mark.parametrize("name", USERS)
def test_each_user_gets_a_server_and_a_home_of_their_own(
    new_person: Any, homes: Path, name: str
) -> None:
    person: Person = new_person(name)
    person.start()
    container = person.container()
    variables = dict(line.split("=", 1) for line in container["Config"]["Env"])
    home = Path(variables["HOME"])
    assert home.parent == homes
    assert home.is_dir()
    assert variables["JUPYTERHUB_USER"] == name
    assert container["Config"]["User"] == f"{home.stat().st_uid}:{home.stat().st_gid}"


def test_names_that_could_meet_stay_apart(new_person: Any) -> None:
    one, other = new_person("a"), new_person("a--b")
    one.start("b")
    other.start()
    here, there = one.container("b"), other.container()
    assert here["Name"] != there["Name"]
    assert here["Config"]["User"] != there["Config"]["User"]
