# Every command of the project; `make` alone lists them. `make run` and `make test` need only Python 3.11+ with venv.
PYTHON ?= python3
BIN := .venv/bin
SETUP := scripts/setup.py requirements/uv.txt pyproject.toml
PIN := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet
# What `check --deploy` needs in order to judge the production settings; nothing is opened with them.
AS_PRODUCTION := DJANGO_SETTINGS_MODULE=insteg.config.settings.prod DATABASE_URL=postgres://insteg@localhost/insteg \
  ALLOWED_HOSTS=insteg.example ENCRYPTION_KEYS=none SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))")

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test on-sqlite on-postgres check format journeys bench catalogue requirements python \
  mutations attacks guards faults tampering upgrades drill hammer

help: ## Visa den här listan (list the commands)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/prod.stamp ## Starta exempelstaden (serve the example city)
	@$(BIN)/python scripts/catalogue.py --compile
	@$(BIN)/insteg run

setup: .venv/dev.stamp ## Installera allt för utveckling (install everything for development)
	@$(BIN)/python scripts/catalogue.py --compile

test: on-sqlite on-postgres ## Kör testerna, även på PostgreSQL där det finns (tests, on PostgreSQL too where it is found)
	@$(BIN)/python -m tests.browser

on-sqlite: setup
	$(BIN)/pytest

on-postgres: setup
	$(BIN)/python -m tests.postgres -- $(BIN)/pytest

check: setup ## Granska kod, typer, våningar, mallar och texter (every check that is not a test)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/templates.py --check
	$(BIN)/python -m django makemigrations --check --dry-run --settings insteg.config.settings.dev
	$(BIN)/python scripts/catalogue.py --check
	$(BIN)/python scripts/vendor_assets.py --check
	$(BIN)/python scripts/process_doc.py --check
	$(AS_PRODUCTION) $(BIN)/python -m django check --deploy --fail-level INFO

format: setup ## Formatera kod och mallar (format code and templates)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python scripts/templates.py --write

journeys: setup ## Gå igenom sidorna i en riktig webbläsare (journeys in a real browser)
	$(BIN)/python -m tests.browser -- $(BIN)/python -m tests.postgres -- $(BIN)/pytest tests/journeys

attacks: setup ## Skicka det som ingen ska skicka: filer, formulär och frågor (files, posts and queries made to break)
	$(BIN)/python -m tests.attacks

mutations: setup ## Förstör reglerna en i taget och se att ett prov märker det (break each rule and see a test fail)
	$(BIN)/python -m tests.mutations

guards: setup ## Ta bort en vakt i taget och se att ett prov märker det (take each guard away and see a test fail)
	$(BIN)/python -m tests.guards

faults: setup ## Låt databas, process och post falla, och räkna vad som finns kvar (bring about faults, count what is left)
	$(BIN)/python -m tests.faults

tampering: setup ## Manipulera den förseglade loggen och se att det hittas (tamper with the sealed log, see it found)
	$(BIN)/python -m tests.tampering

upgrades: setup ## Uppgradera från förra utgåvan medan folk arbetar (upgrade from the last release beside writers)
	$(BIN)/python -m tests.upgrades

drill: setup ## Säkerhetskopiera och återläs en hel stad på båda databaserna (back up and restore a whole city)
	$(BIN)/python -m tests.drill

hammer: setup ## Hårdproven i kort form; `drill` har egna tester (the hard trials in short form)
	for trial in guards attacks tampering faults upgrades; do \
	  printf '\n== %s ==\n' $$trial; $(BIN)/python -m tests.$$trial --short || exit 1; done

bench: setup ## Mät hastigheten bredvid måttstockar (speed beside yardsticks)
	$(BIN)/python -m scripts.bench

catalogue: setup ## Uppdatera den engelska katalogen (update the English catalogue)
	$(BIN)/python scripts/catalogue.py

requirements: .venv/dev.stamp ## Lås biblioteken på nytt med hashar (pin the libraries anew)
	for kind in uv prod dev; do $(PIN) --upgrade requirements/$$kind.in -o requirements/$$kind.txt || exit 1; done

.venv/%.stamp: requirements/%.txt $(SETUP) | python
	@$(PYTHON) scripts/setup.py $*
	@touch $@

python:
	@command -v $(PYTHON) >/dev/null || { echo "Python saknas: installera Python 3.11 eller senare med modulen venv."; \
	  echo "(Python is missing: install Python 3.11 or later with its venv module.)"; exit 1; } >&2
