# Two verbs to know: `make run` and `make test`. The work is done by scripts/, with Python alone.

.DEFAULT_GOAL := help
.PHONY: help run test lint fix locks docs bench rejeu

PYTHON := sh scripts/python.sh
VENV := .venv/bin
LOCK := $(VENV)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11

help:
	@echo 'make run    the site with its contracts, on http://127.0.0.1:8000 (PORT=… DOCUMENT=path of the signed document of Coutras, CONTRATS= without any)'
	@echo 'make test   everything (ONLY=qualite|sqlite|postgresql|navigateur, several with commas; ONLY=tout: all of it on PostgreSQL too; ROOM=appels: one room, while writing)'
	@echo 'make lint   the quality checks alone'
	@echo 'make fix    format the code and mend what can be mended'
	@echo 'make bench  what pages and commands cost, with 1 contract and with 450: docs/mesures.md (CONTRATS=… BASES=sqlite,postgresql TOURS=…)'
	@echo 'make rejeu  docs/installation.md replayed on a bare Debian, as root, in ten minutes (BASE=PostgreSQL|SQLite)'
	@echo 'make locks  resolve the locks again (UPGRADE=1 to take newer releases)'
	@echo 'make docs   the generated pages and the pictures of the guide (needs Chromium)'

run:
	@$(PYTHON) -m scripts.lancer

test:
	@$(PYTHON) -m scripts.verifier $(if $(ROOM),salle:$(ROOM),$(ONLY))

lint:
	@$(PYTHON) -m scripts.verifier qualite

fix:
	@$(PYTHON) -m scripts.preparer test
	@$(VENV)/ruff check --fix-only --quiet .
	@$(VENV)/ruff format .
	@$(VENV)/python -m scripts.gabarits

bench:
	@$(PYTHON) -m scripts.preparer test
	@$(VENV)/python -m benchmarks.mesurer $(if $(CONTRATS),--contrats $(CONTRATS)) $(if $(BASES),--bases $(BASES)) $(if $(TOURS),--tours $(TOURS))

rejeu:
	@$(PYTHON) -m scripts.rejeu $(if $(BASE),--base $(BASE))

# The test lock is constrained by the run lock: one environment may serve both.
locks: FLAGS := $(if $(UPGRADE),--upgrade)
locks:
	@$(PYTHON) -m scripts.preparer uv
	@echo uv | $(LOCK) $(FLAGS) - --output-file locks/uv.txt --custom-compile-command 'make locks' >/dev/null
	@$(LOCK) $(FLAGS) pyproject.toml --group build --output-file locks/run.txt --custom-compile-command 'make locks' >/dev/null
	@$(LOCK) $(FLAGS) pyproject.toml --group build --group test --constraints locks/run.txt --output-file locks/test.txt --custom-compile-command 'make locks' >/dev/null

docs:
	@$(PYTHON) -m scripts.preparer test
	@$(VENV)/tenir reference > docs/reference.tmp && mv docs/reference.tmp docs/fichier-contrat-reference.md
	@$(VENV)/tenir schema > docs/schema.tmp && mv docs/schema.tmp docs/contrat.schema.json
	@$(VENV)/tenir regle --toutes > docs/regles.tmp && mv docs/regles.tmp docs/regles.md
	@$(VENV)/tenir nature montrer --toutes > docs/natures.tmp && mv docs/natures.tmp docs/natures.md
	@$(VENV)/python -m scripts.photographier

export PORT DOCUMENT
ifneq ($(origin CONTRATS),undefined)
export CONTRATS
endif
