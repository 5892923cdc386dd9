PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NEWS := tests/golden/news

.PHONY: run test cover check fix bench train

run: $(VENV)/.installed
	$(BIN)/factwatch run

test: $(VENV)/.installed-dev $(VENV)/.browser
	$(BIN)/pytest -n auto

cover: $(VENV)/.installed-dev $(VENV)/.browser
	$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered

check: $(VENV)/.installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/factwatch check && $(BIN)/factwatch test

fix: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(VENV)/.installed-dev
	$(BIN)/pytest tests/bench -s

train: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet -e '.[train]' && $(BIN)/python -m monitor.jobs.training $(NEWS)/rules monitor/lexicon/linker.yaml $(NEWS)/*.jsonl

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet -e . && touch $@

$(VENV)/.installed-dev: pyproject.toml
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet -e '.[dev]' && touch $@ $(VENV)/.installed

$(VENV)/.browser: $(VENV)/.installed-dev
	$(BIN)/python -m tests.web.browsers && touch $@
