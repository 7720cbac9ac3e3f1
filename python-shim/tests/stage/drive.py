"""A pretended Google Drive: the one of the bridge's tests, in a process of its own."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from stage.bridge import ROOT
from stage.service import Service, free_port

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Self

CLASSPATH = ROOT / "build/drive-classpath"
MAIN = "org.homeport.bridge.remote.drive.fake.FakeDriveMain"
SCOPE = "https://www.googleapis.com/auth/drive.file"
CLIENT = {"client_id": "homeport.apps.example", "client_secret": "not-so-secret"}


class Drive:
    """Runs in ``folder``; its users have one account each, whose address is an ``email``.

    A consent leads back to the ``hub``. Whoever reads the address it leads to needs none there.
    """

    def __init__(self, folder: Path, *emails: str, hub: str = "") -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        hub = hub or f"http://127.0.0.1:{free_port()}"
        self.redirect = f"{hub}/services/homeport/drive"
        folder.mkdir(parents=True, exist_ok=True)
        self._secret = folder / "google.secret"
        self._secret.touch(mode=0o600)
        self._secret.write_text(CLIENT["client_secret"])
        if not CLASSPATH.exists():
            msg = f"{CLASSPATH} is missing: run script/tools drive."
            raise FileNotFoundError(msg)
        command = ["java", "-Xmx256m", MAIN, f"--port={urlsplit(self.url).port}"]
        command += [f"--redirect={self.redirect}", *(f"--account={email}" for email in emails)]
        environment = {"CLASSPATH": CLASSPATH.read_text()}
        self.service = Service(command, folder / "drive.log", environment)

    def __enter__(self) -> Self:
        self.service.start(self._answers)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.service.stop()

    @property
    def settings(self) -> dict[str, Any]:
        """The bridge's section ``backup`` that saves to this Drive when somebody asks."""
        return {
            "remote": "drive",
            "after-stop": False,
            "drive": {
                "client-id": CLIENT["client_id"],
                "client-secret-file": str(self._secret),
                "redirect": self.redirect,
                "google": self.url,
            },
        }

    def consent(self, page: str, email: str, scope: str = SCOPE) -> dict[str, str]:
        """Allow it in Google's page; return what the way back tells: ``state`` and ``code``."""
        form = {"allow": "yes", "account": email, "scope": scope}
        back = httpx.post(page, data=form).headers["Location"]
        return dict(parse_qsl(urlsplit(back).query))

    def sign_in(self, email: str, scope: str = SCOPE) -> dict[str, Any]:
        """Return what a client gets from Google whose user consents."""
        asked = {
            "client_id": CLIENT["client_id"],
            "redirect_uri": self.redirect,
            "response_type": "code",
            "access_type": "offline",
        }
        told = self.consent(f"{self.url}/o/oauth2/v2/auth?{httpx.QueryParams(asked)}", email, scope)
        exchange = {
            **CLIENT,
            "grant_type": "authorization_code",
            "code": told["code"],
            "redirect_uri": self.redirect,
        }
        answer = httpx.post(f"{self.url}/token", data=exchange).raise_for_status()
        granted: dict[str, Any] = answer.json()
        return granted

    def tree(self) -> list[str]:
        """Return what the page shows that people open at ``url``: a line for each file."""
        page = httpx.get(f"{self.url}/").raise_for_status().text
        rows = re.findall(r'<td style="padding-left:(\d+)em">(.*?)<td>', page)
        names = [(int(depth), re.sub("<[^>]*>", "", name)) for depth, name in rows]
        return ["  " * depth + html.unescape(name) for depth, name in names]

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/").is_success
        except httpx.TransportError:
            return False
