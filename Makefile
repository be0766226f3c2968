# Everything that a fresh machine with Python 3.11 (or 3.12, 3.13) and make needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test slow bench lint wheel clean
$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python lacks ensurepip. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' || { echo "Kwamdee needs Python 3.11 to 3.13; name one: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c constraints.txt -e '.[fast,dev]'
	@touch $@

demo: $(VENV)/ready ; $(BIN)/kwamdee demo

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint ; $(BIN)/pytest -n 2 -m "not slow and not browser"

slow: $(VENV)/ready ; $(BIN)/pytest -m "slow or browser"

wheel: $(VENV)/ready ; $(BIN)/pip wheel -q --no-deps -w dist .

clean: ; rm -rf $(VENV) dist build results .pytest_cache .mypy_cache .ruff_cache
