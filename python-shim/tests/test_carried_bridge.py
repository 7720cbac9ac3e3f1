"""The bridge in the wheel, and the command that starts it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jupyterhub_homeport import launch

SHIM = Path(__file__).parents[1]
JAR = "homeport-bridge-0.1.0-all.jar"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Lay out the shim next to a bridge that was built, with stand-ins for jar and launcher."""
    shutil.copytree(SHIM / "src", tmp_path / "python-shim" / "src")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(SHIM / name, tmp_path / "python-shim" / name)
    launcher = tmp_path / "bridge" / "src" / "main" / "launcher" / "homeport"
    jar = tmp_path / "bridge" / "target" / JAR
    for path, content in ((launcher, '#!/bin/sh\necho "$HOMEPORT_JAR" "$@"\n'), (jar, "a jar")):
        path.parent.mkdir(parents=True)
        path.write_text(content)
    return tmp_path


def build(target: str, project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def unpacked_wheel(project: Path) -> Path:
    (wheel,) = (project / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(project / "installed")
    return project / "installed"


def test_the_wheel_carries_the_bridge_and_the_command_starts_it(repository: Path) -> None:
    project = repository / "python-shim"
    built = build("wheel", project)
    assert built.returncode == 0, built.stderr
    installed = unpacked_wheel(project)
    jar = installed / "jupyterhub_homeport" / "java" / JAR
    started = subprocess.run(
        [sys.executable, "-m", "jupyterhub_homeport.launch", "doctor", "--json"],
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.stdout == f"{jar} doctor --json\n", started.stderr


def test_a_wheel_from_the_source_distribution_carries_it_too(repository: Path) -> None:
    assert build("sdist", repository / "python-shim").returncode == 0
    (sdist,) = (repository / "python-shim" / "dist").glob("*.tar.gz")
    shutil.unpack_archive(sdist, repository / "elsewhere", filter="data")
    (project,) = (repository / "elsewhere").iterdir()
    built = build("wheel", project)
    assert built.returncode == 0, built.stderr
    carried = unpacked_wheel(project) / "jupyterhub_homeport" / "java"
    assert sorted(path.name for path in carried.iterdir()) == ["homeport", JAR]


@pytest.mark.parametrize("lacking", ["target", "src"])
def test_a_wheel_without_the_bridge_is_not_built(repository: Path, lacking: str) -> None:
    shutil.rmtree(repository / "bridge" / lacking)
    built = build("wheel", repository / "python-shim")
    assert built.returncode != 0
    assert "run `mvn clean package` in the repository first" in built.stderr


def test_a_development_install_says_where_the_bridge_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "JAVA", Path("/nowhere"))
    with pytest.raises(SystemExit, match="bridge/src/main/launcher/homeport"):
        launch.main()
