"""The spawner: JupyterHub's words for what the bridge does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jupyterhub.spawner import Spawner
from jupyterhub.utils import url_path_join
from traitlets import Any as AnyTrait
from traitlets import Unicode, default

from ._exceptions import BridgeUnavailable, HomeportError, RequestRefused, ServerUnknown
from .client import Pauses
from .configuration import Homeport
from .doorway import DOORWAY, is_needed_by, only_this_machine_reaches
from .drive_grant import offer_grant
from .hub_errors import shown_by_hub
from .options import environments_form, image_from, options_from_form
from .progress import Progress, shown
from .starting import ServerStart
from .values import Environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Callable

    from .client import BridgeClient
    from .values import Server

PORT = 8888


class HomeportSpawner(Homeport, Spawner):
    """Starts single-user servers in containers, in their users' homes, through Homeport's bridge.

    The bridge decides (images, limits, mounts, identities) and holds the Docker socket; this class
    passes the hub's wishes on and the bridge's words back.
    """

    image = Unicode(
        config=True,
        help="""The environment of users who choose none, such as plasmabio/template-python:12345.

        Empty: the only one on offer, if there is just one.
        """,
    )

    # JupyterHub 5 takes any JSON by REST; a trait that holds only objects would break the hub's
    # own start on a stored list. options.image_from says what is wrong with it instead.
    user_options = AnyTrait()

    @default("ip")
    def _ip(self) -> str:
        return "0.0.0.0"  # noqa: S104 - inside the container, on Homeport's own network

    @default("port")
    def _port(self) -> int:
        return PORT

    @default("start_timeout")
    def _start_timeout(self) -> int:
        return 30 * 60  # the first start of an environment downloads it

    @default("options_form")
    def _options_form(self) -> Callable[[HomeportSpawner], Any]:
        return type(self)._form

    @default("options_from_form")
    def _options_from_form(self) -> Callable[..., dict[str, object]]:
        return options_from_form

    @default("apply_user_options")
    def _apply_user_options(self) -> Callable[[HomeportSpawner, object], None]:
        return type(self)._choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Know of no server yet; ``load_state`` may tell."""
        super().__init__(*args, **kwargs)
        self._server_id = ""
        self._progress = Progress()
        self._doorway = ""
        self._lost_bridge = False
        if self._needs_doorway():
            # Servers that outlived the last hub want to reach this one.
            DOORWAY.watch(self._bridge, self.log.warning)

    async def start(self) -> str:
        """Return the server's address at the moment it answers."""
        progress = self._progress
        self._lost_bridge = False
        offer_grant(self, self)
        try:
            with shown_by_hub():
                request = await self._request()
                server = await ServerStart(self._bridge(), request, progress.add).run()
        except Exception as error:
            self._lost_bridge = isinstance(error.__cause__, BridgeUnavailable)
            raise
        finally:
            progress.close()
        self._server_id = server.id
        return server.url

    async def stop(self, now: bool = False) -> None:  # noqa: ARG002
        """Stop the server; return when it is gone. The bridge is always as gentle as it is set."""
        if self._lost_bridge:
            await self._undo_start()
            return
        with shown_by_hub():
            bridge = self._bridge()
            server = await self._find(bridge)
            if server is not None:
                await bridge.stop(server.id)

    async def _undo_start(self) -> None:
        """Clear away after a start that has waited long enough for a bridge that is away.

        Nobody waits for it a second time. If the request had arrived, the next start joins what it
        began.
        """
        self._lost_bridge = False
        try:
            bridge = self._bridge(patience=0)
            server = await self._find(bridge)
            if server is not None:
                await bridge.stop(server.id)
        except HomeportError as error:
            self.log.warning("Nothing is cleared away after %s's start: %s", self._log_name, error)

    async def poll(self) -> int | None:
        """Return None while the server is up or nobody can tell, else its exit status."""
        try:
            server = await self._find(self._bridge(patience=0))
        except HomeportError as error:
            # The hub takes an exception, or a number, for the server's end and forgets it.
            self.log.warning("Cannot ask for %s's server, so it stays: %s", self._log_name, error)
            return None
        if server is None:
            return 0
        if server.is_up:
            return None
        return server.exit_code or (1 if server.failure else 0)

    async def get_url(self) -> str:
        """Return where the server is now: a hub that went in the middle of a start cannot know."""
        pauses = Pauses(self.start_timeout)
        try:
            bridge = self._bridge(patience=0)
            server = await self._find(bridge)
            while server and server.is_up and not server.url and await pauses.pause():
                server = await self._find(bridge)
        except HomeportError as error:
            self.log.warning("Cannot ask where %s's server is: %s", self._log_name, error)
            server = None
        if server is None or not server.url:
            return str(self.server.url)
        return str(url_path_join(server.url, self.server.base_url))

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """Yield the steps of the start in people's words, for the spawn page."""
        async for event in self._progress:
            yield shown(event)

    def get_state(self) -> dict[str, Any]:
        """Add the bridge's id of the server."""
        state: dict[str, Any] = super().get_state()
        if self._server_id:
            state["server_id"] = self._server_id
        return state

    def load_state(self, state: dict[str, Any]) -> None:
        """Find the server again after a restart of the hub."""
        super().load_state(state)
        self._server_id = state.get("server_id", "")

    def clear_state(self) -> None:
        """Forget the last server: the hub calls this before each start and after each stop."""
        super().clear_state()
        self._server_id = ""
        self._progress = Progress()

    async def delete_forever(self) -> None:
        """Let the bridge forget the server. The home and its files stay."""
        bridge = self._bridge()
        server = await self._find(bridge)
        if server is not None:
            await bridge.stop(server.id, forget=True)

    async def rename(self, old_name: str, new_name: str) -> None:  # noqa: ARG002
        """Let the bridge forget the old name (JupyterHub 6); folders do not depend on it."""
        await self.delete_forever()

    async def _form(self) -> str:
        """Render the choice of environments; "" when there is none to make."""
        with shown_by_hub():
            environments = await self._environments()
        if len(environments) < 2:
            return ""
        return environments_form(environments, self._last_choice() or self.image)

    def _last_choice(self) -> str:
        try:
            return image_from(self.user_options)
        except RequestRefused:
            return ""

    def _choose(self, user_options: object) -> None:
        with shown_by_hub():
            self.image = image_from(user_options) or self.image

    async def _environments(self) -> list[Environment]:
        """Return what is on offer; the configured image is, if the bridge lists it or not."""
        environments = await self._bridge().environments()
        if self.image and self.image not in {e.image for e in environments}:
            environments.insert(0, Environment(self.image, present=False))
        return environments

    async def _request(self) -> dict[str, Any]:
        """Write ``docs/examples/server-request.json`` for this server."""
        if self.internal_ssl:
            raise HomeportError(
                "internal-ssl",
                "Servers in Homeport's containers cannot have the hub's internal_ssl certificates.",
                "Set c.JupyterHub.internal_ssl = False.",
            )
        if self._needs_doorway():
            self.hub_connect_url = self._doorway = await DOORWAY.url(self._bridge)
        environment = {name: str(value) for name, value in self.get_env().items()}
        _check_hub_address(environment.get("JUPYTERHUB_API_URL", ""))
        limits = {"memory": self.mem_limit, "cpus": self.cpu_limit}
        return {
            "user": self.user.name,
            "serverName": self.name,
            "image": self.image or await self._only_environment(),
            "groups": sorted(group.name for group in self.user.groups),
            "command": list(self.cmd or []),
            "arguments": list(self.get_args()),
            "environment": environment,
            "port": self.port,
            "answersAt": url_path_join(self.server.base_url, "api"),
            "limits": {name: value for name, value in limits.items() if value},
        }

    async def _only_environment(self) -> str:
        environments = await self._environments()
        if len(environments) == 1:
            return environments[0].image
        raise RequestRefused(
            "no-image",
            f"No environment is chosen for {self._log_name}; {len(environments)} are on offer.",
            'Choose one (by REST: {"image": "name:tag"}), or set c.HomeportSpawner.image.',
        )

    def _needs_doorway(self) -> bool:
        """Whether nobody has said at which address servers reach the hub."""
        ours = self.hub_connect_url in {None, self._doorway}
        return self.hub is not None and ours and is_needed_by(self.hub)

    async def _find(self, bridge: BridgeClient) -> Server | None:
        """Ask for this server by its id or, when a restart lost the id, by its name in the hub."""
        if not self._server_id:
            return await bridge.find(self.user.name, self.name)
        try:
            return await bridge.server(self._server_id)
        except ServerUnknown:
            return None


def _check_hub_address(api_url: str) -> None:
    """Refuse a start that would end, a minute later, in a server that nobody can use."""
    if only_this_machine_reaches(urlsplit(api_url).hostname or ""):
        raise HomeportError(
            "hub-unreachable",
            f"No server can reach the hub at {api_url} from its container.",
            "Remove c.JupyterHub.hub_connect_ip, c.JupyterHub.hub_connect_url and"
            " c.Spawner.hub_connect_url from the hub's configuration: Homeport then finds the"
            " address itself.",
        )
