# Mithaq: `make run` serves the chat, `make test` runs every check. Both set themselves up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
BROWSER := browser
COMPILE :=
PARTS := test-code eval test-browser test-desk check
DEBIAN_PACKAGES := chromium-headless-shell fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
# Questions, builds and tests run side by side, so their sums must not take all cores each (twice as slow).
export OPENBLAS_NUM_THREADS := 1
# Where it is set, every process would compile the libraries anew: twenty seconds for the encoder's.
export PYTHONDONTWRITEBYTECODE :=
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: run install test test-code test-browser test-desk check audit bench eval calibrate vectors browser clean

run: $(VENV)/installed
	@$(BIN)/mithaq serve --port $(PORT)

install: $(VENV)/installed

# Two at a time, one for each core of a small machine; what takes longest begins first. Libraries are compiled when they are first used,
# for most of their files never are. What one part finds wrong does not keep the others from running, and is said again at the end.
test:
	@$(MAKE) --no-print-directory --jobs=2 COMPILE=--no-compile $(VENV)/installed-test browser
	@rm -rf build/parts && mkdir -p build/parts
	@$(MAKE) --no-print-directory --jobs=2 --keep-going BROWSER= $(PARTS:%=part-%) || { \
	  for part in $(PARTS); do [ ! -e build/parts/$$part.failed ] || { echo; echo "== $$part failed:"; tail -n 60 build/parts/$$part.log; }; done >&2; \
	  exit 1; }

part-%:
	@{ $(MAKE) --no-print-directory $* 2>&1 || touch build/parts/$*.failed; } | tee build/parts/$*.log
	@[ ! -e build/parts/$*.failed ]

# Slipcover (Apache-2.0) marks the code itself, where a tracer took a third of the tests' time. It counts folders: not app.py, one file.
test-code: $(VENV)/installed-test
	@$(BIN)/python -m slipcover --branch --source corpus,index,bot --skip-covered --fail-under 95 -m pytest --ignore tests/browser

test-browser: $(VENV)/installed-test $(BROWSER)
	@$(BIN)/python -m pytest tests/browser --ignore-glob 'tests/browser/test_staff_*'

test-desk: $(VENV)/installed-test $(BROWSER)
	@$(BIN)/python -m pytest tests/browser/test_staff_*.py

check: $(VENV)/installed-test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/mithaq corpus check
	@$(BIN)/mithaq corpus coverage

# In an environment of its own: it needs the network's advisory service, and must not stand in the way of `make test`.
audit: $(VENV)/bin/python
	@[ -x build/audit/bin/pip-audit ] || { "$(PYTHON)" -m venv build/audit && build/audit/bin/python -m pip \
	  --disable-pip-version-check --no-input install -qq 'pip-audit>=2.10,<3'; } \
	  || echo "pip-audit could not be installed: see the lines above." >&2
	@$(BIN)/python tests/audit/audit.py build/audit/bin/pip-audit constraints.txt

bench: $(VENV)/installed-test
	@$(BIN)/python tests/bench/bench.py

eval: $(VENV)/installed-test
	@$(BIN)/mithaq index build
	@$(BIN)/python tests/golden/evaluate.py tune test
	@$(BIN)/python tests/golden/reading_score.py

calibrate: $(VENV)/installed-test
	@$(BIN)/python tests/golden/calibrate.py
	@$(BIN)/python tests/golden/onward.py

vectors: $(VENV)/installed-test
	@$(BIN)/python tests/golden/ship_vectors.py

browser:
	@command -v chromium-headless-shell >/dev/null || { \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $(DEBIAN_PACKAGES) >/dev/null; } \
	  || command -v chromium >/dev/null \
	  || { echo "Chromium is needed for the browser tests: install the Debian packages $(DEBIAN_PACKAGES)." >&2; exit 1; }

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] && "$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo "Mithaq needs Python 3.11 to 3.13 (found: $$("$(PYTHON)" --version 2>&1 || echo none)). Install one, or run: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@[ "$$(df -Pk . | awk 'NR==2 {print $$4}')" -gt 3000000 ] \
	  || { echo "Mithaq needs 3 GB of free disk space for its libraries; this disk has less. Make room and run it again." >&2; exit 1; }
	@echo "Making $(VENV) …"
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing the pinned libraries (about 2 minutes the first time) …"
	@$(PIP) install -qq $(COMPILE) --editable . || { echo "The libraries could not be installed: see the lines above. Check the package index and the disk, then run it again." >&2; exit 1; }
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@$(PIP) install -qq $(COMPILE) --editable '.[test]' || { echo "The test tools could not be installed: see the lines above." >&2; exit 1; }
	@touch $@

clean:
	rm -rf $(VENV) var build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
