# One build configuration (release) for the program, the demo and the tests.
SWIFT ?= swift
SWIFTFLAGS ?= -c release
SUWEN = .build/release/suwen

.PHONY: all setup build demo demo-healthy test lint unit clean

all: build

setup:
	scripts/setup

build: setup
	$(SWIFT) build $(SWIFTFLAGS) --product suwen

# Makes the sample clinic, assesses it and prints where the report lies.
demo: build
	Examples/demo $(SUWEN) clinic

# The same clinic with its gaps closed.
demo-healthy: build
	Examples/demo $(SUWEN) clinic-healthy

test: setup lint unit

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

# XCTest is off: every test is a Swift Testing one, and the empty XCTest run would print "0 tests".
# All at once, hundreds of tests with servers of their own would keep each other from answering in time: three at once for each core.
unit:
	$(SWIFT) build $(SWIFTFLAGS) --build-tests
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$$(( 3 * $$(nproc) )) $(SWIFT) test $(SWIFTFLAGS) --skip-build --disable-xctest

clean:
	rm -rf .build build
