# make demo   build the flagship exercise, grade a class in sandboxes, give feedback, report: who got what and why
# make check  what to run before each commit: style, types, the tests of the checks' engine
# make api    pages of all public docstrings, in build/api
# make test   everything that must hold: style, and side by side types, the audit of all checks and all tests
#
# Each makes its own virtual environment and installs what it needs; PYTHON chooses the interpreter.

PYTHON ?= python3
VENV ?= .venv
JOBS ?= 3

bin := $(VENV)/bin
install := $(bin)/python -m pip install --quiet -c constraints.txt
engine := $(addprefix tests/checks/,judging observing explaining widgets) tests/course/report
wanted := pyproject.toml setup.py constraints.txt

exercises := by_hand softmax_and_nll chain_rule layers_and_losses neural_network frameworks
documented := $(addprefix checks.,$(exercises) widgets drawing observing judging explaining) course

.PHONY: demo check test typed audited tested release api clean

demo: $(VENV)/.installed-demo
	$(bin)/course demo

check: $(VENV)/.installed-test
	$(bin)/ruff check
	$(bin)/mypy
	$(bin)/python -m pytest -q -n $(JOBS) --dist loadfile $(engine)

test: $(VENV)/.installed-test
	$(bin)/ruff check
	@$(MAKE) --no-print-directory --jobs=3 typed audited tested

typed:
	$(bin)/mypy

audited tested: export OPENBLAS_NUM_THREADS = 1
audited tested: export OMP_NUM_THREADS = 1
# They keep all processors busy as it is: threads of a matrix product would only wait for each other.

audited:
	$(bin)/course audit --seeds 20 --quiet

tested:
	$(bin)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

release: $(VENV)/.installed-demo
	$(bin)/course release

api: $(VENV)/.installed-test
	$(bin)/python -m pdoc -o build/api $(documented)

$(VENV)/.installed-demo: $(wanted) | $(VENV)/bin/python
	$(install) -e ".[course]"
	touch $@

$(VENV)/.installed-test: $(wanted) | $(VENV)/bin/python
	$(install) -e ".[test]"
	touch $@ $(VENV)/.installed-demo

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf demo build .nbgrader .pytest_cache .mypy_cache .ruff_cache
