from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from jupyterhub_homeport._exceptions import RequestRefused
from jupyterhub_homeport.options import environments_form, image_from, options_from_form
from jupyterhub_homeport.values import Environment

HERE = Environment("here:1", present=True, size=618_659_840)
AWAY = Environment("away:1", present=False)
HOSTILE = Environment('"><script>alert(1)</script>', present=True, size=5_300_000_000)


class Form(HTMLParser):
    """The inputs of a form, and the text that a person reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inputs: list[dict[str, str | None]] = []
        self.labels: list[str | None] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "input":
            self.inputs.append(dict(attrs))
        if tag == "label":
            self.labels.append(dict(attrs)["for"])

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("options", "image"),
    [
        (None, ""),
        ({}, ""),
        ({"image": None}, ""),
        ({"user_options": None}, ""),
        ({"image": " a:1 "}, "a:1"),
        ({"user_options": {"image": "a:1"}}, "a:1"),
        ({"image": "a:1", "user_options": {"image": "b:1"}}, "a:1"),
        ({"a field": "of the site's own"}, ""),
    ],
)
def test_the_image_is_found_where_it_may_be(options: Any, image: str) -> None:
    assert image_from(options) == image


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ([], "user_options is []"),
        ("a:1", "user_options is 'a:1'"),
        (True, "user_options is True"),
        ({"user_options": []}, "user_options is []"),
        ({"image": ["a:1"]}, "user_options.image is ['a:1']"),
        ({"image": {"name": "a"}}, "user_options.image is {'name': 'a'}"),
        ({"image": ""}, "user_options.image is ''"),
        ({"image": False}, "user_options.image is False"),
    ],
)
def test_a_wrong_type_is_refused_with_its_field(options: Any, field: str) -> None:
    with pytest.raises(RequestRefused) as raised:
        image_from(options)
    assert field in raised.value.message
    assert raised.value.remedy


def test_a_long_value_is_not_repeated_whole() -> None:
    with pytest.raises(RequestRefused) as raised:
        image_from("x" * 10_000)
    assert len(raised.value.message) < 200


def test_form_fields_of_the_site_keep_their_lists() -> None:
    assert options_from_form({"image": ["a:1"], "tools": ["x", "y"]}) == {
        "image": "a:1",
        "tools": ["x", "y"],
    }


def test_each_environment_is_a_labelled_radio_button_of_one_group() -> None:
    form = Form(environments_form([HERE, AWAY], preferred="away:1"))
    assert [i["value"] for i in form.inputs] == ["here:1", "away:1"]
    assert {(i["type"], i["name"]) for i in form.inputs} == {("radio", "image")}
    assert [i["id"] for i in form.inputs] == form.labels
    assert ["checked" in i for i in form.inputs] == [False, True]
    assert {"fieldset", "legend"} <= form.tags


def test_the_form_says_what_is_present_and_how_large() -> None:
    text = Form(environments_form([HERE, AWAY, HOSTILE], preferred="")).text
    assert "ready to start, 590 MiB" in text
    assert "downloaded at its first start" in text
    assert "4.9 GiB" in text


def test_a_hostile_name_stays_text() -> None:
    form = Form(environments_form([HOSTILE], preferred=""))
    assert "script" not in form.tags
    assert form.inputs[0]["value"] == HOSTILE.image
