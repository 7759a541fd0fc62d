# Needs only GNU make (3.81 or newer), Python 3.11 or newer with venv, and a package index.

# Another interpreter: make PYTHON=python3.12 test
PYTHON ?= python3
# Bare options for one run: make test PYTEST_FLAGS='-k deadline -x'
PYTEST_FLAGS ?=
# Move the pins to the newest releases: make lock LOCK_FLAGS=--upgrade
LOCK_FLAGS ?=

VENV := .venv
BIN := $(VENV)/bin
PACKAGES := bot dialogs knowledge

# The installer is pinned here; everything it installs is pinned in requirements.lock.
UV_VERSION := 0.13.9
# The version is in the stamp's name, so that a new pin above installs that version.
UV_STAMP := $(VENV)/.uv-$(UV_VERSION)
STAMP := $(VENV)/.installed

# uv does not read pip's settings, so hand it the package index that pip would use.
# Empty means uv's own default. The $$ keep the value out of what make prints.
UV = UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(BIN)/pip config get global.index-url 2>/dev/null)}}" $(BIN)/uv
# Trust the certificates this machine trusts, as pip does (a company's proxy has its own).
UV_SYSTEM_CERTS ?= true
export UV_SYSTEM_CERTS

.DEFAULT_GOAL := help
# A recipe that fails must not leave a stamp that says it succeeded.
.DELETE_ON_ERROR:
.PHONY: help setup run check test lint format bench crash mutants understanding lock richmenu clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 15

setup: $(STAMP) ## Make .venv and install the pinned packages (the other targets do it by themselves)

run: $(STAMP) ## Start the bot in this terminal
	@$(BIN)/jigyokei talk

check: $(STAMP) ## Check the knowledge and the dialogs
	@$(BIN)/jigyokei check

test: $(STAMP) ## Run the whole test suite
	$(BIN)/pytest -n auto $(PYTEST_FLAGS)

lint: $(STAMP) ## Check style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(PACKAGES)

format: $(STAMP) ## Rewrite the sources in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

crash: $(STAMP) ## Kill the bot 200 times while people talk to it
	$(BIN)/python -m tests.crash

bench: $(STAMP) ## Measure the speed
	$(BIN)/python -m tests.bench

# The results are listed also when the run itself ends badly.
mutants: $(STAMP) ## Test the tests: change the code and see whether they notice
	$(BIN)/mutmut run || { $(BIN)/mutmut results; exit 1; }
	$(BIN)/mutmut results

understanding: $(STAMP) ## Report what typed words are taken for, and every failure
	@$(BIN)/python -m bot.tools.understanding

# Debian's BIZ UDPGothic (OFL) is fetched for this one run; another font: make richmenu FONT=file.ttf
richmenu: $(STAMP) ## Draw the picture of LINE's rich menu again
	$(BIN)/python -m bot.tools.richmenu $(FONT)

# No configuration of this machine may leak into the lock; hashes cover every platform.
lock: $(UV_STAMP) ## Remake requirements.lock from pyproject.toml
	@unset UV_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS; $(UV) pip compile --quiet --no-config --universal --generate-hashes --all-extras --python-version 3.11 --no-emit-index-url --custom-compile-command 'make lock' $(LOCK_FLAGS) pyproject.toml --output-file requirements.lock

clean: ## Remove everything made here, .venv too (data/ stays)
	rm -rf $(VENV) build dist htmlcov mutants *.egg-info
	rm -rf .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# pip serves only to bring in uv, which does the rest many times faster.
$(UV_STAMP):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=...") if sys.version_info < (3, 11) else None'
	@echo 'Making $(VENV) ...'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# --no-build-isolation: the build backend comes from the lock, nothing is fetched unpinned.
$(STAMP): requirements.lock pyproject.toml $(UV_STAMP)
	@echo 'Installing the pinned packages into $(VENV) ...'
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
