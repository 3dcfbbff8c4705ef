# Thin on purpose: each target is one script in eng/ that can be run and read by itself.
.DEFAULT_GOAL := help
.PHONY: help run build install test test-kernel deb soak torture fuzz bench gallery format lint clean

help:    ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run:     ## install what is missing, build, run a camera (make run ARGS="--source test:ball")
	@eng/install.sh run build
	@eng/build.sh
	@eng/run.sh $(ARGS)

build:   ## install what is missing, build Release: out/bin/camfx
	@eng/install.sh build
	@eng/build.sh

install: ## lay what `make build` made into the system (DESTDIR=, PREFIX=/usr)
	@eng/install-tree.sh

test:    ## install what is missing, build, run every test ring this machine can run
	@eng/install.sh build run test
	@eng/build.sh --tests
	@eng/test.sh $(RINGS)

test-kernel: ## the ring with real kernel modules, in virtual machines of its own
	@eng/install.sh build kernel
	@eng/build.sh
	@eng/test.sh kernel

deb:     ## Debian packages for Debian 13 and 12 in dist/, and dist/repo to install them from (make deb ARGS=trixie)
	@eng/install.sh build deb
	@ARCH="$(ARCH)" eng/deb.sh $(ARGS)

soak:    ## the ring with real kernel modules, each test at its full count
	@eng/install.sh build kernel
	@eng/build.sh
	@CAMFX_SOAK=1 eng/test.sh kernel

torture: ## the frame queue under a thousand kills of its writer and of its readers, at 1080p; the service under a minute of arbitrary calls
	@eng/install.sh build test
	@eng/build.sh
	@dotnet build tests/Camfx.Frames.Torture -c Release -nologo -v quiet
	@dotnet build tests/camfx.Tests -c Release -nologo -v quiet
	@eng/torture.sh $(ARGS)
	@eng/storm.sh

fuzz:    ## ten million forgeries of a frame queue against its readers
	@eng/install.sh build
	@dotnet build tests/Camfx.Frames.Fuzz -c Release -nologo -v quiet
	@eng/fuzz.sh $(ARGS)

bench:   ## the side-by-side benchmarks: bench/results.md and .json
	@eng/install.sh build run test bench
	@eng/build.sh --tests
	@eng/bench.sh $(ARGS)

gallery: ## a picture of every effect, in docs/gallery
	@eng/install.sh build run test
	@eng/build.sh
	@dbus-run-session -- python3 eng/gallery.py

format:  ## bring all C# into the project's layout
	@eng/format.sh

lint:    ## every check CI runs that is not a test
	@eng/install.sh build lint
	@eng/lint.sh

clean:   ## remove everything a build made
	@rm -rf out dist
