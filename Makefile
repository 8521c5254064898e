# make demo: a whole class, graded. make test: everything that CI runs. make bench: measured figures.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS ?= constraints.txt
PIN := $(if $(CONSTRAINTS),-c $(CONSTRAINTS))
WORKERS ?= auto

.PHONY: demo test newest bench build lint install clean
export PATH := $(CURDIR)/$(BIN):$(PATH)

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml $(CONSTRAINTS)
	@echo "Installing jaxercise and what it needs into $(VENV) (a few minutes the first time)"
	@if command -v uv >/dev/null; then \
		uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
		uv pip install --quiet --python $(BIN)/python $(PIN) -e '.[dev]'; \
	else \
		$(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet --disable-pip-version-check $(PIN) -e '.[dev]'; \
	fi
	@touch $@

demo: install
	@$(BIN)/python -m tests.demo

bench: install
	@$(BIN)/python -m tests.bench

build: install
	@$(BIN)/jaxercise build

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pytest -n 0 tests/judge/test_release.py -k last_change

test: lint
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal --durations 25 tests

# What a new release of a package may break, on the newest of all of them: beside `make test`, as no change of ours makes
# it fail. JAX after 0.10 needs a later Python than 3.11: make newest PYTHON=python3.13
newest:
	@$(MAKE) --no-print-directory install VENV=.venv-newest CONSTRAINTS=
	@.venv-newest/bin/pytest -n $(WORKERS) --dist worksteal tests/checks tests/notebook tests/wire tests/sandbox tests/bank

# All but the secret seed and the results, which are the course's marks.
clean:
	rm -rf $(VENV) .jaxercise/xla .jaxercise/expected build dist
