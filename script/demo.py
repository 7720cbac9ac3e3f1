"""The story that script/demo tells: one user, one server, and proof of each promise."""

from __future__ import annotations

import argparse
import fcntl
import grp
import pwd
import re
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from stage import ROOT, Bridge, Drive, Hub, docker, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "homeport-demo"


class NotHeldError(Exception):
    """A promise that turned out not to hold."""


def title(text: str) -> None:
    print(f"\n== {text}", flush=True)


def show(text: str) -> None:
    for line in text.rstrip().splitlines():
        print(f"   {line}", flush=True)


def check(holds: bool, claim: str) -> None:
    if not holds:
        raise NotHeldError(claim)
    print(f" ✓ {claim}", flush=True)


class Inside:
    """What the user's own processes in the container see."""

    def __init__(self, container: str) -> None:
        self.container = container

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        show(f"$ {command}")
        done = subprocess.run(
            ["docker", "exec", self.container, "sh", "-c", command],
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        show(done.stdout)
        return done

    def says(self, command: str) -> str:
        return self.run(command).stdout.strip()


def own_name() -> tuple[str, TextIO]:
    """A name that no other demo on this machine uses, and the lock that keeps it so."""
    for name in (NAME, *(f"{NAME}-{number}" for number in range(2, 10))):
        lock = Path(f"/run/{name}.lock").open("w")  # noqa: SIM115
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return name, lock
    sys.exit("Nine demos run on this machine: end one of them with Ctrl-C.")


@contextmanager
def account(name: str, *, keep: bool) -> Iterator[pwd.struct_passwd]:
    """An account without a home: making that is Homeport's part. One that was there stays."""
    made = name not in {entry.pw_name for entry in pwd.getpwall()}
    if made:
        subprocess.run(["useradd", "--no-create-home", "--shell", "/bin/bash", name], check=True)
    try:
        yield pwd.getpwnam(name)
    finally:
        if made and not keep:
            subprocess.run(["userdel", "--remove", name], check=True, capture_output=True)


def demo_data(folder: Path) -> Path:
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "stations.csv").write_text("station,height\nBrocken,1141\n")
    return data


def start(hub: Hub, user: str) -> None:
    title(f"{user} asks the hub for a server")
    began = time.monotonic()
    hub.start_server(user)
    ready = False
    for event in hub.progress(user):
        if message := event.get("message"):
            show(f"{event.get('progress', 0):>3} %  {message}")
        ready = event.get("ready", False)
    check(ready, f"the server answers, {time.monotonic() - began:.1f} s after the request")


def identities(shown_by_id: str) -> list[str]:
    return sorted(re.findall(r"[0-9]+\([^)]*\)", shown_by_id))


def show_identity(inside: Inside, entry: pwd.struct_passwd) -> None:
    title("Who is that, inside?")
    check(inside.says("whoami") == entry.pw_name, "the name is the user's")
    outside = subprocess.run(["id", entry.pw_name], check=True, text=True, capture_output=True)
    same = identities(inside.says("id")) == identities(outside.stdout)
    check(same, "user, group and groups are those of this machine")
    rights = inside.says("grep -E 'CapEff|NoNewPrivs' /proc/self/status").split()
    check(rights[1::2] == ["0" * 16, "1"], "no capabilities, and no way to new ones")


def show_home(inside: Inside, entry: pwd.struct_passwd, plan: dict[str, Any]) -> None:
    title("The home, with the folder of the environment")
    check(inside.says("echo $HOME") == entry.pw_dir, "the home has one path, inside and outside")
    inside.run('find "$HOME" -not -path "*/.*" | head -n 25')
    home, folder = Path(entry.pw_dir), Path(plan["environmentFolder"])
    check(stat.S_IMODE(home.stat().st_mode) == 0o700, f"{home} is the user's alone: mode 0700")
    check(any(folder.iterdir()), f"{folder.name} holds the files of the environment")
    owners = {(path.lstat().st_uid, path.lstat().st_gid) for path in home.rglob("*")}
    check(owners == {(entry.pw_uid, entry.pw_gid)}, "everything in it belongs to the user")


def show_data(inside: Inside, data: Path) -> None:
    title("Data for everyone, to read")
    check("Brocken" in inside.says("cat /srv/data/stations.csv"), "/srv/data can be read")
    refused = inside.run("echo mine > /srv/data/mine").returncode != 0
    check(refused and not (data / "mine").exists(), "and a write to it is refused")


def show_file(inside: Inside, entry: pwd.struct_passwd, plan: dict[str, Any]) -> Path:
    title("A file made inside is on the host")
    note = Path(plan["environmentFolder"]) / "note.txt"
    inside.run(f"date > '{note}'")
    show(f"# ls -l '{note}'")
    shown = subprocess.run(["ls", "-l", str(note)], check=True, text=True, capture_output=True)
    show(shown.stdout)
    owner = (note.stat().st_uid, note.stat().st_gid)
    group = grp.getgrgid(entry.pw_gid).gr_name
    right = owner == (entry.pw_uid, entry.pw_gid)
    check(right, f"and belongs to {entry.pw_name}, group {group}")
    return note


def connect(bridge: Bridge, drive: Drive, user: str, email: str) -> None:
    title(f"{user} connects a Google Drive, which is pretended")
    session = secrets.token_urlsafe(16)
    begun = bridge.api("POST", f"users/{user}/drive", json={"session": session})
    page = begun.raise_for_status().json()["consentUrl"]
    show(f"Google asks for consent on {page.partition('?')[0]}")
    told = drive.consent(page, email)
    answer = {"session": session, "state": told["state"], "code": told["code"]}
    done = bridge.api("POST", f"users/{user}/drive/callback", json=answer)
    check(done.is_success and done.json()["email"] == email, f"connected with {email}")


def run_of(bridge: Bridge, user: str, kind: str, wish: dict[str, Any]) -> dict[str, Any]:
    """The report of a backup or a restore, once it is over."""
    begun = bridge.api("POST", f"users/{user}/{kind}s", json=wish).raise_for_status()
    path = begun.headers["Location"].removeprefix("/api/v1/")
    wait_until(lambda: bridge.api("GET", path).json()["status"] != "running", f"{kind} is over")
    run = bridge.api("GET", path).json()
    check(run["status"] == "done", f"{kind}: {run['status']} {run['report']['message']}".rstrip())
    report: dict[str, Any] = run["report"]
    return report


def show_drive(bridge: Bridge, drive: Drive, entry: pwd.struct_passwd, note: Path) -> None:
    user, home = entry.pw_name, Path(entry.pw_dir)
    title("The home is saved to it, as plain files")
    first = run_of(bridge, user, "backup", {})
    show(f"{first['filesSent']} files sent, {first['skippedCount']} left out")
    show("\n".join(drive.tree()))
    check(any(note.name in line for line in drive.tree()), f"{note.name} is among them")
    again = run_of(bridge, user, "backup", {})
    check(again["filesSent"] == 0, "a second backup sends nothing")

    title("A file that is lost comes back")
    text = note.read_text()
    note.unlink()
    path = str(note.relative_to(home))
    run_of(bridge, user, "restore", {"path": path})
    copy = max(home.glob(f"restored-*/{path}"), key=lambda found: found.stat().st_ctime)
    show(str(copy))
    owner = (copy.stat().st_uid, copy.stat().st_gid)
    same = copy.read_text() == text and owner == (entry.pw_uid, entry.pw_gid)
    check(same, f"with its content, and belongs to {user}")


def tell(name: str, image: str, *, with_drive: bool, once: bool) -> None:
    folder = ROOT / "build" / name
    data = demo_data(folder)
    email = f"{name}@example.org"
    drive = Drive(folder / "drive", email) if with_drive else None
    title("A bridge and a hub")
    settings: dict[str, Any] = {
        "accounts": {"source": "system"},
        "environments": {"images": [image], "pull": "if-missing"},
        "data": [{"source": str(data), "target": "/srv/data"}],
    }
    if drive:
        settings["backup"] = drive.settings
    bridge = Bridge(folder / "bridge", name, **settings)
    # What a demo that was killed has left.
    bridge.close()
    with ExitStack() as stage:
        entry = stage.enter_context(account(name, keep=not once))
        if drive:
            stage.enter_context(drive)
        stage.enter_context(bridge)
        show(f"bridge  {bridge.url}")
        traits = {
            "HomeportSpawner.image": image,
            # A request for a server answers at once, and the progress tells the rest.
            "JupyterHub.tornado_settings": {"slow_spawn_timeout": 0},
        }
        with Hub(folder / "hub", bridge.hub_lines(), traits) as hub:
            show(f"hub     {hub.url}")
            start(hub, name)
            server = bridge.api("GET", "servers", params={"user": name}).json()["items"][0]
            request = {"user": name, "serverName": "", "image": image, "groups": []}
            plan = bridge.api("POST", "plans?dry-run", json=request).json()
            inside = Inside(server["container"])
            show_identity(inside, entry)
            show_home(inside, entry, plan)
            show_data(inside, data)
            note = show_file(inside, entry, plan)
            if drive:
                # An earlier demo's Drive is gone.
                bridge.api("DELETE", f"users/{name}/drive").raise_for_status()
                connect(bridge, drive, name, email)
                show_drive(bridge, drive, entry, note)
            if once:
                title("The hub stops the server")
                hub.stop_server(name)
                check(not docker("ps", "--quiet", "--filter", f"name=^{inside.container}$"), "gone")
            else:
                invite(hub, name, drive)
    if once:
        shutil.rmtree(folder)
        print("\nEvery step held.")


def invite(hub: Hub, user: str, drive: Drive | None) -> None:
    title("Your turn")
    show(f"address   {hub.url}/hub/login")
    show(f"user      {user}")
    show(f"password  {hub.password}")
    if drive:
        show(f"drive     {drive.url}/")
    show("It listens on this machine only; from another one, go through")
    show(f"  ssh -L {hub.url.rpartition(':')[2]}:{hub.url.removeprefix('http://')} this-machine")
    show("Ctrl-C ends it.")
    signal.pause()


def end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--drive", action="store_true")
    parser.add_argument("--image", required=True)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, end)
    name, lock = own_name()
    with lock:
        try:
            tell(name, options.image, with_drive=options.drive, once=options.once)
        except NotHeldError as claim:
            print(f" ✗ NOT SO: {claim}\n   The logs are in {ROOT / 'build' / name}.", flush=True)
            return 1
        except KeyboardInterrupt:
            print("\nEnded.")
            return 1 if options.once else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
