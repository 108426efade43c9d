# Two commands: `make run` starts a demo server, `make test` checks everything. Both need only Python 3.11+ and pip.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test clean

run: .venv/ready
	@$(BIN)/aloha-server serve --demo

test: .venv/ready
	@scripts/check
	@scripts/test

# uv comes from PyPI where there is none; everything else from the hashes in requirements.lock.
.venv/ready: requirements.lock bindings/pyproject.toml server/pyproject.toml scripts/setup
	@PYTHON=$(PYTHON) scripts/setup

clean:
	rm -rf .venv
