"""The way of a new user through the pages, as a person walks it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import element_to_be_clickable
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

    from stage import Hub

USER = "ada"
FOLDER = "homeport-test-notebook-1"


class Visitor:
    """Finds things on the page by what they are, and waits for them as people do."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def sees(self, css: str) -> WebElement:
        return WebDriverWait(self.browser, 60).until(
            element_to_be_clickable((By.CSS_SELECTOR, css)), f"no {css}"
        )

    def clicks(self, css: str) -> None:
        self.sees(css).click()

    def types(self, css: str, text: str) -> None:
        self.sees(css).send_keys(text)

    def reads_until_in(self, path: str, css: str) -> list[str]:
        """What the elements said, in order of appearance, until the page was one in the path."""
        said: dict[str, None] = {}

        def arrived(browser: Chrome) -> bool:
            script = (
                f"return [...document.querySelectorAll('{css}')].map(e => e.textContent.trim())"
            )
            said.update(dict.fromkeys(browser.execute_script(script)))
            return urlsplit(browser.current_url).path.startswith(path)

        WebDriverWait(self.browser, 60, poll_frequency=0.05).until(arrived, f"not in {path}")
        return list(said)


@pytest.mark.timeout(180)
def test_a_user_signs_in_starts_a_server_and_keeps_a_file(
    hub: Hub, browser: Chrome, homes: Path
) -> None:
    ada = Visitor(browser)
    browser.get(f"{hub.url}/hub/login")
    ada.types("#username_input", USER)
    ada.types("#password_input", hub.password)
    ada.clicks("#login_submit")

    ada.clicks("input[name=image][value='homeport-test/notebook:1']")
    ada.clicks("#spawn_form [type=submit]")
    messages = ada.reads_until_in(f"/user/{USER}/", ".progress-log-event")
    assert any(FOLDER in message for message in messages), messages

    ada.sees(".jp-DirListing-item[title^='Name: README.md']")
    ada.clicks(".jp-LauncherCard[title='Create a new text file']")
    ada.sees(".jp-DirListing-item[title^='Name: untitled.txt']")

    made, home = (homes / USER / FOLDER / "untitled.txt").stat(), (homes / USER).stat()
    assert (made.st_uid, made.st_gid) == (home.st_uid, home.st_gid)
    assert made.st_uid >= 70000
