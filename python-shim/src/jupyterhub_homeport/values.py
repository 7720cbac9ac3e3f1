"""What the bridge says, as values: one class per shape in ``docs/examples``.

Only what the shim reads is kept; a bridge that says more is understood all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Failure:
    """Why a server is not there, in people's words."""

    code: str
    message: str
    remedy: str
    reference: str

    @classmethod
    def of(cls, body: dict[str, Any]) -> Failure:
        """Read a ``failure``, or a problem document, which has the same four parts."""
        return cls(
            code=str(body["code"]),
            message=str(body["message"]),
            remedy=str(body.get("remedy") or ""),
            reference=str(body.get("reference") or ""),
        )


@dataclass(frozen=True)
class Server:
    """A user's server as the bridge knows it; ``url`` is where a running one answers, else ""."""

    id: str
    user: str
    name: str
    state: str
    url: str
    exit_code: int | None
    failure: Failure | None

    @property
    def is_up(self) -> bool:
        """True when there is something to stop: it waits, starts, runs or is being stopped."""
        return self.state not in {"stopped", "failed"}

    @classmethod
    def of(cls, body: dict[str, Any]) -> Server:
        """Read ``server-*.json``."""
        failure = body.get("failure")
        return cls(
            id=str(body["id"]),
            user=str(body["user"]),
            name=str(body["serverName"]),
            state=str(body["state"]),
            url=_url(body["address"]) if body["state"] == "running" else "",
            exit_code=body.get("exitCode"),
            failure=Failure.of(failure) if failure else None,
        )


@dataclass(frozen=True)
class Event:
    """One step of a start; ``type`` is progress, warning, ready or failed."""

    id: str
    type: str
    message: str
    percent: int | None

    @property
    def is_last(self) -> bool:
        """True when the start has ended, one way or the other."""
        return self.type in {"ready", "failed"}

    @classmethod
    def of(cls, event_id: str, event_type: str, body: dict[str, Any]) -> Event:
        """Read ``event-*.json`` under the number and type of its server-sent event."""
        return cls(event_id, event_type, str(body.get("message") or ""), body.get("percent"))


@dataclass(frozen=True)
class Environment:
    """An image on offer; ``size`` in bytes when it is present on the host."""

    image: str
    present: bool
    size: int | None = None

    @classmethod
    def of(cls, body: dict[str, Any]) -> Environment:
        """Read an item of ``environments.json``."""
        return cls(str(body["image"]), bool(body["present"]), body.get("size"))


@dataclass(frozen=True)
class Mount:
    """A folder of the host, and where it is in the server."""

    source: str
    target: str
    read_only: bool

    @classmethod
    def of(cls, body: dict[str, Any]) -> Mount:
        """Read an item of a plan's ``mounts``."""
        return cls(str(body["source"]), str(body["target"]), bool(body["readOnly"]))


@dataclass(frozen=True)
class Plan:
    """Who a server runs as, where it starts, and with which mounts and variables."""

    uid: int
    gid: int
    gids: tuple[int, ...]
    home: str
    working_directory: str
    mounts: tuple[Mount, ...]
    environment: dict[str, str]
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, body: dict[str, Any]) -> Plan:
        """Read ``plan.json``; ``gids`` are those of the supplementary groups."""
        account = body["account"]
        return cls(
            uid=int(account["uid"]),
            gid=int(account["gid"]),
            gids=tuple(int(group["gid"]) for group in account["groups"]),
            home=str(account["home"]),
            working_directory=str(body["workingDirectory"]),
            mounts=tuple(Mount.of(mount) for mount in body["mounts"]),
            environment={str(k): str(v) for k, v in body["environment"].items()},
            warnings=tuple(str(warning) for warning in body["warnings"]),
        )


@dataclass(frozen=True)
class Status:
    """How the bridge is; ``gateway`` is where its containers reach the host, "" when unknown."""

    version: str
    gateway: str

    @classmethod
    def of(cls, body: dict[str, Any]) -> Status:
        """Read ``status.json``."""
        return cls(str(body["version"]), str((body.get("network") or {}).get("gateway") or ""))


def _url(address: dict[str, Any]) -> str:
    host = str(address["host"])
    return f"http://{f'[{host}]' if ':' in host else host}:{int(address['port'])}"
