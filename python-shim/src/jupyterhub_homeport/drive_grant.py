"""A user's right for Google Drive, from the hub's sign-in to the bridge: no second consent."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ._exceptions import HomeportError

if TYPE_CHECKING:
    from .configuration import Homeport

SCOPE = "https://www.googleapis.com/auth/drive.file"

# The event loop itself would let go of a task that nobody else holds.
_under_way: set[asyncio.Task[None]] = set()


def offer_grant(homeport: Homeport, spawner: Any) -> None:
    """Hand the user's grant over, where the site wants it.

    The server's start neither waits for it nor fails with it.
    """
    if homeport.drive_from_sign_in:
        task = asyncio.ensure_future(_hand_over(homeport, spawner))
        _under_way.add(task)
        task.add_done_callback(_under_way.discard)


async def _hand_over(homeport: Homeport, spawner: Any) -> None:
    try:
        token = refresh_token(await spawner.user.get_auth_state())
        await homeport._bridge().hand_over_grant(spawner.user.name, token)
    except HomeportError as error:
        spawner.log.warning(
            "The sign-in of %s does not connect their Google Drive: %s", spawner.user.name, error
        )


def refresh_token(auth_state: Any) -> str:
    """Return the lasting part of a grant for Drive, as GoogleOAuthenticator keeps it.

    Raises ``HomeportError`` when there is none; a grant for anything else stays in the hub.
    """
    if not auth_state:
        raise HomeportError(
            "no-auth-state",
            "The hub keeps no auth_state of them.",
            "Set c.Authenticator.enable_auth_state = True and the variable JUPYTERHUB_CRYPT_KEY;"
            " it is kept from the next sign-in on.",
        )
    scope = auth_state.get("scope") or []
    if SCOPE not in (scope.split() if isinstance(scope, str) else scope):
        raise HomeportError(
            "scope-missing",
            "Google Drive was not allowed when they signed in.",
            f"Add {SCOPE} to c.GoogleOAuthenticator.scope; the box for Drive stays ticked or not as"
            " the user wants.",
        )
    token = auth_state.get("refresh_token")
    if not token:
        raise HomeportError(
            "no-refresh-token",
            "Google gave the hub no lasting grant.",
            "Set c.GoogleOAuthenticator.extra_authorize_params ="
            ' {"access_type": "offline", "prompt": "consent"}.',
        )
    return str(token)
