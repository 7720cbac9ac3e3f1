"""The command ``homeport``: the bridge that this package carries."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from . import service

JAVA = Path(__file__).parent / "java"


def main() -> None:
    """Become the launcher, which finds Java and starts the jar; HOMEPORT_JAR names another jar.

    ``homeport service`` is ours: it is about the host's systemd and the path of this Python.
    """
    if sys.argv[1:2] == ["service"]:
        service.main(sys.argv[2:])
        return
    launcher = JAVA / "homeport"
    jars = sorted(JAVA.glob("homeport-bridge-*-all.jar"))
    if not launcher.exists() or not jars:
        sys.exit(
            f"homeport: there is no bridge in {JAVA}, as in a development install: install the"
            " wheel, or start bridge/src/main/launcher/homeport of the source tree."
        )
    os.environ.setdefault("HOMEPORT_JAR", str(jars[-1]))
    # By way of sh, because a wheel keeps no executable bit.
    os.execv("/bin/sh", ["sh", str(launcher), *sys.argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
