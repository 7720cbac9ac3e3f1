"""``homeport_hook``: homes for the hubs that keep their spawner."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from traitlets import Enum, Float

from . import mechanisms
from ._exceptions import BridgeUnavailable
from .configuration import Homeport
from .drive_grant import offer_grant
from .hub_errors import shown_by_hub
from .progress import Progress, shown
from .values import Event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from .values import Plan


async def homeport_hook(spawner: Any) -> None:
    """Have the user's home prepared and mounted: ``c.Spawner.pre_spawn_hook = homeport_hook``.

    For DockerSpawner, SystemUserSpawner, SwarmSpawner, KubeSpawner and what is made of them. A
    start that is tried again gets the same mounts, not more of them.
    """
    page = _page_of(spawner)
    try:
        with shown_by_hub():
            await HomeportHook(parent=spawner).prepare(spawner, page)
    finally:
        page.close()


class HomeportHook(Homeport):
    """What the hook may be told: ``c.HomeportHook.…``."""

    bridge = Enum(
        ("required", "optional"),
        "required",
        config=True,
        help="""When the bridge does not answer: refuse the start (required), or start the server
        without Homeport, in whatever home it then has, and say so on the page (optional).

        What the bridge refuses stays refused.
        """,
    )

    plan_deadline = Float(
        120.0,
        min=1,
        config=True,
        help="Seconds for the bridge to prepare a home: JupyterHub sets no limit to a hook.",
    )

    async def prepare(self, spawner: Any, page: Progress) -> None:
        """Assign what the bridge plans to the spawner's traits."""
        mechanism = mechanisms.of(spawner)
        offer_grant(self, spawner)
        page.add(_line("progress", "Preparing your home."))
        settings = Settings(spawner, mechanism.reads)
        settings.restore()
        request = {
            "user": spawner.user.name,
            "serverName": spawner.name,
            "image": await mechanism.image(spawner),
            "groups": sorted(group.name for group in spawner.user.groups),
        }
        try:
            plan: Plan = await self._bridge().plan(request, deadline=self.plan_deadline)
        except BridgeUnavailable as error:
            if self.bridge == "required":
                raise
            spawner.log.warning("%s starts without Homeport: %s", spawner._log_name, error)
            page.add(
                _line(
                    "warning",
                    "Homeport does not answer, so this server starts without your Homeport home."
                    " Your files there are safe: start it again later to see them.",
                )
            )
            return
        for warning in plan.warnings:
            page.add(_line("warning", warning))
        configured = await settings.evaluated()
        traits = mechanism.render(plan, configured, mechanism.expander(spawner))
        if configured["notebook_dir"] and "notebook_dir" in traits:
            spawner.log.warning(
                "notebook_dir = %r is not in the home of %s, who could not write there, so the"
                " server starts in %s. Remove that line, and the volume mounted there.",
                configured["notebook_dir"],
                spawner._log_name,
                plan.home,
            )
        settings.assign(traits)


class Settings:
    """The traits of one spawner, which keeps what the administrator made of them.

    The spawner remembers what the hook assigned and what was there before, so that the next start
    begins with the latter; what somebody else has assigned since counts as theirs.
    """

    def __init__(self, spawner: Any, names: Iterable[str]) -> None:
        """Look at the traits of these names."""
        self._spawner = spawner
        self._names = tuple(names)
        self._given: dict[str, tuple[Any, Any]] = vars(spawner).setdefault("_homeport_given", {})

    def restore(self) -> None:
        """Take back what the hook assigned at an earlier start."""
        for name, (before, ours) in self._given.items():
            if getattr(self._spawner, name) is ours:
                setattr(self._spawner, name, before)
        self._given.clear()

    async def evaluated(self) -> dict[str, Any]:
        """Return the values, those of callables as they are at this moment."""
        values = {name: getattr(self._spawner, name) for name in self._names}
        for name, value in values.items():
            if callable(value):
                answer = value(self._spawner)
                values[name] = await answer if inspect.isawaitable(answer) else answer
        return values

    def assign(self, traits: dict[str, Any]) -> None:
        """Set the traits, and remember what those that can be read had before."""
        for name, value in traits.items():
            before = getattr(self._spawner, name) if name in self._names else None
            setattr(self._spawner, name, value)
            if name in self._names:
                self._given[name] = (before, getattr(self._spawner, name))


def _page_of(spawner: Any) -> Progress:
    """Show what the hook says on the spawn page, before what the spawner says.

    Returns before the hub serves anyone else, so no page has looked yet.
    """
    said = Progress()

    async def progress() -> AsyncIterator[dict[str, Any]]:
        async for event in said:
            yield shown(event)
        async for event in type(spawner).progress(spawner):
            yield event

    spawner.progress = progress
    return said


def _line(kind: str, message: str) -> Event:
    return Event("", kind, message, None)
