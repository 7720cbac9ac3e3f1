"""``homeport service``: the bridge as a service of systemd, with as few rights as it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAME = "homeport.service"
UNITS = Path("/etc/systemd/system")
CONFIG = Path("/etc/homeport/homeport.yaml")
# Where TLJH's plugin puts the command on everybody's path.
COMMAND = Path("/usr/local/bin/homeport")
TLJH = Path("/opt/tljh/hub")

# What acting as a home's owner takes (SETUID, SETGID), and giving a new home to them (CHOWN).
CAPABILITIES = ("CAP_CHOWN", "CAP_SETGID", "CAP_SETUID")

UNIT = """\
[Unit]
Description=Homeport: a persistent home for every JupyterHub user
Documentation=man:systemd.exec(5)
Wants=docker.service
After=network.target remote-fs.target docker.socket docker.service
# Homes on a disk of their own: without it, there is nothing to serve.
RequiresMountsFor=/home /srv/homes
Before=jupyterhub.service

[Service]
ExecStart={command} serve --config {config}
Restart=on-failure
RestartSec=2
# 143 is how a JVM ends that was asked to.
SuccessExitStatus=143
UMask=0077
ConfigurationDirectory=homeport
StateDirectory=homeport
StateDirectoryMode=0700
CacheDirectory=homeport
CacheDirectoryMode=0700
RuntimeDirectory=homeport

CapabilityBoundingSet={capabilities}
NoNewPrivileges=yes
# The homes may lie anywhere but here.
ProtectSystem=full
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
"""


def main(arguments: list[str]) -> None:
    """Run ``install`` or ``remove``; both may be repeated."""
    commands = {"install": install, "remove": remove}
    if len(arguments) != 1 or arguments[0] not in commands:
        sys.stderr.write("usage: homeport service install|remove\n")
        sys.exit(2)
    commands[arguments[0]]()


def install() -> None:
    """Write the unit as this version has it, and (re)start the bridge; its state stays."""
    (UNITS / NAME).write_text(unit(), encoding="utf-8")
    systemctl("daemon-reload")
    systemctl("enable", NAME)
    systemctl("restart", NAME)


def remove() -> None:
    """Stop the bridge and forget the unit. Settings, state, homes and servers stay."""
    if is_installed():
        systemctl("disable", "--now", NAME)
        (UNITS / NAME).unlink()
        systemctl("daemon-reload")
    if COMMAND.is_symlink():
        COMMAND.unlink()
    if TLJH.exists():
        sys.stdout.write(
            "To give TLJH its own spawner back:"
            f" {TLJH}/bin/pip uninstall -y jupyterhub-homeport && systemctl restart jupyterhub\n"
        )


def is_installed() -> bool:
    """Whether the unit is there."""
    return (UNITS / NAME).exists()


def unit() -> str:
    """Return the unit for the Python that this package is installed in."""
    return UNIT.format(
        command=f"{sys.executable} -m jupyterhub_homeport.launch",
        config=CONFIG,
        capabilities=" ".join(CAPABILITIES),
    )


def systemctl(*arguments: str) -> None:
    """Run systemctl; raises ``CalledProcessError``."""
    subprocess.run(["systemctl", *arguments], check=True)  # noqa: S603, S607
