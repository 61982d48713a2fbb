#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs programs on the engine and holds what they give against what erl gave.

A program that returned must return the same term (the last line of output)
with exit status 0; one marked `%% prints` must also have printed the same; one
that raised must end with status 1 and word the exception as erl's shell does.
One line of TAP for each program.
"""
import argparse
import os
import re
import subprocess
import sys

TIMEOUT_S = 600  # only against programs that hang: the machine may be busy
CONTEXT = 60  # characters shown on each side of the first difference


def unescape(text):
    pairs = {"\\\\": "\\", "\\n": "\n", "\\t": "\t"}
    return re.sub(r"\\[\\nt]", lambda match: pairs[match.group()], text)


def read_oracle(path):
    """name -> (returned | raised | timeout, text, output)"""
    rows = {}
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line:
                name, how, text, output = line.split("\t")
                rows[name] = (how, unescape(text), unescape(output))
    return rows


def read_marks(folder):
    """name -> the set of words on lines of the form `%% word`"""
    marks = {}
    for family in os.listdir(folder):
        path = os.path.join(folder, family)
        for file in os.listdir(path) if os.path.isdir(path) else []:
            if file.endswith(".erl"):
                with open(os.path.join(path, file), encoding="utf-8") as source:
                    found = re.findall(r"^%% (\w+)$", source.read(), re.M)
                marks[file[:-4]] = set(found)
    return marks


def difference(expected, got):
    """Both sides around the first place where they differ."""
    at = next((i for i, (a, b) in enumerate(zip(expected, got)) if a != b),
              min(len(expected), len(got)))
    start, end = max(at - CONTEXT, 0), at + CONTEXT
    return [f"differ at character {at} (of {len(expected)} on erl, {len(got)} on beamlab)",
            "erl:     " + repr(expected[start:end]), "beamlab: " + repr(got[start:end])]


def squeeze(text):
    """Line breaks and indentation follow the width of a terminal: not compared."""
    return re.sub(r"\s+", "", text)


def run(options, name):
    command = [options.beamlab, "run", "-pa", options.beams, "--clock", options.clock]
    if options.schedulers:
        command += ["--schedulers", options.schedulers]
    command += ["--print", name, "start"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=TIMEOUT_S, check=False)
    return (done.returncode, done.stdout.decode("latin-1"),
            done.stderr.decode("utf-8", "replace"))


def judge(row, prints, only_ends, status, out, err):
    """What is wrong, as lines; none when all is well."""
    how, text, output = row
    if how == "timeout":
        return ["erl itself did not finish this program in time"]
    if how == "raised":
        if status != 1:
            return [f"exit status {status}, but erl raised: {text}", "stderr: " + err[-500:]]
        if squeeze(text) not in squeeze(err):
            return ["another exception", "erl:     " + text, "beamlab: " + err[-1000:]]
        return []
    if status != 0:
        return [f"exit status {status}", "stderr: " + err[-1000:]]
    if only_ends:
        return []
    body, _, result = out.rstrip("\n").rpartition("\n")
    if prints:
        # What a program printed last may lack its newline; the result is on its own line.
        body = body + "\n" if output.endswith("\n") else body
        if body != output:
            return ["printed something else"] + difference(output, body)
    if result != text:
        return ["returned something else"] + difference(text, result)
    return []


def main():
    parser = argparse.ArgumentParser()
    for flag in ("--beamlab", "--oracle", "--beams", "--sources", "--clock"):
        parser.add_argument(flag, required=True)
    parser.add_argument("--schedulers")
    parser.add_argument("--no-slow", action="store_true")
    parser.add_argument("--only-ends", action="store_true")
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    oracle = read_oracle(options.oracle)
    marks = read_marks(options.sources)
    failed = 0
    print(f"1..{len(options.names)}", flush=True)
    for number, name in enumerate(options.names, 1):
        slow = "slow" in marks[name]
        if slow and options.no_slow:
            print(f"ok {number} {name} # SKIP too slow for this build", flush=True)
            continue
        try:
            wrong = judge(oracle[name], "prints" in marks[name], options.only_ends,
                          *run(options, name))
        except subprocess.TimeoutExpired:
            wrong = ["did not finish in time"]
        except OSError as error:
            wrong = [str(error)]
        print(("not ok" if wrong else "ok"), number, name, flush=True)
        for line in wrong:
            print("# " + line.replace("\n", "\n# "), flush=True)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
