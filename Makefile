# make run    a hall with the sample assembly and robots in the seats
# make test   everything: linters, types, unit, property, contract, socket, fault and browser tests
# Both do all of their own set-up. PYTHON=… chooses another interpreter, DATA=… another hall.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := run
.PHONY: run test checks lint check-python check-screens test-python test-screens faults screens setup tools clean

PYTHON ?=
BIN := .venv/bin
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm
DATA ?= data
PORT ?= 8400

SCREEN_SOURCES := $(shell find check display kiosk_client/web server/console server/wire/ts server/locales \
	-type f \( -name '*.svelte' -o -name '*.ts' -o -name '*.css' -o -name '*.html' -o -name '*.ftl' -o -name '*.svg' \) 2>/dev/null)

run: setup screens
	@$(BIN)/hemicycle demo --data "$(DATA)" --port "$(PORT)"

# The checks run beside the tests of Python: the one computes while the other waits.
test: setup screens tools
	@mkdir -p build
	@$(MAKE) --no-print-directory checks > build/checks.log 2>&1 & checks=$$!; \
		outcome=0; $(MAKE) --no-print-directory test-python || outcome=$$?; \
		wait $$checks || outcome=$$?; cat build/checks.log; exit $$outcome

checks: lint test-screens

setup: .venv/installed

screens: server/screens/built

.venv/installed: requirements.lock pyproject.toml deploy/setup
	@deploy/setup "$(PYTHON)"
	@touch $@

node_modules/installed: package-lock.json .npmrc .venv/installed
	@echo "== Installing what the screens are built with (Node from PyPI)"
	@$(NPM) ci --no-audit --no-fund
	@touch $@

server/screens/built: node_modules/installed vite.config.ts $(SCREEN_SOURCES)
	@echo "== Building the screens"
	@$(NPM) run --silent build
	@touch $@

# What the tests run and Python's packages do not bring.
tools: setup
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.belenios

lint: check-python check-screens

check-python: setup
	@echo "== Python: format, lint, types, architecture"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

check-screens: screens
	@echo "== Screens: types, lint, format"
	@$(NPM) run --silent check

test-screens: screens
	@echo "== Screens: unit tests"
	@$(NPM) test

test-python: setup screens tools
	@echo "== Python: unit, property, contract, socket, fault and browser tests"
	@# Once, and not in each of the hundreds of processes that the tests start.
	@$(BIN)/python -m compileall -q server kiosk_client scrutineer
	@# A file stays with one worker, for its hall; not the shortest files last, which are the slowest.
	@$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder || { \
		echo "== What failed beside the others is run once more, alone"; \
		$(BIN)/python -m pytest --last-failed --last-failed-no-failures none; }

# The long schedules of faults, half an hour on a busy machine; `make test` has short ones inside.
MINUTES ?= 8
faults: setup
	@HEMICYCLE_FAULT_ROUNDS=5 HEMICYCLE_FAULT_MINUTES=$(MINUTES) \
		$(BIN)/python -m pytest tests/faults tests/many tests/history \
		-n 2 --dist loadfile --timeout=1800

clean:
	@rm -rf .venv node_modules server/screens build
