# 一本通审计工作簿: `make audit` runs a whole audit, `make test` runs the tests; `make help` lists the rest.
# Windows without make: docs/install-windows.md.

PROJECT ?= lingang
SCALE   ?= 1
SEED    ?= 20190710
VENV    ?= .venv
PY      ?= $(shell for p in python3.11 python3.12 python3; do \
             $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null \
             && { echo $$p; break; }; done)

BIN := $(VENV)/bin
YBT := $(BIN)/ybt
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
RAW := data/lingang/raw
# The ledger's triggers are in SQLite's and PostgreSQL's own dialects.
SQL := audit_lib/views audit_lib/rules audit_lib/identity audit_lib/quality audit_lib/report

.DEFAULT_GOAL := help
.PHONY: help setup demo audit test test-slow test-all lab lint bench bench-identity bench-identity-quick lock clean clean-demo distclean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(VENV)/.installed ## make .venv from requirements.lock (skipped while nothing changed)

$(VENV)/.locked: requirements.lock
	@test -n "$(PY)" || { echo "需要 Python 3.11 或 3.12；请先安装，或用 make PY=… 指明。" >&2; exit 2; }
	@echo "== 建立 $(VENV)（$(PY)，按 requirements.lock；首次约两分钟）"
	@$(PY) -m venv $(VENV) || { echo "建不成虚拟环境；Debian/Ubuntu 请先 apt install python3-venv。" >&2; exit 2; }
	@$(PIP) install -qq --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $@

# Files that are there already are somebody's delivery: never written over, whatever SCALE says.
demo: setup ## write the made-up Lingang district's files (SCALE=1 SEED=20190710), unless they are there
	@if [ -d $(RAW) ]; then \
	   echo "== 沿用已有的 $(RAW)（要重新生成：make clean-demo）"; \
	 else \
	   echo "== 生成临港区示例文件（规模 $(SCALE)，种子 $(SEED)）"; \
	   $(YBT) demo --scale $(SCALE) --seed $(SEED); \
	 fi

audit: demo ## the whole audit of the demo district, from raw files to reports/lingang/index.html
	@echo "== 审计 lingang"
	@$(YBT) run lingang
	@echo "== 完成：reports/lingang/index.html"

test: setup ## the tests, without the slow ones
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile

test-slow: setup ## only the slow tests
	@$(BIN)/python -m pytest -q -m slow || test $$? -eq 5  # 5: there are none

test-all: setup ## all the tests
	@$(BIN)/python -m pytest -q -m ""

lab: setup ## JupyterLab on the notebooks (PROJECT=lingang)
	@$(YBT) lab --project $(PROJECT)

lint: setup ## ruff, mypy --strict, sqlfluff
	@echo "== ruff";     $(BIN)/ruff check --quiet .
	@echo "== mypy";     $(BIN)/mypy --strict audit_lib
	@echo "== sqlfluff"; $(BIN)/sqlfluff lint --quiet --disable-progress-bar $(SQL)

# Only the demo: a measurement starts from nothing, and a real ledger is not to be thrown away for one.
bench: demo ## time and memory of the demo's audit beside bare reading (drops its stages, reports and ledger)
	@$(BIN)/python tests/bench/bench_run.py lingang

# The peer is compared when SPLINK_PYTHON names a Python that has it (tests/bench/bench_link.py says how to make one).
bench-identity: setup ## how well and how fast people are found: invented registers, FEBRL 4, and the peers (SPLINK_PYTHON=…)
	@$(BIN)/python -m tests.bench.bench_link --seed 7 --seed 8 --seed 9 --recordlinkage $(if $(SPLINK_PYTHON),--splink $(SPLINK_PYTHON))
	@$(BIN)/python -m tests.bench.bench_febrl
	@$(BIN)/python -m tests.bench.bench_ecm
	@$(BIN)/python -m tests.bench.bench_link --level moderate --seed 1 --size 20000 --size 200000 --size 2000000
	@$(MAKE) --no-print-directory bench-identity-quick

bench-identity-quick: setup ## the same at 1,000,000 × 500,000 rows only: quality, wall time, CPU time, memory (SPLINK_PYTHON=…)
	@$(BIN)/python -m tests.bench.bench_link --level moderate --seed 1 --size 1000000 $(if $(SPLINK_PYTHON),--splink $(SPLINK_PYTHON))

# CUSTOM_COMPILE_COMMAND keeps the machine it was made on out of the lock's head.
lock: setup ## pin requirements.lock again after a change in pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	   --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	   --extra dev --all-build-deps --output-file requirements.lock pyproject.toml

clean: ## drop stages, reports and caches; raw files and ledgers stay
	@rm -rf data/*/work reports/*/ build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find audit_lib tests notebooks -name __pycache__ -type d -prune -exec rm -rf {} +

clean-demo: ## drop the demo district's files, stages and ledger, so that `make demo` writes new ones
	@rm -rf data/lingang/raw data/lingang/truth data/lingang/work data/lingang/ledger.db*

distclean: clean ## also drop .venv
	@rm -rf $(VENV)
