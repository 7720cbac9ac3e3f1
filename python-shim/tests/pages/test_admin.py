"""The administrator's pages, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from integration.person import TINY
from pages.site import CHIEF, PAGES
from stage import docker, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.visitor import Visitor
    from pages.registry import Registry
    from pages.site import Site

BACKGROUND = "return getComputedStyle(document.querySelector('main td')).backgroundColor"


def rows(browser: Visitor, table: str) -> list[str]:
    """What the first cells of a table say."""
    cells = browser.browser.find_elements(By.CSS_SELECTOR, f"{table} tbody td:first-child")
    return [cell.text for cell in cells]


def test_servers_are_seen_stopped_and_forgotten(site: Site, browser: Visitor) -> None:
    name = site.new_user()
    site.start(name)
    site.sign_in(browser, CHIEF, "admin")
    browser.reads("#servers", name)
    browser.reads("#servers", TINY)
    browser.clicks(f"button[aria-label='Stop the server {name}']")
    browser.clicks(f"button[aria-label='Forget the server {name}']")
    asked = f"servers/{name}"
    wait_until(lambda: site.bridge.api("GET", asked).status_code == 404, "it is forgotten")
    browser.opens(f"{site.hub.url}{PAGES}admin")
    assert name not in browser.sees("#servers").text


def test_the_backups_of_all_are_found_sorted_and_begun(site: Site, browser: Visitor) -> None:
    saved, unsaved = site.new_user("notes.txt"), site.new_user("notes.txt")
    site.save(saved)
    site.sign_in(browser, CHIEF, f"admin/homes?find={saved}")
    browser.reads("#count", "1 of ")
    wait_until(lambda: site.size(saved) is not None, f"the home of {saved} is measured")
    browser.opens(f"{site.hub.url}{PAGES}admin/homes?find={saved}")
    browser.reads("#homes", "measured")
    assert rows(browser, "#homes") == [saved]
    browser.opens(f"{site.hub.url}{PAGES}admin/homes?sort=saved")
    names = rows(browser, "#homes")
    assert names.index(unsaved) < names.index(saved)
    browser.clicks("#homes th[aria-sort=ascending] a")
    browser.sees("#homes th[aria-sort=descending]")
    names = rows(browser, "#homes")
    assert names.index(saved) < names.index(unsaved)
    browser.clicks("#show option[value=never]")
    browser.clicks("#filter")
    browser.sees("#show option[value=never][selected]")
    browser.sees("#homes th[aria-sort=descending]")
    assert saved not in rows(browser, "#homes")
    browser.clicks(f"button[aria-label='Save the home of {unsaved} now']")
    browser.reads("h1", unsaved)
    browser.reads("#status-title", "All files are saved")
    assert site.last_save(unsaved)["startedBy"] == CHIEF


@pytest.fixture
def used(registry: Registry) -> Iterator[str]:
    """An image that is here, and that no other test needs."""
    name = f"{registry.host}/used:1"
    docker("tag", TINY, name)
    yield name
    if docker("images", "--quiet", name):
        docker("rmi", name)


def test_an_environment_is_fetched_and_removed(
    site: Site, browser: Visitor, registry: Registry
) -> None:
    site.sign_in(browser, CHIEF, "admin/environments")
    browser.types("#image", registry.image)
    browser.clicks("#fetch")
    browser.reads("#fetches", " of 293 KiB")
    registry.released.set()
    browser.reads("#fetches", "fetched")
    browser.reads("#offer", registry.image)
    browser.clicks(f"summary[aria-label='Remove {registry.image}']")
    browser.clicks(f"button[aria-label='Remove {registry.image} from this machine']")
    wait_until(lambda: not docker("images", "--quiet", registry.image), "it is removed")
    browser.opens(f"{site.hub.url}{PAGES}admin/environments")
    assert registry.image not in rows(browser, "#offer")


def test_an_environment_in_use_stays(site: Site, browser: Visitor, used: str) -> None:
    name = site.new_user()
    site.start(name, used)
    site.sign_in(browser, CHIEF, "admin/environments")
    browser.clicks(f"summary[aria-label='Remove {used}']")
    browser.clicks(f"button[aria-label='Remove {used} from this machine']")
    browser.reads("[role=alert]", f"is in use by {name}.")
    assert docker("images", "--quiet", used)
    site.bridge.api("DELETE", f"servers/{name}").raise_for_status()


def test_a_student_is_refused(site: Site, browser: Visitor) -> None:
    name = site.new_user()
    site.sign_in(browser, name)
    assert not browser.browser.find_elements(By.CSS_SELECTOR, "a[href$='/admin']")
    status = "return performance.getEntriesByType('navigation')[0].responseStatus"
    for page in ("admin", "admin/environments", "admin/homes"):
        browser.opens(f"{site.hub.url}{PAGES}{page}")
        browser.reads("[role=alert]", "This page is for Homeport's administrators.")
        assert browser.browser.execute_script(status) == 403


def test_keys_are_enough_for_administrators(site: Site, browser: Visitor) -> None:
    name = site.new_user("notes.txt")
    site.sign_in(browser, CHIEF, f"admin/homes?find={name}")
    for wanted in ("Failed since", f"Save the home of {name} now"):
        for _ in range(30):
            browser.presses(Keys.TAB)
            active = browser.browser.switch_to.active_element
            if wanted in (active.text, active.get_attribute("aria-label")):
                break
        browser.presses(Keys.ENTER)
        if wanted == "Failed since":
            browser.sees("#homes th[aria-sort=descending]")
    browser.reads("#status-title", "All files are saved")


def test_a_phone_shows_administration_in_its_width_dark_or_light(
    site: Site, browser: Visitor
) -> None:
    name = site.new_user("notes.txt")
    site.save(name)
    site.start(name)
    browser.holds_a_phone()
    site.sign_in(browser, CHIEF, "admin")
    browser.clicks("#theme")
    for page in ("admin", "admin/environments", "admin/homes"):
        browser.opens(f"{site.hub.url}{PAGES}{page}")
        browser.sees("main td.name")
        assert browser.browser.execute_script("return document.documentElement.scrollWidth") <= 390
        assert browser.browser.execute_script(BACKGROUND) == "rgb(33, 37, 41)"
    site.bridge.api("DELETE", f"servers/{name}").raise_for_status()
