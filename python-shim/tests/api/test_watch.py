"""``homeport status --watch``: what is under way, until somebody has seen enough."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from stage import SECONDS, wait_until
from stage.bridge import LAUNCHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from stage import Bridge

LOOK = "bridge   "
TO_THE_TOP = b"\x1b[H"


@contextmanager
def watch(bridge: Bridge, *before: str, **streams: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The command, running; none is left when a test has failed."""
    # A shell's job in the background ignores SIGINT, and so does all that it starts.
    sigint = ("env", "--default-signal=INT")
    command = [*sigint, *before, "sh", str(LAUNCHER), "status", "--watch"]
    with subprocess.Popen([*command, "--config", str(bridge.config)], **streams) as process:
        try:
            yield process
        finally:
            process.kill()


def test_in_a_pipe_one_look_is_below_the_other(bridge: Bridge, tmp_path: Path) -> None:
    shown = tmp_path / "shown"
    with shown.open("w") as out, watch(bridge, stdout=out, stdin=subprocess.DEVNULL) as process:
        wait_until(lambda: shown.read_text().count(LOOK) >= 2, "two looks")
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 128 + signal.SIGINT
    looks = shown.read_text()
    assert "\x1b" not in looks
    assert re.search(r"^servers  ", looks, re.MULTILINE)
    assert re.search(r"^backups  ", looks, re.MULTILINE)


def test_it_ends_with_who_reads_it(bridge: Bridge) -> None:
    with watch(bridge, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout
        assert process.stdout.readline().decode().startswith(LOOK)
        process.stdout.close()
        assert process.wait(SECONDS) == 0


def test_on_a_terminal_it_redraws(bridge: Bridge) -> None:
    shown = on_a_terminal(bridge, "xterm", until=lambda text: text.count(TO_THE_TOP) >= 3)
    assert shown.count(LOOK.encode()) >= 2
    assert b"\x1b[J" in shown


def test_on_a_dumb_terminal_it_does_not(bridge: Bridge) -> None:
    shown = on_a_terminal(bridge, "dumb", until=lambda text: text.count(b"backups") >= 2)
    assert b"\x1b" not in shown


def on_a_terminal(bridge: Bridge, kind: str, until: Callable[[bytes], bool]) -> bytes:
    """What a terminal of that kind is sent, up to there and Ctrl-C."""
    ours, theirs = pty.openpty()
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    # Ctrl-C reaches whoever has the terminal as its own.
    with watch(bridge, "setsid", "--ctty", **streams, env={**os.environ, "TERM": kind}) as process:
        os.close(theirs)
        shown = b""
        while not until(shown):
            shown += os.read(ours, 4096)
        os.write(ours, b"\x03")
        assert process.wait(SECONDS) == 128 + signal.SIGINT
        os.close(ours)
    return shown
