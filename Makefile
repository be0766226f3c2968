# Everything that a fresh machine with Python 3.11 (or 3.12, 3.13) and make needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS := fast,studies,calibration,cluster,dev

.PHONY: demo test newest slow torture faults bench scenarios studies findings lint wheel clean
$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python lacks ensurepip. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' || { echo "Kwamdee needs Python 3.11 to 3.13; name one: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c constraints.txt -e '.[$(EXTRAS)]'
	@touch $@

demo: $(VENV)/ready ; $(BIN)/kwamdee demo

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n 2 -m "not slow and not browser"
	@$(MAKE) --no-print-directory newest

# The contract, Mesa and determinism tests on the newest Python and Mesa, where such a Python is found.
NEWEST := $(firstword $(shell for p in python3.13 $$HOME/.pyenv/versions/3.13.*/bin/python3.13 python3.12 $$HOME/.pyenv/versions/3.12.*/bin/python3.12; do $$p -c "import ensurepip" >/dev/null 2>&1 && echo $$p; done))
newest:
ifeq ($(NEWEST),)
	@echo "No Python 3.13 or 3.12 found: the tests on the newest Mesa were not run."
else
	@test -f $(VENV)-newest/ready || { $(NEWEST) -m venv $(VENV)-newest && $(VENV)-newest/bin/pip install -q -c constraints.txt -e '.[$(EXTRAS)]' && touch $(VENV)-newest/ready; }
	$(VENV)-newest/bin/pytest -n 2 tests/mesa_face tests/dashboard tests/engine tests/contract tests/science
endif

bench: $(VENV)/ready ; $(BIN)/python -m benchmarks.bench

# Runs every shipped scenario at full size and checks what its header says was found; WRITE=--write writes it there.
scenarios: $(VENV)/ready ; $(BIN)/python -m scripts.scenario_findings $(WRITE)

# Runs every shipped study (experiments/) at full size and checks what its READMEs say was found; goes on from what results/ holds.
studies: $(VENV)/ready ; $(BIN)/python -m scripts.study_findings $(WRITE)

# Predicts the published experiments and checks what experiments/ and docs/explanation/evidence.md say of them; WRITE=--write writes it there.
findings: $(VENV)/ready
	$(BIN)/python -m scripts.evidence_findings $(WRITE)
	$(BIN)/python -m scripts.evidence_page $(WRITE)

# What takes minutes or opens a browser; it watches a model in SolaraViz too.
$(VENV)/dashboard: $(VENV)/ready
	$(BIN)/pip install -q -c constraints.txt -e '.[$(EXTRAS),dashboard]'
	@touch $@

slow: $(VENV)/dashboard ; $(BIN)/pytest -m "slow or browser"

# Ten times what the slow tests do: 10,000 scenarios and 2,000 tables and graphs that are almost right, 200 kills, 100 failing calls.
torture: $(VENV)/ready ; KWAMDEE_TORTURE=10 $(BIN)/pytest -n 2 tests/torture tests/studies/plan/test_mutants.py

# All trials of the tests of faults, about an hour on two cores; it writes docs/reference/faults.md and faults.th.md.
faults: $(VENV)/ready ; $(BIN)/python -m scripts.faults

wheel: $(VENV)/ready ; $(BIN)/pip wheel -q --no-deps -w dist .

clean: ; rm -rf $(VENV) dist build results .pytest_cache .mypy_cache .ruff_cache
