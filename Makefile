# The front door: what a developer or a first-time user types. Meson and ninja do the work.
# SPDX-License-Identifier: GPL-3.0-or-later

.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh

prefix ?= /usr/local
DESTDIR ?=
URL ?=
WERROR ?=
ARGS ?=

BUILD := build
BUILD_ASAN := build-asan
BUILD_BENCH := build-bench
BUILD_INSTALL := build-install

# Where it is not said, the build folder keeps what it has.
werror := $(if $(WERROR),-Dwerror=$(if $(filter 1 true yes,$(WERROR)),true,false))
program := $(BUILD)/src/ui/tickstock-monitor

# The system's own, which has the modules of its packages, before any other of that name.
python := $(firstword $(wildcard /usr/bin/python3) python3)
# All that a first look needs: the tests can wait.
programs := src/ui/tickstock-monitor src/cli/tickstock-monitorctl data/gschemas.compiled

# The settings schema and the icons of the build tree, for a program that is not installed.
uninstalled := GSETTINGS_SCHEMA_DIR="$(CURDIR)/$(BUILD)/data" \
  XDG_DATA_DIRS="$(CURDIR)/data:$${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"

asan_options := -Db_sanitize=address,undefined -Db_lundef=false
# A graphics driver is unloaded before leaks are looked for, which hides where its own come from: draw without one.
# The leak checker stumbles over the thread-local storage of libraries that a TLS handshake loads in a thread, and gives up.
asan_environment := GDK_DEBUG=gl-disable GDK_DISABLE=gl,vulkan \
  ASAN_OPTIONS=halt_on_error=1:abort_on_error=1:detect_leaks=1:intercept_tls_get_addr=0 \
  UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1 \
  G_SLICE=always-malloc

.PHONY: help
help: ## show this list
	@printf 'make TARGET [VARIABLE=VALUE…]\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile
	@printf '\n  prefix=%s DESTDIR=  where install puts the program\n' '$(prefix)'
	@printf '  WERROR=1                    make every warning an error; stays until WERROR=0\n'
	@printf '  ARGS=…                      more arguments for meson test, e.g. ARGS="--suite events"\n'

.PHONY: run
run: ## install what is missing, build, and open the monitor on a live demo (URL=redis://host:port/ for a server)
	@.ci/install-packages build run
	@.ci/configure $(BUILD) $(werror)
	@ninja -C $(BUILD) $(programs)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  $(uninstalled) $(program) $(if $(URL),--url='$(URL)',--demo); \
	else \
	  $(uninstalled) tests/with-display.sh --size 1600x1000 $(program) $(if $(URL),--url='$(URL)',--demo) \
	    --report --screenshot=$(BUILD)/screenshot.png --for=10; \
	fi

.PHONY: build
build: ## build the programs
	@.ci/install-packages build
	@.ci/configure $(BUILD) $(werror)
	@ninja -C $(BUILD) $(programs)

.PHONY: test
test: ## install what is missing, build, and run every test
	@.ci/install-packages build run test
	@.ci/configure $(BUILD) $(werror)
	@ninja -C $(BUILD)
	@.ci/test $(BUILD) --timeout-multiplier 4 $(ARGS)

.PHONY: asan
asan: ## run every test with the address and undefined-behaviour sanitizers
	@.ci/install-packages build run test
	@.ci/configure $(BUILD_ASAN) $(asan_options) $(werror)
	@ninja -C $(BUILD_ASAN)
	@$(asan_environment) .ci/test $(BUILD_ASAN) --timeout-multiplier 5 $(ARGS)

.PHONY: bench
bench: ## build optimised and print each figure beside its baseline
	@.ci/install-packages build run test
	@.ci/configure $(BUILD_BENCH) --buildtype=release $(werror)
	@ninja -C $(BUILD_BENCH)
	@meson test -C $(BUILD_BENCH) --no-rebuild --benchmark --verbose --timeout-multiplier 0 --num-processes 1 $(ARGS)

.PHONY: screenshots
screenshots: ## take a picture of every page into docs/screenshots
	@.ci/install-packages build run test
	@.ci/configure $(BUILD) $(werror)
	@ninja -C $(BUILD)
	@$(uninstalled) $(python) tests/window/screenshots.py $(ARGS)

.PHONY: install
install: ## build and install the programs
	@.ci/install-packages build
	@.ci/configure $(BUILD_INSTALL) --buildtype=release -Dtests=false --prefix='$(prefix)'
	@ninja -C $(BUILD_INSTALL)
	@DESTDIR='$(DESTDIR)' meson install -C $(BUILD_INSTALL) --no-rebuild

.PHONY: uninstall
uninstall: ## remove what install put there
	@ninja -C $(BUILD_INSTALL) uninstall
	@if [ -z '$(DESTDIR)' ] && [ -d '$(prefix)/share/glib-2.0/schemas' ]; then \
	  glib-compile-schemas '$(prefix)/share/glib-2.0/schemas'; \
	fi

.PHONY: translations
translations: ## bring po/POTFILES.in and the message template up to date
	@tests/repository/translations --update
	@.ci/configure $(BUILD) $(werror)
	@ninja -C $(BUILD) tickstock-monitor-pot tickstock-monitor-update-po

.PHONY: clean
clean: ## remove the build folders
	@rm -rf $(BUILD) $(BUILD_ASAN) $(BUILD_BENCH) $(BUILD_INSTALL)
