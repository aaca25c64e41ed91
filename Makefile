# The two commands of a newcomer are `make demo` and `make test`; each builds .venv by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
# The demo's database lives in the work tree, ignored by git, so that it never mixes with the reader's own.
DEMO_HOME := $(CURDIR)/.demo
SOURCE ?=
# The suite runs on the default of graph/jars.py, and what asks a database on this one too.
OTHER_RELEASE := 2026.08

.PHONY: help demo stop test lint soak bench bench-large picture lock clean

help:  ## what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1|/' | column -t -s '|'

$(READY): pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "OnRecord needs Python 3.11 to 3.13; name one with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Building .venv ..." >&2
	@"$(PYTHON)" -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev -e '.[local,py2neo]'
	@touch $(READY)

demo: $(READY)  ## ingest the example pages (or SOURCE=...) and answer five questions from a real Neo4j
	@ONRECORD_HOME="$(DEMO_HOME)" $(BIN)/python examples/demo.py $(if $(SOURCE),"$(SOURCE)")

stop:  ## end all that the demo started
	@if [ -d "$(DEMO_HOME)" ] && [ -x $(BIN)/python ]; \
	then ONRECORD_HOME="$(DEMO_HOME)" $(BIN)/python examples/demo.py --stop; \
	else echo "No demonstration is running."; fi

lint: $(READY)  ## style, types, who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

# Each worker starts databases of its own: about 1 GB of memory for each.
WORKERS ?= 2
test: lint  ## all checks and tests; at most 25 minutes on two cores
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

soak: $(READY)  ## what is long: kills, large graphs, fuzzing; and all that asks a database on the other release
	@$(BIN)/python -m pytest -m soak --timeout 3600
	@ONRECORD_TEST_RELEASE=$(OTHER_RELEASE) $(BIN)/python -m pytest -m 'soak or not soak' --timeout 3600 \
	  tests/graph tests/api tests/cypher tests/test_two_releases.py \
	  tests/soak/test_soak_kills.py tests/soak/test_soak_large.py tests/soak/test_soak_backup.py

bench: $(READY)  ## measure, print a table, and write bench-results.json
	@$(BIN)/python -m tests.bench

# A million assertions need about 9 GB of disk, and memory for the vector index beside what Neo4j itself is given.
LARGE ?= 1000000
bench-large: $(READY)  ## adding one assertion to a graph of a million (or LARGE=...)
	@ONRECORD_NEO4J_HEAP=$${ONRECORD_NEO4J_HEAP:-2g} ONRECORD_NEO4J_PAGE_CACHE=$${ONRECORD_NEO4J_PAGE_CACHE:-2g} \
	  $(BIN)/python -m tests.bench --only claims --assertions $(LARGE) --out bench-large-results.json

picture: $(READY)  ## take the README's picture again, while the demo runs
	@ONRECORD_HOME="$(DEMO_HOME)" PYTHONPATH=. $(BIN)/python docs/take_picture.py

lock: $(READY)  ## write the installed versions to constraints.txt
	@$(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==' > constraints.txt

clean: stop  ## remove the virtual environment and the demo's data
	@rm -rf .venv .demo
