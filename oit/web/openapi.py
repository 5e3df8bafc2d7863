"""The description of /api as an OpenAPI 3.1 document; the answers' schemas are those that ship with the reports."""

from __future__ import annotations

from typing import Any

from oit import __version__
from reports.schemas import load_schema

_ERROR = "oit-api-error-1"
_ANSWERS = ("oit-api-agencies-1", "oit-report-2", "oit-api-item-1", _ERROR)
_NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
_PAGE = {"name": "page", "in": "query", "required": False, "schema": {"type": "integer", "minimum": 1}}
_FAILURES = {
    "401": "A login is needed to read",
    "403": "Of another agency",
    "404": "There is none",
    "503": "The store cannot be used now",
}


def openapi_document() -> dict[str, Any]:
    """Return the whole document; it needs no other file."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "oit",
            "version": __version__,
            "description": "Read-only. Times are UTC, dates ISO, editions Buddhist-era fiscal years.",
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": {
            "/api/agencies": _path(
                "listAgencies", "Agencies with the status of each item, in pages of 50", [_PAGE], "oit-api-agencies-1"
            ),
            "/api/agencies/{name}": _path(
                "getAgency", "One agency's report, in the shape of report.json", [_NAME], "oit-report-2"
            ),
            "/api/items/{name}": _path("getItem", "One item: its status by agency id", [_NAME], "oit-api-item-1"),
            "/api/schemas/{name}": _path("getSchema", "The JSON Schema of an answer, by its name", [_NAME], ""),
            "/api/openapi.json": _path("getDescription", "This document", [], ""),
        },
        "components": {
            "schemas": {name: load_schema(name) for name in _ANSWERS},
            "responses": {code: {"description": text, "content": _content(_ERROR)} for code, text in _FAILURES.items()},
        },
    }


def _path(operation: str, summary: str, parameters: list[dict[str, Any]], form: str) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": {"description": "found", "content": _content(form)}}
    responses |= {code: {"$ref": f"#/components/responses/{code}"} for code in _FAILURES}
    return {
        "get": {"operationId": operation, "summary": summary, "parameters": parameters, "responses": responses}
    }  # fmt: skip


def _content(form: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{form}"} if form else {"type": "object"}
    return {"application/json": {"schema": schema}}
