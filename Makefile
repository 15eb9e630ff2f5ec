# One command per job, the same for people and for CI. `make help` lists them.
SHELL := /bin/sh
VENV := .venv
PYTHON := $(VENV)/bin/python
SITE := _build/html
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYTHONPATH := $(CURDIR)
export PYTHONDONTWRITEBYTECODE := 1
BROWSER = $(shell cat $(VENV)/browser 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help site test serve notebooks offline pdf bench lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

site: $(VENV)/ready node_modules/ready $(VENV)/browser ## build the book into _build/html
	@BROWSER_PATH="$(BROWSER)" jupyter-book build --quiet -n -W --keep-going --path-output . .
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) -m editions.notebooks
	@$(PYTHON) -m editions.lite
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) -m editions.app
	@echo "The book is built: open $(SITE)/index.html, or run 'make serve' to read it with live figures."

test: site $(VENV)/firefox ## run every test
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) -m pytest -n 2 --dist loadgroup $(TESTS)

serve: ## serve the built book on a free port of this machine
	@test -f $(SITE)/index.html || $(MAKE) site
	@$(PYTHON) .ci/serve.py $(SITE)

notebooks: $(VENV)/ready $(VENV)/browser ## write every chapter with figures as a notebook that has been run
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) -m editions.notebooks

offline: site ## write the whole book as one zip that opens without a network or a server
	@$(PYTHON) -m editions.offline
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) -m editions.app

pdf: site ## print the whole book into one PDF
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) -m editions.pdf
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) -m editions.app

bench: site ## measure weight and speed of the built book in Chromium
	@BROWSER_PATH="$(BROWSER)" $(PYTHON) tests/bench.py

lock: $(VENV)/ready ## write requirements.lock and package-lock.json anew
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--group book --group test pyproject.toml --output-file requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--group binder --constraints requirements.lock pyproject.toml --output-file .binder/requirements.txt
	@npm install --package-lock-only

clean: ## remove everything the build made or fetched
	rm -rf _build $(VENV) node_modules .hypothesis *.egg-info

$(VENV)/ready: requirements.lock
	@echo "Installing the Python packages into $(VENV) (about a minute) ..."
	@test -x $(PYTHON) || python3.11 -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

node_modules/ready: package-lock.json $(VENV)/ready
	@echo "Installing the browser's libraries into node_modules ..."
	@npm ci --silent
	@touch $@

$(VENV)/browser: $(VENV)/ready
	@$(PYTHON) .ci/browser.py > $@.new && mv $@.new $@

$(VENV)/firefox: $(VENV)/ready
	@$(PYTHON) .ci/browser.py firefox > $@.new && mv $@.new $@
