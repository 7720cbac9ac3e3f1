"""Programs that run beside us until we stop them."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import time
from typing import TYPE_CHECKING

from stage.patience import SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

# Made once for all: each costs 20 ms of the processor that the services need.
TLS = ssl.create_default_context()


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at this moment."""
    with socket.create_server((host, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_until(
    condition: Callable[[], bool], what: str, *, seconds: float = SECONDS, pause: float = 0.05
) -> None:
    """Returns once the condition holds; says what did not come true when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            msg = f"{what} within {seconds:.0f} s: it did not happen."
            raise TimeoutError(msg)
        time.sleep(pause)


class Service:
    """A program with its output in a log, in a process group of its own."""

    def __init__(self, command: Sequence[str], log: Path, env: Mapping[str, str]) -> None:
        self.command = command
        self.log = log
        self.env = {**os.environ, **env}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, answers: Callable[[], bool]) -> None:
        """Starts it and returns as soon as it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                # It ends with us, even when we are killed.
                ["setpriv", "--pdeathsig", "TERM", "--", *self.command],
                env=self.env,
                cwd=self.log.parent,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: self._lives() and answers(), f"{self.command[0]} answers")

    def stop(self) -> None:
        """Asks it to end and waits; repeatable."""
        self._end("terminate")

    def kill(self) -> None:
        """Ends it as a crash would."""
        self._end("kill")

    def _end(self, how: str) -> None:
        if self.process is None:
            return
        getattr(self.process, how)()
        try:
            self.process.wait(timeout=SECONDS)
        finally:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _lives(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            msg = f"{self.command[0]} ended early:\n{self.log.read_text(errors='replace')[-4000:]}"
            raise RuntimeError(msg)
        return True
