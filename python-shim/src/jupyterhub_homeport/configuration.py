"""How this hub reaches its bridge: the settings that the spawner and the hook share."""

from __future__ import annotations

import os
from pathlib import Path

from traitlets import Bool, Float, Unicode, default
from traitlets.config import Configurable

from ._exceptions import HomeportError
from .client import BridgeClient


class Homeport(Configurable):
    """The way to the bridge; ``c.Homeport.…`` sets it for the spawner and the hook alike."""

    bridge_url = Unicode(
        "http://127.0.0.1:8787",
        config=True,
        help="Where the bridge listens: http://127.0.0.1:8787 or unix:///run/homeport/bridge.sock.",
    )

    token = Unicode(
        config=True,
        help="""The bridge's token for this hub, of scope hub: `homeport token create --scope hub`.

        Default: the environment variable HOMEPORT_TOKEN, then `token_file`.
        """,
    )

    token_file = Unicode(
        config=True,
        help="A file that holds the token; read at every use, so that the token can be changed.",
    )

    bridge_patience = Float(
        30.0,
        min=0,
        config=True,
        help="Seconds that a start or stop waits for a bridge that does not answer.",
    )

    drive_from_sign_in = Bool(
        False,
        config=True,
        help="""Hand the user's grant for Google Drive to the bridge when a server starts: no second
        consent is asked. For hubs whose GoogleOAuthenticator keeps auth_state.
        """,
    )

    @default("token")
    def _default_token(self) -> str:
        return os.environ.get("HOMEPORT_TOKEN", "")

    def _bridge(self, patience: float | None = None) -> BridgeClient:
        return BridgeClient(
            self.bridge_url,
            self._token(),
            patience=self.bridge_patience if patience is None else patience,
        )

    def _token(self) -> str:
        return self.token or self._token_from_file()

    def _token_from_file(self) -> str:
        remedy = "Make one with `homeport token create --scope hub`."
        if not self.token_file:
            raise HomeportError(
                "no-token",
                "The hub has no token for Homeport's bridge.",
                f"{remedy} Then set c.Homeport.token_file.",
            )
        try:
            return Path(self.token_file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:  # the latter: not UTF-8, or not a path
            raise HomeportError(
                "no-token",
                f"The hub cannot read its token for Homeport's bridge: {error}.",
                remedy,
            ) from error
