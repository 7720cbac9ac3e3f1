"""The grant of the hub's sign-in, as oauthenticator's GoogleOAuthenticator keeps it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import pytest
from dockerspawner import DockerSpawner

from jupyterhub_homeport import drive_grant, homeport_hook
from jupyterhub_homeport._exceptions import HomeportError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_bridge import FakeBridge

DRIVE = "https://www.googleapis.com/auth/drive.file"
TOKEN = "1//the-grant"  # noqa: S105


def signed_in(**changes: Any) -> dict[str, Any]:
    """What GoogleOAuthenticator 17 returns, with changes."""
    answer = {
        "access_token": "ya29.short",
        "expires_in": 3599,
        "refresh_token": TOKEN,
        "scope": f"openid https://www.googleapis.com/auth/userinfo.email {DRIVE}",
        "token_type": "Bearer",
        "id_token": "e30.e30.e30",
    }
    return {
        "access_token": answer["access_token"],
        "refresh_token": answer["refresh_token"],
        "id_token": answer["id_token"],
        "scope": str(answer["scope"]).split(" "),
        "token_response": answer,
        "google_user": {"email": "ada@example.org", "google_groups": []},
        **changes,
    }


async def start(spawner: Any, auth_state: Any) -> None:
    """Start as the hub does for a user with this auth_state, to the end of what that begins."""

    async def get_auth_state() -> Any:
        return auth_state

    spawner.user.get_auth_state = get_auth_state
    if isinstance(spawner, DockerSpawner):
        await homeport_hook(spawner)
    else:
        await spawner.start()
    await asyncio.gather(*drive_grant._under_way)


@pytest.fixture(params=["spawner", "hook"])
def ask(request: pytest.FixtureRequest, new_spawner: Callable[..., Any]) -> Callable[..., Any]:
    """Make a spawner of either way; ``wanted`` is the site's setting."""

    def make(*, wanted: bool = True) -> Any:
        setting = {"drive_from_sign_in": wanted}
        if request.param == "hook":
            return new_spawner(spawner_class=DockerSpawner, hook=setting)
        return new_spawner(**setting)

    return make


async def test_the_grant_is_handed_over(bridge: FakeBridge, ask: Callable[..., Any]) -> None:
    spawner = ask()
    await start(spawner, signed_in())
    assert bridge.grants == [("ada", TOKEN)]
    assert TOKEN not in str(bridge.posts)
    assert TOKEN not in str(spawner.get_env())


async def test_nothing_is_handed_over_unless_the_site_wants_it(
    bridge: FakeBridge, ask: Callable[..., Any]
) -> None:
    await start(ask(wanted=False), signed_in())
    assert bridge.grants == []


@pytest.mark.parametrize(
    ("auth_state", "remedy"),
    [
        (None, "JUPYTERHUB_CRYPT_KEY"),
        (signed_in(refresh_token=None), "offline"),
        (signed_in(scope=["openid"]), "drive.file"),
        (signed_in(scope=None), "drive.file"),
    ],
)
async def test_a_sign_in_without_a_grant_starts_the_server_and_says_what_to_do(
    bridge: FakeBridge,
    ask: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    auth_state: Any,
    remedy: str,
) -> None:
    with caplog.at_level(logging.WARNING):
        await start(ask(), auth_state)
    assert bridge.posts
    assert bridge.grants == []
    assert remedy in caplog.text


async def test_a_refused_grant_is_no_matter_of_the_start(
    bridge: FakeBridge, ask: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    bridge.grant_refusal = {"status": 409, "message": "Not from here.", "remedy": "One client id."}
    with caplog.at_level(logging.DEBUG):
        await start(ask(), signed_in())
    assert bridge.posts
    assert "Not from here. One client id." in caplog.text
    assert TOKEN not in caplog.text


def test_scopes_are_understood_as_one_text_too() -> None:
    assert drive_grant.refresh_token(signed_in(scope=f"openid {DRIVE}")) == TOKEN
    with pytest.raises(HomeportError):
        drive_grant.refresh_token(signed_in(scope=f"openid {DRIVE}.readonly"))
