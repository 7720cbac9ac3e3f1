"""A new administrator who does what the guides say has a hub whose users can start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jupyterhub_homeport import tljh_plugin

ROOT = Path(__file__).parents[2]
QUICK_STARTS = ["README.md", "docs/how-to/install.md", "docs/how-to/tljh.md"]


def text_of(guide: str) -> str:
    return (ROOT / guide).read_text(encoding="utf-8")


@pytest.mark.parametrize("guide", [*QUICK_STARTS, "docs/how-to/add-an-environment.md"])
def test_the_first_image_that_a_guide_allows_is_fetched_by_the_first_start(guide: str) -> None:
    first, *_ = re.findall(r'images: \["([^"]+)"', text_of(guide))
    assert "*" not in first
    assert ":" in first


@pytest.mark.parametrize("guide", QUICK_STARTS)
def test_a_quick_start_names_no_data_that_a_fresh_host_lacks(guide: str) -> None:
    sources = re.findall(r"\{source: /.*\}", text_of(guide))
    assert all("optional: true" in source for source in sources)


def test_the_settings_in_the_guide_are_those_of_tljhs_plugin_with_an_image() -> None:
    page = text_of("docs/how-to/tljh.md")
    guide = re.search(r"```yaml\n(accounts:.*?)```", page, re.DOTALL)
    assert guide is not None
    named = re.sub(r"images: .*", "images: []", guide[1])
    assert named == re.sub(r" +#.*", "", tljh_plugin.SETTINGS)
