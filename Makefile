PORT ?= 8000
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest -q
# The tests of one file share a live server: they stay in one process.
WORKERS := --numprocesses 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help install run test test-postgresql proof check bench assets screenshots messages format lock

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

install: ## Make .venv and install what the product needs
	@tools/install.sh base

run: install ## Run everything on this machine: make run [PORT=8001]
	@SPOT_BASE_URL=http://localhost:$(PORT) $(PYTHON) manage.py up --port $(PORT)

test: ## Run the whole suite on SQLite, real browser included
	@tools/install.sh base test
	@tools/find_browser.sh >/dev/null
	@$(PYTEST) $(WORKERS) -m "not proof"

test-postgresql: ## Run the whole suite on a real PostgreSQL
	@tools/install.sh base test
	@tools/find_browser.sh >/dev/null
	@tools/with_postgresql.sh $(PYTEST) $(WORKERS) -m "not proof"

proof: ## Run the full matrices: many kills, full crawls
	@tools/install.sh base test
	@tools/find_browser.sh >/dev/null
	@$(PYTEST) -m proof

check: ## Check form, types, imports, templates, migrations, words and settings
	@tools/install.sh base check
	@$(PYTHON) tools/check.py

bench: ## Measure one thing against its baseline: make bench NAME=landing
	@tools/install.sh base test
	@$(PYTHON) -m tests.benchmarks.harness $(NAME)

assets: ## Build the stylesheets and scripts in site/static (needs Node)
	@npm ci --silent && npm run --silent build

screenshots: ## Draw docs/screenshots from the running demonstration
	@tools/install.sh base test
	@$(PYTHON) tools/screenshots.py http://localhost:$(PORT)

messages: ## Collect new words for translation and compile the finished ones
	@tools/install.sh base check
	@$(PYTHON) tools/messages.py

format: ## Bring code and templates into form
	@tools/install.sh base check
	@.venv/bin/ruff check --fix --quiet; .venv/bin/ruff format && \
		.venv/bin/djlint --reformat --quiet site/templates; true

lock: ## Write the hashed requirements anew: make lock [UPGRADE=1]
	@tools/lock.sh $(if $(UPGRADE),--upgrade)
