# `make run` serves the demonstration; `make test` runs everything. See CONTRIBUTING.md.
BIN := .venv/bin
READY := .stamp-environment
WALLS := tests/database/test_suite.py tests/access tests/audit \
	$(filter-out tests/access/%,$(wildcard tests/*/test_walls.py))
export PYTHONUNBUFFERED := 1

# Files of others, whose digest the list of parts checks.
VENDORED := tools/vendored.toml $(wildcard src/fanal/*/static/*/vendor/* tests/vendor/*)

.PHONY: run test check advisories spark bench bench-matching prove screenshots clean

run: $(READY)
	@exec $(BIN)/fanal serve --demo

test: $(READY)
	@tools/system-packages chromium gettext
	$(BIN)/pytest -n 2 --dist loadgroup
	@if ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then \
		echo "The walls again, on Debian's PostgreSQL:"; \
		FANAL_POSTGRES=debian $(BIN)/pytest $(WALLS); \
	fi

check: $(READY) var/sbom.cdx.json
	@tools/system-packages gettext
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	PYTHONPATH=tools $(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src
	$(BIN)/python -W ignore::RuntimeWarning -m fanal manage makemigrations --check --dry-run
	$(BIN)/python tools/check_translations.py
	$(BIN)/python -m tools.check_migrations
	$(BIN)/python -m tools.check_lock --installed
	$(BIN)/python -m tools.check_secrets
	$(BIN)/python -m tools.check_bandit
	$(BIN)/python -m tools.check_asvs

# Asks a service on the network about every locked package; red too when one could not be asked about.
advisories: $(READY)
	$(BIN)/python -m tools.check_advisories
	$(BIN)/python -m tools.check_advisories --lock tools/spark.lock

# The list of everything Fanal is made of (CycloneDX).
var/sbom.cdx.json: requirements.lock pyproject.toml tools/sbom.py $(VENDORED) | $(READY)
	$(BIN)/python -m tools.sbom

# PySpark, into var/spark: for `fanal match link --spark` and its row in the bench.
spark: $(READY)
	@tools/spark

bench: $(READY)
	@exec $(BIN)/fanal bench

# About half an hour; `make bench-matching SCALE=0.1` is quicker, ONLY="online,batch" does some rows.
bench-matching: $(READY)
	@tools/spark || echo "The row of Spark will say what is missing."
	@PYTHONPATH=var/spark exec $(BIN)/python -m fanal.analysis.matching bench $(if $(SCALE),--scale $(SCALE)) $(if $(ONLY),--only "$(ONLY)")

prove: $(READY)
	@tools/system-packages chromium
	$(BIN)/python -m proofs $(PART) $(if $(SCALE),--scale $(SCALE)) $(if $(SEED),--seed $(SEED))

screenshots: $(READY)
	@tools/system-packages chromium
	$(BIN)/python tools/screenshots.py

clean:
	rm -rf .venv .stamp-* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src -name '*.mo' -delete

$(READY): requirements.lock pyproject.toml tools/environment
	@tools/environment
	@touch $@
