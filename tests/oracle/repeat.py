#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Same program, same seed, virtual clock: the same events, byte for byte.

Runs each program several times on one scheduler and on eight.
"""
import argparse
import hashlib
import os
import subprocess
import sys
import tempfile

TIMES = 3


def events(options, name, schedulers, seed, folder):
    path = os.path.join(folder, "events.json")
    command = [options.beamlab, "run", "-pa", options.beams, "--clock", "virtual",
               "--schedulers", str(schedulers), "--seed", str(seed), "--events", path, name]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=600, check=False)
    if done.returncode != 0:
        return None, f"exit status {done.returncode}: {done.stderr.decode()[-500:]}"
    with open(path, "rb") as file:
        data = file.read()
    os.unlink(path)
    if data.count(b"\n") < 10:
        return None, f"only {data.count(10)} events"
    return hashlib.sha256(data).hexdigest(), None


def check(options, name, schedulers, folder):
    """What is wrong, or None."""
    sums = set()
    for _ in range(TIMES):
        digest, wrong = events(options, name, schedulers, 7, folder)
        if wrong is not None:
            return wrong
        sums.add(digest)
    return None if len(sums) == 1 else f"{len(sums)} different recordings in {TIMES} runs"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--beamlab", required=True)
    parser.add_argument("--beams", required=True)
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    cases = [(name, n) for name in options.names for n in (1, 8)]
    failed = 0
    print(f"1..{len(cases)}")
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, schedulers) in enumerate(cases, 1):
            try:
                wrong = check(options, name, schedulers, folder)
            except (OSError, subprocess.TimeoutExpired) as error:
                wrong = str(error)
            print("not ok" if wrong else "ok", number, name, f"on {schedulers} scheduler(s)",
                  flush=True)
            if wrong:
                print("# " + wrong.replace("\n", "\n# "), flush=True)
            failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
