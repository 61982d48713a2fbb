#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Programs in which the engine still differs from erl: where they part first.

Usage: compare-pending.py [--beamlab PROGRAM] FILE.erl...
Each is run by `erl +S 1:1` and by the engine under the virtual clock with one scheduler.
Exit status 1 when one differs. A program that is equal moves to tests/lang/collections.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "oracle"))
import compare  # noqa: E402

TIMEOUT_S = 600


def entries(text):
    """The printed term, one traced message or result a line."""
    return re.sub(r"(?<=[\[,])(?=\{(gc_|trace|ended|exit|r,))", "\n", text).split("\n")


def run_erl(folder, names):
    out = folder / "oracle.txt"
    subprocess.run(["erl", "+S", "1:1", "-noshell", "-noinput", "-pa", str(folder), "-s",
                    "oracle_runner", "main", "-extra", str(out)] + names,
                   timeout=TIMEOUT_S, check=True)
    return compare.read_oracle(str(out))


def run_engine(beamlab, folder, name):
    done = subprocess.run([beamlab, "run", "-pa", str(folder), "--clock", "virtual",
                           "--schedulers", "1", "--print", name],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_S,
                          check=False)
    if done.returncode != 0:
        return "exit status %d: %s" % (done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout.decode("latin1").rstrip("\n")


def first_difference(expected, seen):
    wanted, got = entries(expected), entries(seen)
    for place, pair in enumerate(zip(wanted, got)):
        if pair[0] != pair[1]:
            return "entry %d of %d\n  erl:  %s\n  here: %s" % (place, len(wanted), *pair)
    return "erl gives %d entries, here there are %d" % (len(wanted), len(got))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beamlab", default=str(TESTS.parent / "build" / "app" / "beamlab"))
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    names = [pathlib.Path(file).stem for file in options.files]
    differ = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run(["erlc", "-W0", "+debug_info", "-o", name,
                        str(TESTS / "lang" / "collections" / "traced.erl"),
                        str(TESTS / "oracle" / "oracle_runner.erl")] + options.files, check=True)
        told = run_erl(folder, names)
        for module in names:
            seen = run_engine(options.beamlab, folder, module)
            expected = told[module][1]
            if seen == expected:
                print("%s: equal" % module)
            else:
                differ += 1
                print("%s: %s" % (module, first_difference(expected, seen)))
    print("%d of %d differ" % (differ, len(names)))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
