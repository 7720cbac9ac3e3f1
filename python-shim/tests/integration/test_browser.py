"""The way of a new user through the pages, as a person walks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from integration.person import NOTEBOOK
from integration.visitor import visitor

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Hub

FOLDER = "homeport-test-notebook-1"


def test_a_new_user_signs_in_starts_a_server_and_keeps_a_file(
    hub: Hub, new_person: Any, homes: Path, tmp_path: Path
) -> None:
    name = new_person("berta").name
    with visitor(tmp_path / "profile") as berta:
        berta.opens(f"{hub.url}/hub/login")
        berta.types("#username_input", name)
        berta.types("#password_input", hub.password)
        berta.clicks("#login_submit")

        berta.clicks(f"input[name=image][value='{NOTEBOOK}']")
        berta.clicks("#spawn_form [type=submit]")
        messages = berta.reads_until_in(f"/user/{name}/", ".progress-log-event")
        assert any(FOLDER in message for message in messages), messages

        berta.sees(".jp-DirListing-item[title^='Name: README.md']")
        berta.clicks(".jp-LauncherCard[title='Create a new text file']")
        berta.sees(".jp-DirListing-item[title^='Name: untitled.txt']")
        # Nobody is shut up in the folder that opens.
        berta.clicks(".jp-BreadCrumbs-home")
        berta.sees(f".jp-DirListing-item[title^='Name: {FOLDER}']")

    home = homes / name
    made, owner = (home / FOLDER / "untitled.txt").stat(), home.stat()
    assert (made.st_uid, made.st_gid) == (owner.st_uid, owner.st_gid) != (0, 0)
