# Every command sets up its own virtual environment first; a second run starts in seconds.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

PORT  ?= 8000
SCALE ?= 1

# Processes for `make test`; 0 runs in one process, as does naming tests in PYTEST_ARGS.
PYTEST_WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 1); echo $$((n > 4 ? 4 : n)))
PYTEST_ARGS    ?= -n $(PYTEST_WORKERS)

# Without compiled modules on disk every start of Python takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test test-long bench lint format messages services services-stop clean

help: ## Show this list
	@echo "Aixin 爱心. The commands:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo 'Full stack: eval "$$(make -s services)", then make demo or make test as usual.'
	@echo 'Some tests:  make test PYTEST_ARGS="tests/core -x"'

$(STAMP): requirements/dev.lock .ci/environment .ci/link_project.py
	@PYTHON="$(PYTHON)" .ci/environment $(VENV)
	@touch $@

demo: $(STAMP) ## Run the whole application with invented data (PORT=8000 SCALE=1)
	@exec $(BIN)/aixin demo --port $(PORT) --scale $(SCALE)

test: $(STAMP) ## Run the tests (PYTEST_ARGS="…" chooses)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

test-long: $(STAMP) ## Run the tests that take minutes
	@$(BIN)/python -m pytest -m long

bench: $(STAMP) ## Measure the benchmarks and print their figures
	@$(BIN)/python -m tests.benchmarks

lint: $(STAMP) ## Check format, style, types, layers, migrations and translations
	@.ci/lint

format: $(STAMP) ## Rewrite the sources in the project's format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .
	@$(BIN)/djlint --reformat --quiet site/templates site/demo/templates || true

messages: $(STAMP) ## Collect the texts to translate
	@$(BIN)/python .ci/messages.py update

services: ## Start PostgreSQL, Redis and Elasticsearch; print lines to export
	@.ci/services start

services-stop: ## Stop exactly what `make services` started
	@.ci/services stop

clean: ## Remove the virtual environment and caches (the data in var/ stays)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
	@echo "Removed the virtual environment and caches."
