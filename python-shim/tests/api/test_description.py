"""The description of the API: valid, and true to the examples of the documentation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from stage import ROOT

if TYPE_CHECKING:
    from stage import Bridge

# The schema of each file in docs/examples.
EXAMPLES = {
    "backup": "Run",
    "environments": "Environments",
    "event-end": "ServerEvent",
    "event-progress": "ServerEvent",
    "plan": "Plan",
    "problem": "Problem",
    "server-failed": "Server",
    "server-request": "ServerRequest",
    "server-running": "Server",
    "status": "Status",
    "tokens": "Tokens",
    "users": "Users",
}


@pytest.fixture(scope="module")
def description(bridge: Bridge) -> dict[str, Any]:
    # It needs no token.
    answer: dict[str, Any] = httpx.get(f"{bridge.url}/openapi.json").raise_for_status().json()
    return answer


def test_the_description_is_openapi(description: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(description).validate()
    assert description["openapi"].startswith("3.1.")
    assert description["info"]["version"]


def test_every_example_has_a_schema() -> None:
    examples = {path.stem for path in (ROOT / "docs/examples").glob("*.json")}
    assert examples == set(EXAMPLES), "name the schema of a new example above"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_as_described(name: str, description: dict[str, Any]) -> None:
    schemas = closed(description["components"]["schemas"])
    schema = {"$ref": f"#/components/schemas/{EXAMPLES[name]}", "components": {"schemas": schemas}}
    example = json.loads((ROOT / f"docs/examples/{name}.json").read_text())
    Draft202012Validator(schema).validate(example)


def closed(schema: Any) -> Any:
    """The same, without any field that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: closed(part) for name, part in schema.items()}
    return {"additionalProperties": False, **parts} if is_object(schema) else parts


def is_object(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "object" and "properties" in schema
