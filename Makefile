# make help lists the targets.

VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip --quiet --disable-pip-version-check
CODE    := $(wildcard src tests bench docs/hooks)
AS_ROOT  = $(if $(filter-out 0,$(shell id -u)),sudo)
PYTHONS  = python3.11 python3
TYPESCRIPT := typescript@5.9.3
EXPORTS := frictionless jsonl markdown tei case typescript citation
LOCK     = $(BIN)/uv pip compile pyproject.toml --quiet --python-version 3.11 --universal \
           --fork-strategy fewest --generate-hashes --no-annotate \
           --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: layouts extract test check browser docs bench growth garble fuzz bench-ocr bench-corpus matrix bench-install bench-report bench-tools typescript lock venv clean help frameworks

extract: $(VENV)/.runtime ## read raw/, write output/
	@$(BIN)/breakthrough-extract extract raw/ -o output/
	@$(BIN)/breakthrough-extract export output/breakthrough.json -o output/export/ \
	    $(EXPORTS:%=--to %)

ifdef CI
test: .node/.made
endif

test: check browser ## check, then run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## lint, format, types and imports
	@$(BIN)/ruff check --quiet --output-format concise $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE) || \
	    { echo "Not formatted; to put it right: $(BIN)/ruff format $(CODE)" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary $(CODE)
	@$(BIN)/lint-imports --no-logo > $(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }
	@echo "check: lint, format, types and imports are in order"

docs: $(VENV)/.dev ## build the site into build/site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	@echo "docs: build/site/index.html"

# In CI the browser must be there; on a person's machine, tests that need it are skipped without.
browser: ## see to a Chromium for the tests of the page
	@if command -v chromium > /dev/null || [ -n "$$BREAKTHROUGH_CHROMIUM" ]; then :; \
	elif [ "$$CI" = true ] || [ "$(MAKECMDGOALS)" = browser ]; then \
	    command -v apt-get > /dev/null || { echo "No apt-get here; install Chromium by hand." >&2; exit 1; }; \
	    echo "browser: installing chromium"; \
	    $(AS_ROOT) apt-get -qq update && \
	    $(AS_ROOT) apt-get -qq install -y --no-install-recommends chromium > /dev/null; \
	else echo "browser: no chromium here; tests of the page are skipped. make browser installs it"; fi

# WRITE=1 puts a measure's tables into the page that shows them.
WRITTEN  = $(if $(WRITE),--write)

bench: $(VENV)/.dev growth ## measure speed and memory
	@$(BIN)/python -m bench.bench $(WRITTEN)

matrix: $(VENV)/.runtime ## measure quality, each layout by each way in
	@$(BIN)/python -m bench.matrix $(WRITTEN)

garble: $(VENV)/.dev ## damage true models, measure what comes out, write docs/garble.md and the calibration
	@$(BIN)/python -m bench.garble

frameworks: $(VENV)/.runtime ## measure other staged models, with profiles and by discovery
	@$(BIN)/python -m bench.frameworks $(WRITTEN)

layouts: $(VENV)/.dev browser ## typeset the dataset in more layouts, and read it back
	@$(BIN)/python -m bench.layouts $(WRITTEN)

growth: $(VENV)/.dev ## measure how time grows with length, on hostile documents too
	@$(BIN)/python -m bench.growth $(WRITTEN)

SECONDS ?= 60
READERS ?= text html pdf encoding profile model pipeline
fuzz: $(VENV)/.dev ## fuzz each of READERS for SECONDS each
	@for reader in $(READERS); do \
	    $(BIN)/python -m tests.fuzz.run $$reader --seconds $(SECONDS) || exit 1; \
	done

bench-ocr: $(VENV)/.dev ## measure what is recognised on scans, and how fast
	@$(BIN)/python -m bench.ocr

bench-install: $(VENV)/.dev ## measure what a plain installation brings
	@$(BIN)/python -m bench.install

bench-report: $(VENV)/.dev browser ## measure the page in a browser, up to a hundred times its size
	@$(BIN)/python -m bench.report

bench-corpus: $(VENV)/.dev ## measure corpus runs: rate, screen, scaling, memory
	@$(BIN)/python -m bench.corpus $(WRITTEN)

bench-tools: .venv-bench/.made ## make .venv-bench with what bench compares with

typescript: .node/.made ## install the TypeScript compiler in .node/; tests use it if it is there

lock: $(VENV)/.dev ## regenerate the locks; UPGRADE=--upgrade raises the pins
	@$(LOCK) --group build -o requirements.lock
	@$(LOCK) --all-extras --group build --group dev -c requirements.lock -o requirements-dev.lock
	@if grep -nE '://|^ *--(index|extra|find|trusted)' requirements.lock requirements-dev.lock; \
	    then echo "A lock names an address." >&2; exit 1; fi

venv: $(VENV)/.dev ## make .venv with everything to work on the project

clean: ## remove .venv, caches and build products
	@rm -rf $(VENV) .venv-bench .node build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
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

.node/.made: Makefile
	@npm install --prefix .node --no-save --no-package-lock --no-audit --no-fund --loglevel error $(TYPESCRIPT)
	@touch $@

.venv-bench/.made: bench/requirements.txt $(VENV)/.made
	@$(BIN)/python -m venv --clear .venv-bench
	@.venv-bench/bin/python -m pip --quiet --disable-pip-version-check install -r $<
	@touch $@
