"""A user's own pages, in a browser, as people use them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.keys import Keys

from pages.site import PAGES
from stage import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from integration.visitor import Visitor
    from pages.site import Site

LONG = "course/" + "a-long-name-" * 12 + ".txt"


def test_a_user_signs_in_through_the_hub_and_saves_now(site: Site, browser: Visitor) -> None:
    name = site.new_user("notes.txt")
    site.sign_in(browser, name)
    assert urlsplit(browser.browser.current_url).path == f"{PAGES}users/{name}"
    browser.reads("#status-title", "Not saved yet")
    browser.clicks("#save")
    browser.reads("#status-title", "All files are saved")
    browser.reads("#runs", f"started by {name}")
    assert site.last_save(name)["startedBy"] == name


def test_progress_is_seen_without_loading_the_page_again(site: Site, browser: Visitor) -> None:
    name = site.new_user("notes.txt")
    big = site.homes / name / "big.bin"
    with big.open("wb") as sparse:
        sparse.truncate(300 << 20)
    big.chmod(0o644)
    site.sign_in(browser, name)
    browser.clicks("#save")
    browser.sees("#bar")
    browser.browser.execute_script("window.stayed = true")
    browser.reads("#status-title", "All files are saved")
    assert browser.browser.execute_script("return window.stayed")
    browser.reads("#runs", "sent")


def test_a_file_is_brought_back_from_the_pages(site: Site, browser: Visitor) -> None:
    name = site.new_user("course/a.txt", "course/b.txt")
    site.save(name)
    (site.homes / name / "course/a.txt").unlink()
    site.sign_in(browser, name, "users/" + name + "/files")
    browser.clicks("#files a[href*='path=course']")
    browser.clicks("a[aria-label='Restore a.txt']")
    browser.reads("#would", "1 file, 5 bytes into restored-")
    browser.clicks("label[for=old]")
    browser.reads("#would", "to the original place")
    browser.clicks("label[for=new]")
    browser.reads("#would", "into restored-")
    browser.clicks("#restore")
    browser.reads("#result", "done")
    browser.reads("#notes", "restored-")
    assert [f.read_text() for f in (site.homes / name).glob("restored-*/course/*")] == ["first"]
    assert not (site.homes / name / "course/a.txt").exists()


def test_an_older_version_is_brought_back(site: Site, browser: Visitor) -> None:
    name = site.new_user("notes.txt")
    site.save(name)
    (site.homes / name / "notes.txt").write_text("second thoughts")
    site.save(name)
    site.sign_in(browser, name, f"users/{name}/files")
    browser.clicks("a[aria-label='Versions of notes.txt']")
    browser.reads("#versions tbody tr:first-child", "15 bytes")
    browser.clicks("#versions tbody tr:last-child a")
    browser.reads("#would", "1 file, 5 bytes into restored-")
    browser.clicks("#restore")
    browser.reads("#result", "done")
    assert [f.read_text() for f in (site.homes / name).glob("restored-*/notes.txt")] == ["first"]
    assert (site.homes / name / "notes.txt").read_text() == "second thoughts"


def test_the_whole_home_is_downloaded(site: Site, browser: Visitor, tmp_path: Path) -> None:
    name = site.new_user("course/a.txt")
    site.sign_in(browser, name)
    browser.browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    browser.clicks("a[href$='/download']")
    wait_until((tmp_path / "home.zip").exists, "the zip is there")
    with zipfile.ZipFile(tmp_path / "home.zip") as home:
        assert home.read(f"{name}/course/a.txt") == b"first"


def test_nobody_sees_the_home_of_somebody_else(site: Site, browser: Visitor) -> None:
    theirs, mine = site.new_user("secret.txt"), site.new_user()
    site.sign_in(browser, mine, f"users/{theirs}/files")
    browser.reads("#main", "This page is for Homeport's administrators.")


def test_signing_out_of_the_hub_signs_out_of_the_pages(site: Site, browser: Visitor) -> None:
    name = site.new_user()
    site.sign_in(browser, name)
    browser.clicks("a[href$='/hub/logout']")
    browser.sees("#login-main, #login_submit, a[href*='login']")
    browser.opens(site.hub.url + PAGES)
    browser.sees("#username_input")


def test_keys_are_enough(site: Site, browser: Visitor) -> None:
    site.sign_in(browser, site.new_user("notes.txt"))
    for _ in range(20):
        browser.presses(Keys.TAB)
        if browser.browser.switch_to.active_element.get_attribute("id") == "save":
            break
    browser.presses(Keys.ENTER)
    browser.reads("#status-title", "All files are saved")


@pytest.mark.parametrize(
    "page",
    ["", "/files?path=course", f"/versions?path={LONG}", "/restore?path=&run=", "/runs/"],
)
def test_a_phone_shows_everything_in_its_width(site: Site, browser: Visitor, page: str) -> None:
    name = site.new_user(LONG)
    site.save(name)
    if page.endswith(("=", "/")):
        page += str(site.last_save(name)["number"])
    browser.holds_a_phone()
    site.sign_in(browser, name, f"users/{name}{page}")
    assert browser.browser.execute_script("return document.documentElement.scrollWidth") <= 390


def test_the_pages_are_as_dark_as_the_hub(site: Site, browser: Visitor) -> None:
    site.sign_in(browser, site.new_user())
    dark = "return document.documentElement.dataset.bsTheme"
    assert browser.browser.execute_script(dark) == "light"
    browser.clicks("#theme")
    assert browser.browser.execute_script(dark) == "dark"
    browser.opens(site.hub.url + "/hub/home")
    assert browser.browser.execute_script(dark) == "dark"
