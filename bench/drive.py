"""How long a backup to a pretended Google Drive takes, in ratios of what is possible.

The floor is what Drive's limits leave: of N files and D folders, all but a burst of 10 at 3 writes
a second; of many accounts, each write a query of the project's 12,000 a minute.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import queue
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE = "org.homeport.bridge.remote.drive"
CALLBACK = "http://127.0.0.1:8787/callback"
CLIENT = {"client_id": "homeport.apps.example", "client_secret": "not-so-secret"}
SCOPE = "https://www.googleapis.com/auth/drive.file"
FILES, FOLDERS = 500, 30
CREATE_SECONDS = 0.3
ACCOUNTS, FILES_EACH = 1000, 50
BIG = 1 << 30


@dataclass
class Claim:
    """A measured ratio and its target."""

    what: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        verdict = "met" if self.met else "MISSED"
        return f"{self.what}: {self.value:.3f}, {bound} {self.limit:g}: {verdict}"


class Drive:
    """The pretended Drive, in a process of its own."""

    def __init__(self, *options: str) -> None:
        command = ["java", "-Xmx1g", f"{PACKAGE}.fake.FakeDriveMain", f"--redirect={CALLBACK}"]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        self.tls_port = 0
        if any(option.startswith("--tls") for option in options):
            self.tls_port = int(self.process.stdout.readline().rpartition(":")[2])

    def journal(self, *, forget: bool = False) -> dict[str, int]:
        method = "DELETE" if forget else "GET"
        request = urllib.request.Request(f"{self.url}/journal", method=method)
        with urllib.request.urlopen(request) as answer:
            calls: dict[str, int] = json.load(answer)
        return calls

    def token(self, email: str) -> dict[str, str]:
        """What a client gets whose user consents."""
        asked = {
            "client_id": CLIENT["client_id"],
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "access_type": "offline",
        }
        page = f"{self.url}/o/oauth2/v2/auth?{urllib.parse.urlencode(asked)}"
        form = urllib.parse.urlencode({"allow": "yes", "account": email, "scope": SCOPE})
        sent_back = _location(page, form.encode())
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(sent_back).query)["code"][0]
        exchange = {
            **CLIENT,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
        }
        body = urllib.parse.urlencode(exchange).encode()
        with urllib.request.urlopen(f"{self.url}/token", body) as answer:
            grant: dict[str, str] = json.load(answer)
        return grant

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _location(url: str, body: bytes) -> str:
    try:
        urllib.request.build_opener(_Stay).open(url, body)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["Location"])
    raise AssertionError(f"{url} sends nobody back")


@contextmanager
def drive(*options: str) -> Iterator[Drive]:
    running = Drive(*options)
    try:
        yield running
    finally:
        running.close()


def homeport(task: str, url: str, *options: str) -> float:
    """Seconds of the work, without the start of the process."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        command = ["java", "-Xmx1g", f"{PACKAGE}.DriveBench", task, url, folder, *options]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout.split()[-1])


@contextmanager
def tunnel(port: int) -> Iterator[int]:
    """A proxy that leads every CONNECT to one port of this machine."""
    opened: queue.Queue[tuple[int, Callable[[], object]]] = queue.Queue()

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        there, back = await asyncio.open_connection("127.0.0.1", port)
        # Ended while a connection is open, Python 3.11 would complain of the cancelled task.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(pipe(reader, back), pipe(there, writer), return_exceptions=True)

    async def listen() -> None:
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        own_port = server.sockets[0].getsockname()[1]
        opened.put((own_port, lambda: loop.call_soon_threadsafe(stopped.set)))
        await stopped.wait()

    thread = threading.Thread(target=lambda: asyncio.run(listen()))
    thread.start()
    own_port, stop = opened.get()
    try:
        yield own_port
    finally:
        stop()
        thread.join()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A key store for Google's name, and the certificate by which to trust it."""
    store, trusted = folder / "drive.p12", folder / "drive.pem"
    keytool = ["keytool", "-keystore", str(store), "-storepass", "changeit", "-alias", "drive"]
    names = ["-dname", "CN=www.googleapis.com", "-ext", "san=dns:www.googleapis.com"]
    make = ["-genkeypair", "-keyalg", "EC", "-ext", "bc=ca:true", "-storetype", "PKCS12", *names]
    for command in ([*keytool, *make], [*keytool, "-exportcert", "-rfc", "-file", str(trusted)]):
        subprocess.run(command, check=True, capture_output=True)
    return store, trusted


def rclone(running: Drive, trusted: Path, source: Path) -> float:
    """Seconds in which rclone copies a tree, as it is configured without further options."""
    answer = running.token("rclone@example.org")
    expiry = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3500))
    token = {**answer, "expiry": expiry}
    config = source.parent / "rclone.conf"
    config.write_text(
        "[drive]\ntype = drive\nscope = drive.file\n"
        + "".join(f"{name} = {value}\n" for name, value in CLIENT.items())
        + f"token_url = {running.url}/token\ntoken = {json.dumps(token)}\n"
    )
    with tunnel(running.tls_port) as proxy:
        environment = {**os.environ, "HTTPS_PROXY": f"http://127.0.0.1:{proxy}"}
        running.journal(forget=True)
        command = ["rclone", "--config", str(config), "--ca-cert", str(trusted)]
        began = time.perf_counter()
        subprocess.run([*command, "copy", str(source), "drive:home"], check=True, env=environment)
        return time.perf_counter() - began


def tree(folder: Path) -> Path:
    """Files of some hundred bytes, as Homeport's side makes them too."""
    chance = random.Random(FILES)
    source = folder / "tree"
    for number in range(FILES):
        path = source / f"course {number % FOLDERS}" / f"file {number}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(200 + chance.randrange(600)))
    return source


def against_rclone(*options: str) -> tuple[tuple[float, dict[str, int]], ...]:
    """Seconds and calls of Homeport and of rclone, each to a Drive of its own."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        store, trusted = certificate(Path(folder))
        unlimited = [] if "--limits" in options else ["--unlimited"]
        size = [f"--files={FILES}", f"--folders={FOLDERS}"]
        with drive("--latencies", *options) as running:
            ours = homeport("home", running.url, *size, *unlimited), running.journal()
        with drive("--latencies", *options, f"--tls={store}") as running:
            theirs = rclone(running, trusted, tree(Path(folder))), running.journal()
    for name, (seconds, calls) in (("Homeport", ours), ("rclone", theirs)):
        asked = calls["queries"]
        print(f"{name:<10}{seconds:>8.1f} s{asked:>7} calls{calls['refused']:>5} refused")
    return ours, theirs


def limited() -> list[Claim]:
    floor = (FILES + FOLDERS - 10) / 3
    (seconds, calls), (theirs, their_calls) = against_rclone("--limits")
    print(f"floor {floor:.1f} s; rclone reaches {floor / theirs:.3f} of it,", end=" ")
    print(f"with {their_calls['queries'] / FILES:.2f} calls a file")
    return [
        Claim("of the floor", floor / seconds, 0.97, at_least=True),
        Claim("calls a file", calls["queries"] / FILES, 1.1),
        Claim("refused calls", calls["refused"], 5),
    ]


def unlimited() -> list[Claim]:
    (seconds, _), (theirs, _) = against_rclone()
    ideal = FILES * CREATE_SECONDS / 4
    print(f"{FILES} creates on 4 connections take {ideal:.1f} s; Homeport / that:", end=" ")
    print(f"{seconds / ideal:.3f}")
    return [Claim("Homeport / rclone", seconds / theirs, 0.5)]


def accounts() -> list[Claim]:
    size = [f"--homes={ACCOUNTS}", f"--files={FILES_EACH}"]
    with drive("--limits", "--project-limit") as running:
        seconds = homeport("homes", running.url, *size)
        calls = running.journal()
    floor = ACCOUNTS * (FILES_EACH + 1) / 200
    print(f"{seconds:.1f} s, {calls['queries']} calls; floor {floor:.1f} s")
    return [
        Claim("of the floor", floor / seconds, 0.9, at_least=True),
        Claim("refused calls", calls["refused"], 0),
    ]


def big() -> list[Claim]:
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        file = Path(folder) / "big"
        with file.open("wb") as out:
            for _ in range(BIG >> 20):
                out.write(os.urandom(1 << 20))
        with drive() as running:
            # The first upload finds both processes cold, whoever makes it.
            curl(running, file)
            homeport("file", running.url, str(file))
            theirs = min(curl(running, file) for _ in range(2))
            ours = min(homeport("file", running.url, str(file)) for _ in range(2))
    print(f"Homeport {BIG / ours / 1e6:.0f} MB/s, curl {BIG / theirs / 1e6:.0f} MB/s")
    return [Claim("of curl's speed", theirs / ours, 0.8, at_least=True)]


def curl(running: Drive, file: Path) -> float:
    """Seconds of a resumable upload in one piece."""
    bearer = f"Authorization: Bearer {running.token('curl@example.org')['access_token']}"
    start = f"{running.url}/upload/drive/v3/files?uploadType=resumable"
    head = ["curl", "-sS", "-D-", "-o/dev/null", "-XPOST", "-H", bearer, "-d", "{}", start]
    told = subprocess.run(head, check=True, stdout=subprocess.PIPE, text=True).stdout
    session = re.search(r"(?mi)^location: (\S+)", told)
    assert session
    began = time.perf_counter()
    put = ["curl", "-sS", "-o/dev/null", "--fail", "-T", str(file), session[1]]
    subprocess.run(put, check=True)
    return time.perf_counter() - began


BENCHES: dict[str, Callable[[], list[Claim]]] = {
    "limited": limited,
    "unlimited": unlimited,
    "accounts": accounts,
    "big": big,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/drive", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    options = parser.parse_args()
    met = True
    for name in options.names or BENCHES:
        print(f"\n== {name}", flush=True)
        for claim in BENCHES[name]():
            print(claim, flush=True)
            met = met and claim.met
    return 1 if options.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
