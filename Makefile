.DEFAULT_GOAL := help
SHELL := /bin/bash
ARGS ?=
PY := .venv/bin/python
LOTS := .venv/bin/lots

.PHONY: help setup run train shell test evaluate bench bench-card bench-matchers bench-languages bench-growth check format lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

setup: ## Both environments, once
	@scripts/setup.sh

run: setup ## Set up, train if needed, start everything, print the address
	@$(LOTS) up $(ARGS)

train: setup ## Train the matcher and the Rasa model
	@$(LOTS) train $(ARGS)

shell: setup ## Talk to the bot in the terminal (rasa shell with the action server up)
	@$(LOTS) shell $(ARGS)

test: ## Every test, the browser's included
	@scripts/setup.sh browser
	@$(LOTS) train --if-needed
	@$(PY) -m pytest $(ARGS)

evaluate: setup ## Ask the evaluation questions; tables, pictures, worst errors
	@$(LOTS) train --if-needed --no-rasa
	@$(LOTS) evaluate $(ARGS)

bench: setup ## Turns per second and milliseconds per turn through the whole stack
	@$(LOTS) train --if-needed
	@$(PY) bench/turns.py $(ARGS)

bench-card: setup ## Milliseconds from an answer's arrival to its card in sight, in Chromium
	@scripts/setup.sh browser
	@$(LOTS) train --if-needed --no-rasa
	@$(PY) -m bench.card $(ARGS)

bench-matchers: setup ## Candidates for the matcher side by side (long; ARGS=--quick)
	@$(LOTS) train --if-needed --no-rasa
	@$(PY) -m pip install -q -r requirements/bench.txt
	@$(PY) -m bench.matchers $(ARGS)

bench-languages: setup ## Candidates for naming the language side by side
	@$(LOTS) train --if-needed --no-rasa
	@$(PY) -m pip install -q -r requirements/bench.txt
	@$(PY) -m bench.languages $(ARGS)

bench-growth: setup ## The matcher at 1, 10 and 100 times as many services (many minutes)
	@$(PY) -m bench.growth

check: setup ## Lint, formatting, types, knowledge base
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(LOTS) knowledge check

format: setup ## Format the code
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

lock: ## Renew the lock files (needs pip-tools in both Pythons)
	@scripts/lock.sh

clean: ## Remove what training and tests made
	@rm -rf models var .pytest_cache .mypy_cache .ruff_cache
