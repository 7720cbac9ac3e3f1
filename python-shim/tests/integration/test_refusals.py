"""What is refused or fails, and where the user reads why."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from stage import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.person import Person

MISSING = "homeport-test/missing:1"


@contextmanager
def signed_in(person: Person) -> Iterator[httpx.Client]:
    """A browser in which the person has signed in to the hub."""
    with httpx.Client(base_url=person.hub.url, follow_redirects=True, timeout=SECONDS) as browser:
        browser.get("/hub/login")
        form = {"username": person.name, "password": person.hub.password, "_xsrf": xsrf(browser)}
        browser.post("/hub/login", data=form, params={"next": "/hub/home"}).raise_for_status()
        yield browser


def xsrf(browser: httpx.Client) -> str:
    return browser.cookies.get("_xsrf", path="/hub/") or ""


def refusal(person: Person, options: Any) -> tuple[int, str]:
    answer = person.hub.api("POST", f"users/{person.name}/server", json=options)
    return answer.status_code, str(answer.json()["message"])


@pytest.mark.parametrize("nested", [False, True])
def test_an_image_that_is_not_allowed_is_refused_by_rest(person: Person, *, nested: bool) -> None:
    options: dict[str, Any] = {"image": "evil/miner:latest"}
    status, message = refusal(person, {"user_options": options} if nested else options)
    assert status == 403
    assert "evil/miner:latest" in message
    assert "reference" in message
    assert person.containers() == {}


@pytest.mark.parametrize("options", [{"image": 5}, {"image": ["a"]}, {"image": ""}, {"image": {}}])
def test_an_image_of_a_wrong_type_is_refused_with_its_field(
    person: Person, options: dict[str, Any]
) -> None:
    status, message = refusal(person, options)
    assert status == 400
    assert "user_options.image" in message


@pytest.mark.parametrize("options", [["a"], "a", 5])
def test_options_that_are_no_object_are_refused_and_do_no_harm(
    person: Person, options: Any
) -> None:
    status, _ = refusal(person, options)
    assert status == 400
    person.start(image="homeport-test/tiny:1")
    assert len(person.containers()) == 1


def test_a_name_that_is_no_image_is_refused(person: Person) -> None:
    status, message = refusal(person, {"image": "No Image!"})
    assert status == 400
    assert "No Image!" in message


def test_a_failed_start_is_explained_where_the_user_looks(person: Person) -> None:
    with signed_in(person) as browser:
        with pytest.raises(httpx.HTTPStatusError):
            person.start(image=MISSING)
        last = list(person.hub.progress(person.name))[-1]
        assert last["failed"]
        assert MISSING in last["message"]
        assert "Reference" in last["html_message"]
        page = browser.get(f"/hub/spawn-pending/{person.name}").text
        assert MISSING in page
        assert "Your files are safe." in page
        assert "Reference: <code>" in page
    assert person.containers() == {}


def test_the_options_form_offers_the_environments_that_are_present(person: Person) -> None:
    with signed_in(person) as browser:
        page = browser.get("/hub/spawn").text
        assert 'value="homeport-test/tiny:1"' in page
        assert "ready to start" in page


def test_the_form_starts_what_was_chosen(person: Person) -> None:
    with signed_in(person) as browser:
        page = browser.get("/hub/spawn")
        form = {"image": "homeport-test/tiny:1"}
        browser.post(page.url, data=form, params={"_xsrf": xsrf(browser)})
    assert list(person.hub.progress(person.name))[-1]["ready"]
    assert [server["image"] for server in person.servers()] == ["homeport-test/tiny:1"]
