"""Someone with a browser."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import (
    element_to_be_clickable,
    text_to_be_present_in_element,
)
from selenium.webdriver.support.ui import WebDriverWait

from stage import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webelement import WebElement

FLAGS = [
    "--headless=new",
    "--no-sandbox",  # it runs as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1280,900",
]


class Visitor:
    """Finds things on the page by what they are, and waits for them as people do."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser
        # In the middle of a page's change, Chromium has many names for what is not there.
        self._patience = WebDriverWait(browser, SECONDS, 0.1, [WebDriverException])

    def opens(self, url: str) -> None:
        self.browser.get(url)

    def sees(self, css: str) -> WebElement:
        return self._patience.until(element_to_be_clickable((By.CSS_SELECTOR, css)), f"no {css}")

    def reads(self, css: str, text: str) -> None:
        """Waits until an element says that."""
        self._patience.until(
            text_to_be_present_in_element((By.CSS_SELECTOR, css), text), f"no '{text}' in {css}"
        )

    def clicks(self, css: str) -> None:
        """Also when the page changes just then: what is gone was not clicked."""

        def clicked(_: webdriver.Chrome) -> bool:
            self.sees(css).click()
            return True

        WebDriverWait(
            self.browser, SECONDS, ignored_exceptions=[StaleElementReferenceException]
        ).until(clicked, f"no {css} to click")

    def presses(self, key: str) -> None:
        """One key, wherever the focus is."""
        ActionChains(self.browser).send_keys(key).perform()

    def holds_a_phone(self) -> None:
        """From now on the window is as wide as a phone's."""
        self.browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
        )

    def types(self, css: str, text: str) -> None:
        self.sees(css).send_keys(text)

    def reads_until_in(self, path: str, css: str) -> list[str]:
        """What the elements said, in order of appearance, until the page was one in the path."""
        said: dict[str, None] = {}

        def arrived(browser: webdriver.Chrome) -> bool:
            script = (
                f"return [...document.querySelectorAll('{css}')].map(e => e.textContent.trim())"
            )
            said.update(dict.fromkeys(browser.execute_script(script)))
            return urlsplit(browser.current_url).path.startswith(path)

        self._patience.until(arrived, f"not in {path}")
        return list(said)


@contextmanager
def visitor(profile: Path) -> Iterator[Visitor]:
    """A visitor with Chromium and its driver, both from the system: nothing is downloaded."""
    options = webdriver.ChromeOptions()
    for flag in [*FLAGS, f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    browser = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    try:
        yield Visitor(browser)
    finally:
        browser.quit()
