# What a contributor asks for in one word. OIT_VENV names another virtual environment than .venv/.
PYTHON ?= $(or $(OIT_VENV),.venv)/bin/python

.PHONY: check lint types test test-all cases

check: lint types test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

# Without crawls, browser and character recognition.
test:
	$(PYTHON) -m pytest -n auto -m "not slow and not browser and not ocr"

test-all:
	$(PYTHON) -m pytest -n auto

cases:
	$(PYTHON) -m oit evaluate
