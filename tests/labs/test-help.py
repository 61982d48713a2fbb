#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `beamlab help` says and what the man page says is the same.

Usage: test-help.py BEAMLAB MANPAGE     TAP on stdout
"""
import re
import subprocess
import sys


def ask(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def main():
    program, page = sys.argv[1:]
    with open(page, encoding="utf-8") as file:
        source = file.read()
    plain = source.replace("\\-", "-").replace("\\ ", " ")
    points = []
    conditions = ask(program, "help", "conditions")[1]
    points.append(("the man page has the text on conditions", conditions in plain))
    for verb in ("run", "render"):
        options = set(re.findall(r"^  (--?[a-z-]+)", ask(program, verb, "--help")[1], re.M))
        points.append((f"{verb} has options", len(options) >= 6))
        for option in sorted(options):
            points.append((f"{verb} {option} is in the man page",
                           re.search(r"^\.B[IR]? .?" + re.escape(option)[1:] + r"\b", plain, re.M) is not None))
    for verb in ("run", "render", "check"):
        points.append((f"{verb} --help and help {verb} agree",
                       ask(program, verb, "--help") == ask(program, "help", verb)))
    for words in (["--nonsense"], ["run"], ["run", "--nonsense", "m"], ["run", "--seed", "x", "m"],
                  ["run", "--clock", "sun", "m"], ["run", "--seed"], ["check"], ["render"],
                  ["render", "x", "--view", "sky", "-o", "a.png"], ["render", "x", "--view", "heap"],
                  ["render", "x", "--view", "heap", "-o", "a.gif"], ["help", "nonsense"],
                  ["no-such-lab"], ["run", "--until", "banana", "m"],
                  ["render", "x", "--view", "heap", "-o", "a.png", "--size", "huge"]):
        status, out, err = ask(program, *words)
        points.append((f"'{' '.join(words)}' is refused with a word on stderr",
                       status == 2 and out == "" and err.startswith("beamlab")))
    points.append(("--version", re.match(r"beamlab \d+\.\d+\.\d+\n$", ask(program, "--version")[1])))
    print(f"1..{len(points)}")
    for i, (text, good) in enumerate(points):
        print(f"{'ok' if good else 'not ok'} {i + 1} - {text}")
    return 0 if all(good for _, good in points) else 1


if __name__ == "__main__":
    sys.exit(main())
