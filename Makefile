# make demo   build the flagship exercise, grade a class in sandboxes, give feedback, report: who got what and why
# make test   everything that must hold: style, types, fresh builds, all tests
#
# Each makes its own virtual environment and installs what it needs; PYTHON chooses the interpreter.

PYTHON ?= python3
VENV ?= .venv
JOBS ?= 2

bin := $(VENV)/bin
install := $(bin)/python -m pip install --quiet -c constraints.txt
wanted := pyproject.toml setup.py constraints.txt

.PHONY: demo test release clean

demo: $(VENV)/.installed-demo
	$(bin)/course demo

test: $(VENV)/.installed-test
	$(bin)/ruff check
	$(bin)/mypy
	$(bin)/course release --check
	$(bin)/course audit --seeds 1
	$(bin)/python -m pytest -n $(JOBS) --dist loadfile

release: $(VENV)/.installed-demo
	$(bin)/course release

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
