"""The interface answers what its description says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.oit.web.conftest import Browser
from tests.schemas import faults

PATHS = {
    "/api/agencies": ["/api/agencies", "/api/agencies?page=1"],
    "/api/agencies/{name}": ["/api/agencies/land"],
    "/api/items/{name}": ["/api/items/O2", "/api/items/O1"],
    "/api/schemas/{name}": ["/api/schemas/oit-report-2", "/api/schemas/oit-api-agencies-1"],
    "/api/openapi.json": ["/api/openapi.json"],
}


@pytest.fixture
def document(browser: Browser) -> dict[str, Any]:
    """The description."""
    found = browser.client.get("/api/openapi.json").json
    assert found is not None
    return found


def test_every_address_of_the_interface_is_described(
    open_browser: Callable[..., Browser], document: dict[str, Any]
) -> None:
    app = open_browser().client.application
    known = {rule.rule.replace("<name>", "{name}") for rule in app.url_map.iter_rules() if rule.rule.startswith("/api")}
    assert known == set(document["paths"]) == set(PATHS)
    operations = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(set(operations)) == len(operations)


@pytest.mark.parametrize("path", PATHS)
def test_answers_have_the_form_that_is_described(browser: Browser, document: dict[str, Any], path: str) -> None:
    described = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    form = described.get("$ref", "").removeprefix("#/components/schemas/")
    for address in PATHS[path]:
        answer = browser.client.get(address)
        assert answer.status_code == 200
        assert answer.mimetype == "application/json"
        assert not form or faults(answer.json, form) == []
        assert not form or document["components"]["schemas"][form]["$id"] == f"urn:oit:schema:{form}"


def test_failures_have_their_form(browser: Browser, document: dict[str, Any]) -> None:
    for address in ("/api/agencies/nobody", "/api/items/O99", "/api/schemas/nothing", "/api/schemas/..%2Fx"):
        answer = browser.client.get(address)
        assert answer.status_code == 404
        if answer.mimetype == "application/json":
            assert faults(answer.json, "oit-api-error-1") == []
    reference = document["paths"]["/api/agencies"]["get"]["responses"]["404"]["$ref"]
    assert reference.rsplit("/", 1)[1] in document["components"]["responses"]


def test_the_schemas_in_the_description_are_valid(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
