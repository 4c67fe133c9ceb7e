# make help lists the targets.

VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip --quiet --disable-pip-version-check
CODE    := $(wildcard src tests bench)
PYTHONS  = python3.11 python3
LOCK     = $(BIN)/uv pip compile pyproject.toml --quiet --python-version 3.11 --universal \
           --fork-strategy fewest --generate-hashes --no-annotate \
           --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: extract test check bench bench-ocr frameworks matrix bench-write matrix-write bench-tools lock venv clean help

extract: $(VENV)/.runtime ## read raw/, write output/
	@$(BIN)/breakthrough-extract extract raw/ -o output/

test: check ## check, then run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## lint, format, types and imports
	@$(BIN)/ruff check --quiet --output-format concise $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE) || \
	    { echo "Not formatted; to put it right: $(BIN)/ruff format $(CODE)" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary $(CODE)
	@$(BIN)/lint-imports --no-logo > $(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }
	@echo "check: lint, format, types and imports are in order"

bench: $(VENV)/.dev ## measure speed and memory
	@$(BIN)/python -m bench.bench

matrix: $(VENV)/.runtime ## measure quality, each layout by each way in
	@$(BIN)/python -m bench.matrix

frameworks: $(VENV)/.runtime ## measure other staged models, with profiles and by discovery
	@$(BIN)/python -m bench.frameworks

bench-write: $(VENV)/.dev ## bench, and put the tables into the README
	@$(BIN)/python -m bench.bench --write

matrix-write: $(VENV)/.runtime ## matrix, and put the table into the README
	@$(BIN)/python -m bench.matrix --write

bench-ocr: $(VENV)/.dev ## measure what is recognised on scans, and how fast
	@$(BIN)/python -m bench.ocr

bench-tools: .venv-bench/.made ## make .venv-bench with what bench compares with

lock: $(VENV)/.dev ## regenerate the locks; UPGRADE=--upgrade raises the pins
	@$(LOCK) --group build -o requirements.lock
	@$(LOCK) --all-extras --group build --group dev -c requirements.lock -o requirements-dev.lock
	@if grep -nE '://|^ *--(index|extra|find|trusted)' requirements.lock requirements-dev.lock; \
	    then echo "A lock names an address." >&2; exit 1; fi

venv: $(VENV)/.dev ## make .venv with everything to work on the project

clean: ## remove .venv, caches and build products
	@rm -rf $(VENV) .venv-bench build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

# The stamps: each is redone only when what it stands on has changed.

$(VENV)/.made:
	@for python in $(PYTHONS); do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "$(VENV): made with $$python"; \
	        $$python -m venv --clear $(VENV) && touch $@; exit; \
	    fi; \
	done; \
	echo "Python 3.11 or later is needed; tried: $(PYTHONS). Name another: make PYTHONS=/path/to/python" >&2; \
	exit 1

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.made
	@echo "$(VENV): installing requirements.lock"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "$(VENV): installing requirements-dev.lock"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv-bench/.made: bench/requirements.txt $(VENV)/.made
	@$(BIN)/python -m venv --clear .venv-bench
	@.venv-bench/bin/python -m pip --quiet --disable-pip-version-check install -r $<
	@touch $@
