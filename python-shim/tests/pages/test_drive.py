"""A user connects a Google Drive, on a phone, and disconnects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages.site import PAGES, Site, running_site
from stage import Drive, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from integration.visitor import Visitor

EMAIL = "ada@campus.example"


@pytest.fixture(scope="module")
def port() -> int:
    """Where the hub will be, which Google knows before."""
    return free_port()


@pytest.fixture(scope="module")
def drive(folder: Path, port: int) -> Iterator[Drive]:
    with Drive(folder / "google", EMAIL, hub=f"http://127.0.0.1:{port}") as running:
        yield running


@pytest.fixture(scope="module")
def site(folder: Path, port: int, drive: Drive) -> Iterator[Site]:
    with running_site(folder / "drive", port, backup=drive.settings) as running:
        yield running


def test_a_drive_is_connected_used_and_disconnected(
    site: Site, drive: Drive, browser: Visitor
) -> None:
    name = site.new_user("notes.txt")
    browser.holds_a_phone()
    site.sign_in(browser, name)
    browser.reads("#status-title", "No Google Drive is connected")
    browser.clicks("a[href$='/drive/connect']")
    browser.clicks("button[name=allow][value=yes]")
    browser.reads("h1", "Google Drive is connected")
    browser.reads("main", EMAIL)
    browser.clicks("#save")
    browser.reads("#status-title", "All files are saved")
    assert "notes.txt" in "".join(drive.tree())
    assert browser.browser.execute_script("return document.documentElement.scrollWidth") <= 390

    browser.clicks("section[aria-labelledby=drive-title] summary")
    browser.clicks("form[action$='/drive/disconnect'] button")
    browser.reads("h1", "Google Drive is disconnected")
    assert site.bridge.api("GET", f"users/{name}/drive").status_code == 404
    assert "notes.txt" in "".join(drive.tree())
    browser.opens(f"{site.hub.url}{PAGES}users/{name}")
    browser.reads("#status-title", "No Google Drive is connected")


def test_who_does_not_consent_reads_how_to_go_on(site: Site, browser: Visitor) -> None:
    site.sign_in(browser, site.new_user())
    browser.clicks("a[href$='/drive/connect']")
    browser.clicks("button[name=allow][value=no]")
    browser.reads("[role=alert]", "Google Drive was not connected")
    browser.reads("[role=alert]", "Start again from Homeport's page")
