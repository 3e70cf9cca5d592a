# Mafaka. `make` alone lists what can be asked for; the work is in tools/.
.DEFAULT_GOAL := help
.PHONY: help demo test check format build bench lock messages clean
MAKEFLAGS += --no-print-directory
PY := .venv/bin/python
# For one's own options, e.g. make demo ARGS="--port 8001"
ARGS ?=

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

demo: ## Install, load a fictitious centre, serve it on http://127.0.0.1:8000
	@tools/setup.sh demo
	@.venv/bin/mafaka demo $(ARGS)

test: ## Install what is needed and pass every check and every test
	@tools/setup.sh test
	@$(PY) -m tools.check all

check: ## The fast checks only: style, contracts, types, migrations, translations
	@tools/setup.sh dev
	@$(PY) -m tools.check fast

format: ## Write the code the way the style wants it
	@tools/setup.sh dev
	@$(PY) -m ruff check --fix --quiet --exit-zero . && $(PY) -m ruff format --quiet .
	@$(PY) -m tools.typography fix

messages: ## Bring the English catalogue up to date with the French texts
	@tools/setup.sh dev
	@$(PY) -m tools.translations update

build: ## Make the wheel and the source archive in dist/
	@tools/setup.sh dev
	@rm -rf build dist
	@$(PY) -m build --no-isolation

bench: ## Measure the speed with 100,000 generated cases
	@tools/setup.sh dev
	@$(PY) -m bench $(ARGS)

lock: ## Choose anew the versions of all dependencies
	@tools/setup.sh dev
	@tools/lock.sh

clean: ## Remove what the other commands made, except data
	@rm -rf .venv build dist *.egg-info frontend/node_modules mafaka/ui/static/built
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results
	@find mafaka tests tools -name __pycache__ -prune -exec rm -rf {} + ; find mafaka -name '*.mo' -delete
