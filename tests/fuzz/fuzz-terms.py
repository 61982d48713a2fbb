#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs fuzz_terms.erl, which damages external terms, on the engine.

Usage: fuzz-terms.py BEAMLAB FOLDER FIRST COUNT TERMS   TAP on stdout
FOLDER holds fuzz_terms.beam; seeds FIRST to FIRST + COUNT - 1, TERMS terms each.
"""
import re
import subprocess
import sys


def main():
    program, folder, first, count, terms = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
    print(f"1..{count}")
    failed = False
    for i, seed in enumerate(range(first, first + count), 1):
        done = subprocess.run([program, "run", "--clock", "virtual", "--max-memory", "1000000000", "--print",
                               "-pa", folder, "fuzz_terms", "start", str(seed), str(terms)],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              timeout=300)
        found = re.search(r"^\{ok,(\d+),(\d+)\}$", done.stdout, re.M)
        good = done.returncode == 0 and found and int(found[1]) > 0 and int(found[2]) > 0
        failed |= not good
        print(f"{'ok' if good else 'not ok'} {i} - seed {seed}: {terms} damaged terms", flush=True)
        for line in [] if good else [f"exit status {done.returncode}", *done.stderr[-3000:].splitlines()]:
            print(f"# {line}")
    sys.exit(1 if failed else 0)


main()
