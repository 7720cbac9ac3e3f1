"""What script/engine does in its network namespace."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from stage import ROOT, Engine

TINY = "homeport-test/tiny:1"


def main() -> int:
    subprocess.run(["busybox", "ip", "link", "set", "lo", "up"], check=True)
    with (
        tempfile.TemporaryDirectory(prefix="homeport-engine-") as folder,
        Engine(Path(folder) / "engine", programs=ROOT / "build/engine", firewall=True) as engine,
    ):
        engine.borrow(TINY)
        hosts = {"DOCKER_HOST": engine.host, "HOMEPORT_TEST_DOCKER_HOST": engine.host}
        return subprocess.run(sys.argv[1:], check=False, env={**os.environ, **hosts}).returncode


if __name__ == "__main__":
    sys.exit(main())
