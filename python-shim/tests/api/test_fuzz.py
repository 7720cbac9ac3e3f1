"""Thousands of requests, right and wrong, get answers that the description knows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stage import Bridge

AT_LEAST = 5000
SEED = 4
EXAMPLES_OF_EACH_OPERATION = 130
SETTINGS = Path(__file__).with_name("schemathesis.toml")
# A process for each half of the operations, of which each has a core.
HALVES = {"users": r"^\S+ /api/v1/users/", "rest": r"^\S+ (?!/api/v1/users/)"}


class Fuzzer:
    """A run of schemathesis on some operations; what it found is in its output."""

    def __init__(self, bridge: Bridge, settings: Path, name: str, operations: str) -> None:
        self.report = settings.with_name(f"{name}.json")
        self.output = settings.with_name(f"{name}.txt")
        command: list[str | Path] = [
            *(Path(sys.executable).with_name("schemathesis"), "--config-file", settings),
            *("run", f"{bridge.url}/openapi.json", "--include-name-regex", operations),
            *("--header", f"Authorization: Bearer {bridge.token}", "--no-color"),
            *("--seed", str(SEED), "--max-examples", str(EXAMPLES_OF_EACH_OPERATION)),
            *("--no-shrink", "--workers", "1", "--report-json-path", self.report),
        ]
        with self.output.open("w") as output:
            # It keeps what it learns beside it.
            self.process = subprocess.Popen(
                command, cwd=settings.parent, stdout=output, stderr=subprocess.STDOUT
            )

    def finish(self) -> int:
        """How many requests passed; fails with all that did not."""
        assert self.process.wait() == 0, self.output.read_text()
        cases: dict[str, int] = json.loads(self.report.read_text())["test_cases"]
        return cases["generated"]


def test_no_request_gets_an_answer_that_is_not_described(
    bridge: Bridge, backups: list[int], tmp_path: Path
) -> None:
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(SETTINGS.read_text().replace("[1]", str(backups)))
    fuzzers = [Fuzzer(bridge, settings, *half) for half in HALVES.items()]
    try:
        assert sum(fuzzer.finish() for fuzzer in fuzzers) >= AT_LEAST
    finally:
        for fuzzer in fuzzers:
            fuzzer.process.kill()
            fuzzer.process.wait()
    # The fuzzer's token opens the API to the last, so nothing of the above was "401" throughout.
    assert bridge.api("GET", "tokens").is_success
    assert "level=error" not in bridge.service.log.read_text()
