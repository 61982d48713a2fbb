#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns meson's test log into one line: "N passed, N failed".

What counts is the single check (a line of TAP), or the test when it has none.
A test that died counts as one failure more than the checks it reported.

Usage: summary.py testlog.json STATUS     STATUS is what `meson test` returned
"""
import json
import re
import sys

CHECK = re.compile(r"^(not ok|ok)\b(.*)$", re.M)
GOOD = ("OK", "EXPECTEDFAIL")


def count(test):
    """(passed, skipped, names of failed checks) of one test of the log."""
    passed = skipped = 0
    failed = []
    for verdict, rest in CHECK.findall(test.get("stdout") or ""):
        upper = rest.upper()
        if "# SKIP" in upper:
            skipped += 1
        elif verdict == "ok" or "# TODO" in upper:
            passed += 1
        else:
            failed.append(rest.strip(" -0123456789"))
    result = test["result"]
    if result == "SKIP":
        return 0, max(skipped, 1), []
    if result == "EXPECTEDFAIL" or (result == "OK" and failed):
        return 1, 0, []  # a failing check was what it wanted to see
    if result not in GOOD and not failed:
        failed.append(f"({result.lower()}, exit status {test.get('returncode')})")
    if result in GOOD and passed + skipped == 0:
        passed = 1
    return passed, skipped, failed


def main():
    path, status = sys.argv[1], int(sys.argv[2])
    passed = skipped = failed = 0
    try:
        with open(path, encoding="utf-8") as file:
            tests = [json.loads(line) for line in file if line.strip()]
    except OSError as error:
        print(f"no test ran: {error}", file=sys.stderr)
        tests = []
    for test in tests:
        p, s, names = count(test)
        passed += p
        skipped += s
        failed += len(names)
        for name in names:
            print(f"failed: {test['name']}: {name}")
    if (status != 0 or not tests) and failed == 0:
        failed = 1
        print(f"failed: meson test itself, exit status {status}")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
