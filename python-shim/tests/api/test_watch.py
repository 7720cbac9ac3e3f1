"""``homeport status --watch``: what is under way, until somebody has seen enough."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
from typing import TYPE_CHECKING

from stage import wait_until
from stage.bridge import LAUNCHER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stage import Bridge

LOOK = "bridge   "
TO_THE_TOP = b"\x1b[H"


def watch(bridge: Bridge) -> list[str]:
    return ["sh", str(LAUNCHER), "status", "--watch", "--config", str(bridge.config)]


def test_in_a_pipe_one_look_is_below_the_other(bridge: Bridge, tmp_path: Path) -> None:
    shown = tmp_path / "shown"
    with shown.open("w") as out:
        process = subprocess.Popen(watch(bridge), stdout=out, stdin=subprocess.DEVNULL)
    try:
        wait_until(lambda: shown.read_text().count(LOOK) >= 2, "two looks")
    finally:
        process.send_signal(signal.SIGINT)
    assert process.wait(10) == 128 + signal.SIGINT
    looks = shown.read_text()
    assert "\x1b" not in looks
    assert re.search(r"^servers  ", looks, re.MULTILINE)
    assert re.search(r"^backups  ", looks, re.MULTILINE)


def test_it_ends_with_who_reads_it(bridge: Bridge) -> None:
    process = subprocess.Popen(watch(bridge), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    assert process.stdout
    assert process.stdout.readline().decode().startswith(LOOK)
    process.stdout.close()
    assert process.wait(15) == 0


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
    process = subprocess.Popen(
        # Ctrl-C reaches whoever has the terminal as its own.
        ["setsid", "--ctty", *watch(bridge)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": kind},
    )
    os.close(theirs)
    shown = b""
    while not until(shown):
        shown += os.read(ours, 4096)
    os.write(ours, b"\x03")
    assert process.wait(10) == 128 + signal.SIGINT
    os.close(ours)
    return shown
