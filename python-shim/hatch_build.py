"""Puts the bridge (its jar and its launcher) into the wheel and the source distribution."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

JAVA = "jupyterhub_homeport/java"
LAUNCHER = "src/main/launcher/homeport"
JAR = "homeport-bridge-*-all.jar"


class CarryTheBridge(BuildHookInterface[Any]):
    """Takes both from the repository, or from the source distribution that carries them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files, or stop the build and say how to make them."""
        if version == "editable":
            return  # a development install runs against the bridge of the source tree
        bridge = Path(self.root).parent / "bridge"
        carried = Path(self.root) / "src" / JAVA
        found = [*bridge.glob(f"target/{JAR}"), bridge / LAUNCHER]
        if not bridge.is_dir():
            found = [*carried.glob(JAR), carried / "homeport"]
        if len(found) != 2 or not found[1].exists():
            raise FileNotFoundError(
                f"The wheel carries one {JAR} and the launcher, but {bridge} has "
                f"{[str(path.relative_to(bridge)) for path in found if path.exists()]}: "
                "run `mvn clean package` in the repository first."
            )
        prefix = "src/" if self.target_name == "sdist" else ""
        for path in found:
            build_data["force_include"][str(path)] = f"{prefix}{JAVA}/{path.name}"
