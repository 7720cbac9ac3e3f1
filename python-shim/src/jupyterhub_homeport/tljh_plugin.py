"""The plugin of The Littlest JupyterHub: ``--plugin jupyterhub-homeport``.

TLJH imports this in its installer, before most of what a hub has is there, and again at every start
of the hub: what needs more is imported where it is used.
"""

from __future__ import annotations

import logging
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
# A small machine that installs something else at the same time needs minutes.
ANSWERS_WITHIN = 600.0
SAY_EVERY = 15.0

# The bridge's settings of a fresh install; the administrator's own are never touched.
SETTINGS = """\
accounts: {source: tljh}
environments:
  images: []   # which images users may start, such as "quay.io/jupyter/base-notebook:latest"
limits: {memory: 2G, pids: 4096}   # of each server
hub:   # which signs people in to Homeport's pages
  api: http://127.0.0.1:15001/hub/api
  token-file: /etc/homeport/hub.token
"""

log = logging.getLogger("tljh")
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

    if service.is_installed() and not HUB_TOKEN.exists():
        try:
            _give_token(within=0.0)  # the installer could not
        except OSError as error:
            log.warning("Homeport: the hub's token cannot be kept: %s", error)
    tljh_hub.configure(c, HUB_TOKEN)


@hookimpl
def tljh_post_install() -> None:
    """Start the bridge, give the hub its token, and let it begin again with both.

    Runs again at every upgrade: settings, state and token stay.
    """
    if not service.CONFIG.exists():
        service.CONFIG.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        service.CONFIG.write_text(SETTINGS, encoding="utf-8")
    if service.COMMAND.is_symlink():
        service.COMMAND.unlink()
    if not service.COMMAND.exists():
        service.COMMAND.symlink_to(Path(sys.executable).parent / "homeport")
    service.install()
    if not HUB_TOKEN.exists() and not _give_token(within=ANSWERS_WITHIN):
        log.warning(
            "Homeport: the hub has no token yet. When `homeport doctor` finds nothing wrong,"
            " restart the hub, which then gets one: systemctl restart jupyterhub"
        )
    service.systemctl("try-restart", "jupyterhub.service")


def _give_token(*, within: float) -> bool:
    """Give the hub a token as soon as the bridge answers; False when that takes too long."""
    command = [sys.executable, "-m", "jupyterhub_homeport.launch"]
    command += ["token", "create", "--scope", "hub", "tljh"]
    began = said = time.monotonic()
    while True:
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        now = time.monotonic()
        if made.returncode == 0:
            _keep(made.stdout)
            return True
        if now - began >= within:
            log.warning("Homeport's bridge does not answer: %s", made.stderr.strip())
            return False
        if now - said >= SAY_EVERY:
            said = now
            log.info("Waiting for Homeport's bridge to start (%.0f s)...", now - began)
        time.sleep(1)


def _keep(token: str) -> None:
    """Write the file whole or not at all, for root only."""
    beside = HUB_TOKEN.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(token, encoding="utf-8")
    beside.rename(HUB_TOKEN)
