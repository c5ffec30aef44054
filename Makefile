# Everything that is done with this project, by name. It needs Python 3.11 and make; each target sets itself up,
# and what is set up already is not touched again.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-is-ready
DEV := $(VENV)/.dev-is-ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONDONTWRITEBYTECODE # every command starts twice as slowly, and a test run takes a minute more
install = $(BIN)/pip install --require-hashes --requirement $(1) | awk '/^Collecting/ { print "  " $$2; fflush() }'
install_project = $(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .

.PHONY: help demo test test-long check format docs bench bench-store bench-proof bench-money bench-text bench-large spark lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME) ## make a company with a known truth, score it weekly, write its report, open the desk on it for an hour
	@$(BIN)/sabai demo --out demo
	@SABAI_DATA=demo/desk $(BIN)/sabai desk --demo --background --minutes 60

test: $(DEV) ## every fast test
	@$(BIN)/pytest

test-long: $(DEV) ## the slow and heavy tests too
	@$(BIN)/pytest -m "" --hypothesis-profile=long

check: $(DEV) ## format, lint, types, order of imports, docs and schema up to date
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m docs.generate --check

format: $(DEV) ## put code into its format and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(DEV) ## write the generated pages of docs again, by running what they show
	@$(BIN)/python -m docs.generate

bench: $(DEV) ## 10 million events against the scan, SQL, Polars, pandas and PostgreSQL
	@$(BIN)/python -m benchmarks 10m

bench-store: $(DEV) ## landing, one day more, and Spark where it is installed
	@$(BIN)/python -m benchmarks 2m

bench-proof: $(DEV) ## what proof counts on 1,000 draws of accounts, against a loop over scikit-learn
	@$(BIN)/python -m benchmarks prove

bench-money: $(DEV) ## movements of revenue against SQL, lifetime value against lifetimes where that is installed
	@$(BIN)/python -m benchmarks revenue
	@$(BIN)/python -m benchmarks value

bench-text: $(DEV) ## 1,000 comments judged, against scikit-learn
	@$(BIN)/python -m benchmarks text

bench-large: $(DEV) ## the same with 100 million events
	@$(BIN)/python -m benchmarks 100m

spark: $(DEV) ## what the Spark engine and its tests need, too (about 450 MB; Java 17 is not among it)
	@$(call install,requirements-spark.lock)

lock: $(DEV) ## resolve the versions in requirements*.lock again
	@$(BIN)/pip-compile $(lock_options) --all-build-deps --extra desk --extra bench --extra dev --output-file requirements-dev.lock pyproject.toml
	@$(BIN)/pip-compile $(lock_options) --all-build-deps --extra desk --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml
	@$(BIN)/pip-compile $(lock_options) --extra spark --constraint requirements-dev.lock --output-file requirements-spark.lock pyproject.toml

lock_options := --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-options --no-header

clean: ## remove the environment and every cache
	@rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis dist demo

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Sabai needs Python 3.11 or newer on the PATH (or: make PYTHON=/path/to/python)."; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is too old: Sabai needs Python 3.11 or newer (make PYTHON=...)."; exit 1; }
	@echo "Making an environment in $(VENV)"
	@"$(PYTHON)" -m venv $(VENV)

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what Sabai runs on (once, about 160 MB)"
	@$(call install,requirements.lock)
	@$(install_project)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what Sabai is built and tested with (once, about 270 MB)"
	@$(call install,requirements-dev.lock)
	@$(install_project)
	@touch $(RUNTIME) $@
