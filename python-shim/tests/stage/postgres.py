"""A PostgreSQL of our own, with one empty database."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from stage.service import free_port

if TYPE_CHECKING:
    from types import TracebackType


class Postgres:
    """Runs in ``folder``, which must not be there yet, on a free port of loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not versions:
            msg = "PostgreSQL is missing: run script/bootstrap --tests, as root."
            raise FileNotFoundError(msg)
        self._programs = versions[-1]

    @property
    def url(self) -> str:
        """The JDBC URL of its database."""
        return f"jdbc:postgresql://127.0.0.1:{self.port}/postgres?user=postgres"

    def __enter__(self) -> Postgres:
        self.folder.mkdir()
        owner = pwd.getpwnam("postgres")
        os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "--auth=trust", "--no-sync")
        # Without fsync, as nothing of this outlives the machine.
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -F"
        self._run("pg_ctl", f"--log={self.folder / 'log'}", f"--options={options}", "start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run("pg_ctl", "--mode=immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root, and the server that stays behind keeps its outputs.
        with (self.folder / "output").open("wb") as output:
            subprocess.run(
                [self._programs / program, f"--pgdata={self.folder / 'data'}", *arguments],
                check=True,
                cwd=self.folder,
                user="postgres",
                group="postgres",
                extra_groups=[],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
