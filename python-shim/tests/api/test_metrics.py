"""What the bridge tells Prometheus, read as Prometheus reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.conftest import IMAGE, USERS
from stage import wait_until

if TYPE_CHECKING:
    from prometheus_client.samples import Sample

    from stage import Bridge

# The names are a promise: dashboards and alerts have them.
NAMES = {
    "homeport_spawn_duration_seconds": "histogram",
    "homeport_spawn_phase_duration_seconds": "histogram",
    "homeport_spawn_queue_length": "gauge",
    "homeport_servers": "gauge",
    "homeport_pull_duration_seconds": "histogram",
    "homeport_pull_bytes": "counter",
    "homeport_pulls_under_way": "gauge",
    "homeport_seed_duration_seconds": "histogram",
    "homeport_seed_files": "counter",
    "homeport_seed_images_opened": "counter",
    "homeport_docker_call_duration_seconds": "histogram",
    "homeport_http_request_duration_seconds": "histogram",
    "homeport_backup_run_duration_seconds": "histogram",
    "homeport_backup_sent_bytes": "counter",
    "homeport_backup_last_success_timestamp_seconds": "gauge",
    "homeport_audit_failing": "gauge",
    "dirsize_total_size_bytes": "gauge",
    "dirsize_entries_count": "gauge",
    "dirsize_latest_mtime": "gauge",
}


class Metrics:
    """One scrape."""

    def __init__(self, bridge: Bridge) -> None:
        headers = {"Authorization": f"Bearer {bridge.token}"}
        text = httpx.get(f"{bridge.url}/metrics", headers=headers).raise_for_status().text
        self.families = {family.name: family for family in text_string_to_metric_families(text)}

    def samples(self, name: str) -> list[Sample]:
        return self.families[name].samples if name in self.families else []

    def value(self, sample: str, **labels: str) -> float:
        """The sum of the samples of that name with these labels."""
        return sum(
            found.value
            for family in self.families.values()
            for found in family.samples
            if found.name == sample and labels.items() <= found.labels.items()
        )


@pytest.fixture(scope="module")
def metrics(bridge: Bridge, backups: list[int]) -> Metrics:
    """After two homes were made and saved, one server started and stopped, and one refused."""
    assert backups
    request = {
        "user": "ada",
        "image": IMAGE,
        "command": ["httpd", "-f", "-p", "8888"],
        "answersAt": "/",
    }
    bridge.api("POST", "servers", json=request).raise_for_status()
    wait_until(
        lambda: bridge.api("GET", "servers/ada").json()["state"] in {"running", "failed"},
        "the server answers",
    )
    bridge.api("DELETE", "servers/ada").raise_for_status()
    refused = {"user": "ada", "image": "homeport-test/no-such:1", "serverName": "lab"}
    bridge.api("POST", "servers", json=refused).raise_for_status()
    wait_until(
        lambda: bridge.api("GET", "servers/ada--lab").json()["state"] == "failed",
        "the other one fails",
    )
    # Homes are measured once somebody has asked, and not while he waits.
    sizes = "dirsize_entries_count"
    wait_until(lambda: len(Metrics(bridge).samples(sizes)) == len(USERS), "homes are measured")
    return Metrics(bridge)


def test_everything_that_is_promised_is_told(metrics: Metrics) -> None:
    told = {name: metrics.families[name].type for name in NAMES if name in metrics.families}
    assert told == NAMES


def test_every_metric_says_what_it_is(metrics: Metrics) -> None:
    assert all(family.documentation for family in metrics.families.values())


def test_starts_are_counted_by_result_and_phase(metrics: Metrics) -> None:
    count = "homeport_spawn_duration_seconds_count"
    assert metrics.value(count, result="running") == 1
    assert metrics.value(count, result="failed") == 1
    assert metrics.value("homeport_spawn_duration_seconds_bucket", result="running", le="+Inf") == 1
    for phase in ("checking", "creating", "waiting"):
        assert metrics.value("homeport_spawn_phase_duration_seconds_count", phase=phase) >= 1
    assert metrics.value("homeport_spawn_queue_length") == 0
    assert metrics.value("homeport_servers", state="running") == 0
    assert metrics.value("homeport_servers", state="failed") == 1


def test_seeds_are_counted(metrics: Metrics) -> None:
    assert metrics.value("homeport_seed_duration_seconds_count", result="done") >= 3
    assert metrics.value("homeport_seed_files_total") > 0
    assert metrics.value("homeport_seed_images_opened_total") == 1


def test_docker_calls_have_few_names(metrics: Metrics) -> None:
    calls = "homeport_docker_call_duration_seconds_count"
    assert metrics.value(calls, operation="create_container", result="done") == 1
    assert metrics.value(calls, operation="start_container", result="done") == 1
    assert metrics.value(calls, operation="stop_container", result="done") >= 1
    names = {
        sample.labels["operation"]
        for sample in metrics.families["homeport_docker_call_duration_seconds"].samples
    }
    assert not [name for name in names if "ada" in name or "homeport-test" in name]


def test_requests_are_counted_by_route(metrics: Metrics) -> None:
    count = "homeport_http_request_duration_seconds_count"
    assert metrics.value(count, method="POST", route="/api/v1/servers", status="202") == 2
    assert metrics.value(count, route="/api/v1/servers/{id}") >= 2


def test_homes_have_the_names_that_dashboards_know(metrics: Metrics) -> None:
    for directory in USERS:
        assert metrics.value("dirsize_entries_count", directory=directory) > 0
        assert metrics.value("dirsize_total_size_bytes", directory=directory) > 0
        assert metrics.value("dirsize_latest_mtime", directory=directory) > 1.7e9
        saved = "homeport_backup_last_success_timestamp_seconds"
        assert metrics.value(saved, directory=directory) > 1.7e9


def test_backups_are_counted(metrics: Metrics) -> None:
    count = "homeport_backup_run_duration_seconds_count"
    assert metrics.value(count, kind="backup", status="done") >= 2
    assert metrics.value("homeport_backup_sent_bytes_total", kind="backup") > 0


def test_a_stranger_is_told_nothing(bridge: Bridge) -> None:
    assert httpx.get(f"{bridge.url}/metrics").status_code == 401
