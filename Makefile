# All the set-up there is. `make demo` and `make test` need Python 3.11 or later, git and make.
# Paths are relative, so the checkout may lie below a folder with spaces in its name.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What pytest is given besides, e.g. make test TESTS="tests/language -x"
TESTS ?=
PAGES := tests/cases tests/test_docs.py

# How much `make bench` measures: small or full; which of its jobs, all unless named.
SIZE ?= small
JOBS ?=

# How many units under each shipped policy by columns and exactly.
UNITS ?= 1000000
# How many drawn policies with data the two evaluators are given, and the seed of the first.
PAIRS ?= 1000000
SEED ?= 0
# How many slips of each kind are made in each policy.
EACH ?= 12

.PHONY: help demo test differential columns lint format bench bench-pages bench-check bench-units page-update slips genre docs lock
.DELETE_ON_ERROR:

help: ## show what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST)

demo: $(VENV)/.run ## score the shipped policies on the shipped data
	@$(BIN)/rubric demo

test: $(VENV)/.tests ## run the tests
	@$(BIN)/python -m pytest --numprocesses auto $(TESTS)

differential: $(VENV)/.tests ## a million drawn policies with data: the engine beside a second evaluator
	@$(BIN)/python -m tests.reference.differential --pairs $(PAIRS) --seed $(SEED)

columns: $(VENV)/.tests ## a million units under each shipped policy, by columns beside the exact arithmetic
	@$(BIN)/python -m tests.columns.million --units $(UNITS)

test-spark: $(VENV)/.spark ## run the tests of Spark on this machine (needs Java 17)
	@$(BIN)/python -m pytest tests/spark/on_local_2.py $(TESTS)

lint: $(VENV)/.lint ## check style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(VENV)/.lint ## put the Python files into the house's form
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

bench: ## measure rubric beside what could be used instead (SIZE=small or full, JOBS="csv units"); Markdown tables
	@$(MAKE) --no-print-directory VENV=.venv-bench .venv-bench/.peers
	@.venv-bench/bin/python -m tests.bench $(SIZE) $(JOBS)

bench-pages: ## the same, and write the tables into docs/performance.md and docs/performance.zh.md
	@$(MAKE) --no-print-directory VENV=.venv-bench .venv-bench/.peers
	@.venv-bench/bin/python -m tests.bench --pages $(SIZE) $(JOBS)

bench-check: $(VENV)/.tests ## measure what checking policies takes; a Markdown table
	@$(BIN)/python -m tests.bench.check

bench-units: $(VENV)/.tests ## measure how many units are assessed per second; a Markdown table
	@$(BIN)/python -m tests.bench.units

page-update: $(VENV)/.tests ## rewrite the outputs in the test pages; read the diff before you commit it
	@$(BIN)/python -m pytest $(PAGES) --update-pages
	@git --no-pager diff --stat -- tests/cases docs README.md README.zh.md

slips: $(VENV)/.tests ## see what becomes of slips of the hand in the shipped policies, or make slips FILES="a.yaml page.md"
	@$(BIN)/python -m tests.slips.table --each $(EACH) --seed $(SEED) $(FILES)

genre: $(VENV)/.tests ## measure how many sentences of a list are understood, e.g. make genre LIST=sentences.tsv
	@$(BIN)/python -m tools.genre $(LIST)

docs: $(VENV)/.tests ## write docs/diagnostics and the words of the language reference
	@$(BIN)/python -m tools.write_diagnostics
	@$(BIN)/python -m tools.write_language

lock: ## resolve the requirements anew (needs uv)
	uv pip compile pyproject.toml $(COMPILE) --group tests --group lint --upgrade -o requirements/lint.txt
	uv pip compile pyproject.toml $(COMPILE) --group tests -c requirements/lint.txt -o requirements/tests.txt
	uv pip compile pyproject.toml $(COMPILE) --extra spark --group tests -c requirements/lint.txt -o requirements/spark.txt
	uv pip compile pyproject.toml $(COMPILE) --group bench -o requirements/bench.txt
	uv pip compile pyproject.toml $(COMPILE) --group build -c requirements/lint.txt -o requirements/run.txt

# For every system and Python version at once, with hashes, without the address of any index.
COMPILE := --universal --python-version 3.11 --generate-hashes --no-annotate --quiet --custom-compile-command "make lock"

# ------------------------------------------------------------------ installing
# Each stamp stands for one lock file installed; nothing is done again until a lock file changes.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'rubric needs Python 3.11 or later; name one: make PYTHON=python3.12 …' >&2; exit 1; }
	@echo 'creating $(VENV)' >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.%: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo 'installing requirements/$*.txt' >&2
	@$(PIP) install --require-hashes --requirement requirements/$*.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q engine  # an environment may forbid Python to keep what it compiled
	@touch $@

# Other programs come into an environment of their own; one that a system has no build of is left out, and told.
$(VENV)/.peers: $(VENV)/.run requirements/bench.txt
	@echo 'installing requirements/bench.txt' >&2
	@$(PIP) install --require-hashes --requirement requirements/bench.txt \
	  || $(BIN)/python -m tests.bench.installing requirements/bench.txt
	@touch $@

# pyright, ruff and Spark are installed beside the tests' packages, never instead of them.
$(VENV)/.lint $(VENV)/.spark: $(VENV)/.tests
