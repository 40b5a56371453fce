# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SERVE  ?= 1

.DEFAULT_GOAL := help
.PHONY: help install demo test check bench models clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-%: $(VENV)/.installed
	$(BIN)/python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['$*']))" > $(VENV)/$*.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --requirement $(VENV)/$*.txt
	@touch $@

install: $(VENV)/.installed  ## make .venv and install Pantau in it

demo: install  ## crawl the sample outlets, analyse, alert, open Datasette (SERVE=0: stop before serving)
	$(BIN)/pantau demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(VENV)/.installed-dev $(VENV)/.installed-training  ## run the tests
	$(BIN)/pytest --numprocesses auto --dist loadfile

check: $(VENV)/.installed-dev $(VENV)/.installed-training  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-dev  ## measure speed, as ratios in one run
	$(BIN)/python -m tests.bench

models: $(VENV)/.installed-training  ## make the language models anew from the corpora in DATA=folder (QUICK=1: a trial)
	$(BIN)/python -m nlp.training $(DATA) $(if $(QUICK),--quick --into build/quick)

clean:  ## remove the environment and the demo base
	rm -rf $(VENV) demo
