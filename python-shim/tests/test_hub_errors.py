from __future__ import annotations

import jupyterhub
import pytest
from tornado import web

from jupyterhub_homeport._exceptions import (
    BridgeUnavailable,
    HomeportError,
    RequestRefused,
    StartFailed,
)
from jupyterhub_homeport.hub_errors import shown_by_hub

HUB = int(jupyterhub.__version__.split(".")[0])


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RequestRefused("image-not-allowed", "No.", status=403), 403),
        (RequestRefused("bad-request", "No."), 400),
        (RequestRefused("bad-token", "No.", status=401), 500),
        (BridgeUnavailable("engine-unavailable", "Later."), 503),
        (StartFailed("out-of-memory", "Too big."), 500),
        (HomeportError("internal", "A bug."), 500),
    ],
)
def test_the_status_says_whose_turn_it_is(error: HomeportError, status: int) -> None:
    with pytest.raises(web.HTTPError) as raised, shown_by_hub():
        raise error
    assert raised.value.status_code == status
    assert raised.value.__cause__ is error


def test_a_message_with_percent_signs_stays_as_it_is() -> None:
    with pytest.raises(web.HTTPError, match="disk is 100%s full") as raised, shown_by_hub():
        raise StartFailed("no-space", "The disk is 100%s full.")
    assert raised.value.get_message() == "The disk is 100%s full."


def test_jupyterhub_6_gets_its_own_exception() -> None:
    with pytest.raises(web.HTTPError) as raised, shown_by_hub():
        raise StartFailed("out-of-memory", "Too <big>.")
    assert type(raised.value).__name__ == ("SpawnException" if HUB >= 6 else "HTTPError")
    assert getattr(raised.value, "message_html", "Too &lt;big&gt;.") == "Too &lt;big&gt;."
