# Everything a checkout needs. `make` or `make help` lists the commands.
# Python 3.11 or later with its venv module, make and git; nothing else, and nothing outside this folder.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
# Two workers: the suite is bound by the processor, and small machines have two. Each begins with a half in order, so that a module is
# set up in one of them, and takes from the other when it has done (worksteal).
JOBS   ?= 2
CODE   := fsm spoken integrations frontdesk

.DEFAULT_GOAL := help
.PHONY: help setup run demo demo-voice check line line-stop test test-unit test-line test-all lint format schemas paths picture pictures voice bench bench-line bench-peers requirements clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

setup: $(VENV)/.base ## install what a call in text needs into .venv (the other commands do it themselves)
	@:

run: setup ## open a call in the terminal; without a terminal it plays the demo
	@$(BIN)/frontdesk call

demo: setup ## play a scripted call
	@$(BIN)/frontdesk demo

demo-voice: $(VENV)/.demo-voice ## hold that call by voice: build/demo-voice.wav, and build/demo-voice.png shows who spoke when
	@$(BIN)/frontdesk demo --voice build

check: setup ## check states.yaml, business.yaml and prompts/
	@$(BIN)/frontdesk check

# A line of one's own beside another one: make line LINE_PORT=7980 LINE_FOLDER=var/line-2
LINE_PORT   ?= 7880
LINE_FOLDER ?= var/line

line: ## start a telephone line on this machine: LiveKit's server and Redis, on 127.0.0.1 only
	@$(PYTHON) deploy/loopback_line.py start --port $(LINE_PORT) --folder $(LINE_FOLDER)

line-stop: ## stop that line
	@$(PYTHON) deploy/loopback_line.py stop --port $(LINE_PORT) --folder $(LINE_FOLDER)

# Single parts: what needs no whole call, and nothing outside. What is left to test-all is told in tests/examples.py.
UNIT   := actions business fsm prompting spoken
QUICK  := -m pytest -n $(JOBS) --dist worksteal -m "not slow and not server and not line"

test: test-unit ## the tests, without the slow ones (under five minutes on two cores)
	@$(BIN)/python $(QUICK) $(UNIT:%=--ignore=tests/%)

test-unit: $(VENV)/.dev ## of those, the tests of single parts (under a minute)
	@$(BIN)/python $(QUICK) $(UNIT:%=tests/%)

test-line: $(VENV)/.dev $(VENV)/.voice ## calls over a real line on this machine (needs Go, Redis, espeak-ng; says so where they are missing)
	@$(PYTHON) deploy/loopback_line.py prepare
	@$(BIN)/python -m pytest -m line tests/line

test-all: $(VENV)/.dev $(VENV)/.demo-voice $(VENV)/.pictures ## every test, those over a real line one after the other
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --hypothesis-profile all -m "not line"
	@$(MAKE) --no-print-directory test-line

lint: $(VENV)/.dev ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@find $(CODE) -name '*.py' -exec awk 'FNR == 501 { print FILENAME ": more than 500 lines, split it"; bad = 1 } END { exit bad }' {} +

format: $(VENV)/.dev ## bring the code into the common style
	@$(BIN)/ruff check --fix --exit-zero .
	@$(BIN)/ruff format .

schemas: setup ## write the published JSON Schemas anew
	@$(BIN)/python -m frontdesk.business.schema schemas/business.schema.json
	@$(BIN)/python -c 'import sys; from fsm.schema import graph_schema_text; sys.stdout.write(graph_schema_text())' > schemas/states.schema.json

pictures: $(VENV)/.pictures ## install what draws the graph as PNG
	@:

picture: setup ## draw docs/graph.svg anew
	@$(BIN)/frontdesk graph --output docs/graph.svg

paths: setup ## make the generated paths anew from the graph: tests/paths/paths.yaml
	@$(BIN)/frontdesk paths --write

voice: $(VENV)/.voice ## install what answering the phone needs (docs/voice.md)
	@:

bench: $(VENV)/.dev ## measure
	@for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python "$$bench" || exit 1; done

bench-line: $(VENV)/.dev $(VENV)/.voice ## measure calls over a real line on this machine (five minutes)
	@$(BIN)/python bench/line/measure.py

bench-peers: build/bench-peers/.made ## install what bench/model_peers.py compares with, beside us (750 MB)
	@:

requirements: ## lock the newest versions that pyproject.toml allows (needs uv)
	uv pip compile pyproject.toml --group build --output-file requirements/base.txt $(LOCK)
	uv pip compile pyproject.toml --group build --group dev --constraint requirements/base.txt --output-file requirements/dev.txt $(LOCK)
	uv pip compile pyproject.toml --extra voice --constraint requirements/dev.txt --output-file requirements/voice.txt $(LOCK)
	uv pip compile pyproject.toml --extra pictures --constraint requirements/dev.txt --output-file requirements/pictures.txt $(LOCK)
	uv pip compile --group demo-voice --constraint requirements/voice.txt --output-file requirements/demo-voice.txt $(LOCK)
	uv pip compile --group bench-peers --output-file requirements/bench-peers.txt $(LOCK)

LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make requirements" --quiet

clean: ## remove what setup and the tools have made; var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# --- the environment: made once, again when the locked versions change ---------------------------------------------

# An interrupted beginning is begun again from nothing.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "frontdesk needs Python 3.11 or later: make PYTHON=python3.11 ..." >&2; exit 2; }
	@echo "Setting up .venv (once, less than a minute) ..." >&2
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: requirements/base.txt pyproject.toml | $(VENV)/.made
	@$(PIP) --require-hashes --requirement requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q $(CODE)
	@# The first check reads all there is; what it understood is kept, so that those of the owner are quick. An edit may be amiss by now.
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/frontdesk check >/dev/null || true
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(VENV)/.voice: requirements/voice.txt $(VENV)/.base
	@$(PIP) --require-hashes --requirement requirements/voice.txt
	@touch $@

$(VENV)/.demo-voice: requirements/demo-voice.txt $(VENV)/.voice
	@$(PIP) --require-hashes --requirement requirements/demo-voice.txt
	@touch $@

$(VENV)/.pictures: requirements/pictures.txt $(VENV)/.base
	@$(PIP) --require-hashes --requirement requirements/pictures.txt
	@touch $@

# Other frameworks want other versions of what we use, so they live in an environment of their own.
build/bench-peers/.made: requirements/bench-peers.txt
	@rm -rf $(@D)
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes --requirement requirements/bench-peers.txt
	@touch $@
