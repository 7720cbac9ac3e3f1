"""The plugin of The Littlest JupyterHub: ``--plugin jupyterhub-homeport``.

TLJH imports this in its installer, before most of what a hub has is there, and again at every start
of the hub: what needs more is imported where it is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pluggy

from . import service

HUB_TOKEN = Path("/etc/homeport/hub.token")
COMMAND = Path("/usr/local/bin/homeport")
ANSWERS_WITHIN = 60.0

# The bridge's settings of a fresh install; the administrator's own are never touched.
SETTINGS = """\
accounts: {source: tljh}
environments:
  images: []   # which images users may start, such as "quay.io/jupyter/base-notebook:*"
hub:   # which signs people in to Homeport's pages
  api: "http://{gateway}:15001/hub/api"
  token-file: /etc/homeport/hub.token
"""

hookimpl = pluggy.HookimplMarker("tljh")


@hookimpl
def tljh_extra_apt_packages() -> list[str]:
    """Java for the bridge, and an engine; one that is there, of whatever make, stays."""
    packages = ["openjdk-17-jre-headless"]
    if not shutil.which("dockerd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin"):
        packages.append("docker.io")
    return packages


@hookimpl
def tljh_custom_jupyterhub_config(c: Any) -> None:
    """Run at every start of the hub, also before ``tljh_post_install`` has made anything."""
    from . import tljh_hub  # noqa: PLC0415

    tljh_hub.configure(c, HUB_TOKEN)


@hookimpl
def tljh_post_install() -> None:
    """Start the bridge, give the hub its token, and let it begin again with both.

    Runs again at every upgrade: settings, state and token stay.
    """
    if not service.CONFIG.exists():
        service.CONFIG.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        service.CONFIG.write_text(SETTINGS, encoding="utf-8")
    if COMMAND.is_symlink():
        COMMAND.unlink()
    if not COMMAND.exists():
        COMMAND.symlink_to(Path(sys.executable).parent / "homeport")
    service.install()
    if not HUB_TOKEN.exists():
        _keep(_token())
    service.systemctl("try-restart", "jupyterhub.service")


def _keep(token: str) -> None:
    """Write the file whole or not at all, for root only."""
    beside = HUB_TOKEN.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(token, encoding="utf-8")
    beside.rename(HUB_TOKEN)


def _token() -> str:
    """Return a token for the hub, as soon as the bridge answers."""
    command = [sys.executable, "-m", "jupyterhub_homeport.launch"]
    command += ["token", "create", "--scope", "hub", "tljh"]
    deadline = time.monotonic() + ANSWERS_WITHIN
    while True:
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if made.returncode == 0:
            return made.stdout
        if time.monotonic() > deadline:
            message = f"Homeport's bridge does not answer: {made.stderr.strip()} `homeport doctor`"
            raise RuntimeError(f"{message} and `journalctl -u homeport` say why.")
        time.sleep(1)
