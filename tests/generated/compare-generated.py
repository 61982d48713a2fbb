#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generated programs, on erl and on the engine: the same words, the same collections.

Usage: compare-generated.py --beamlab PROGRAM --beams FOLDER [--seed N] [--count N] [--keep DIR]
Program k of a run is made from seed N + k alone. FOLDER holds generated_run.beam and
generated_help.beam. Both run each program in a process of its own (one scheduler; here the
virtual clock) and print what it says of itself: sizes of terms, process_info from inside and
outside, reductions, collections with all their keys, values. Entries are compared one by
one. Where erl differs from itself the program is left out, and counted. Each difference is
made smaller, by leaving out statements, and shown side by side with its seed.
TAP on stdout.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

import generator

BATCH = 250           # programs a module, a module a run
SHOWN = 10
TIMEOUT = 600
LARGE = 131072        # words: erl moves such collections to another thread and cost varies


class Options:
    beamlab = beams = folder = None


def compile_module(name, programs):
    path = os.path.join(Options.folder, name + ".erl")
    with open(path, "w", encoding="utf-8") as file:
        file.write(generator.module(name, programs))
    done = subprocess.run(["erlc", "-o", Options.folder, path], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError("a generated module does not compile:\n" + done.stdout[-3000:])


def read_entries(text):
    """number -> [(key, term)]"""
    entries = {}
    for line in text.split("\n"):
        fields = line.split("\t", 2)
        if len(fields) == 3 and fields[0].isdigit():
            entries.setdefault(int(fields[0]), []).append((fields[1], fields[2]))
    return entries


def run(command):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT,
                              check=False)
    except subprocess.TimeoutExpired as late:
        return read_entries((late.stdout or b"").decode("latin-1")), "did not finish in time"
    wrong = ""
    if done.returncode:
        wrong = f"exit status {done.returncode}: " + done.stderr.decode("utf-8", "replace")[-2000:]
    return read_entries(done.stdout.decode("latin-1")), wrong


def run_erl(name):
    return run(["erl", "+S", "1:1", "-noshell", "-noinput", "-pa", Options.beams, "-pa", Options.folder,
                "-s", "generated_run", "main", "-extra", name])


def run_engine(name):
    return run([Options.beamlab, "run", "--clock", "virtual", "--schedulers", "1", "-pa", Options.beams,
                "-pa", Options.folder, "generated_run", "start", f"[{name}]"])


def is_large(term):
    return any(int(number) >= LARGE for number in re.findall(r"\b\d{6,7}\b", term))


def first_difference(expected, got):
    """(place, erl's entry, ours, entries compared); place is None when there is none."""
    for i, entry in enumerate(expected):
        if entry[0] == "trace" and is_large(entry[1]):
            return None, None, None, i
        mine = got[i] if i < len(got) else ("", "nothing more")
        if mine != entry:
            return i, entry, mine, i
    if len(got) > len(expected):
        return len(expected), ("", "nothing more"), got[len(expected)], len(expected)
    return None, None, None, len(expected)


def compare(name, programs):
    """[(number, place, erl's entry, ours)], entries compared, programs erl itself varies in."""
    compile_module(name, programs)
    expected, erl_wrong = run_erl(name)
    got, wrong = run_engine(name)
    found, entries, compared = [], 0, 0
    for number, program in programs:
        if number not in expected:
            raise RuntimeError(f"erl did not run program {number} (seed {program.seed}): {erl_wrong}")
        place, one, other, same = first_difference(expected[number], got.get(number, [("", wrong)]))
        entries += same
        compared += sum(entry[0] == "trace" and "_end" in entry[1] for entry in expected[number][:same])
        if place is not None:
            found.append((number, place, one, other))
    varying = 0
    if found:
        again, _ = run_erl(name)
        stable = [row for row in found if again.get(row[0]) == expected[row[0]]]
        varying = len(found) - len(stable)
        found = stable
    return found, entries, compared, varying


def shrink(program):
    """Leaves out statements while a difference remains; several candidates a run."""
    size = max(len(program.statements) // 2, 1)
    round_number = 0
    while True:
        places = range(0, len(program.statements), size)
        candidates = [generator.without(program, set(range(at, at + size))) for at in places]
        candidates += [generator.Program(program.seed, program.options, program.traced,
                                         program.statements, [])] if program.kept else []
        candidates += [generator.Program(program.seed, [], program.traced,
                                         program.statements, program.kept)] if program.options else []
        round_number += 1
        found = compare(f"shrink_{program.seed}_{round_number}", list(enumerate(candidates, 1)))[0]
        if found:
            program = min((candidates[row[0] - 1] for row in found), key=lambda one: len(one.statements))
            size = max(min(size, len(program.statements) // 2), 1)
        elif size == 1:
            return program
        else:
            size //= 2


def show(program, place, one, other):
    at = next((i for i, (a, b) in enumerate(zip(one[1], other[1])) if a != b), 0)
    start = max(at - 300, 0)
    lines = [f"seed {program.seed}, entry {place}, key {one[0]} / {other[0]}",
             "erl:     " + one[1][start:start + 700], "beamlab: " + other[1][start:start + 700],
             f"options {program.options}, traced: {program.traced}"]
    lines += "\n".join(generator.write_parts(1, program)).split("\n")
    print("# " + "\n# ".join(lines), flush=True)


def shrink_and_show(row, programs):
    program = dict(programs)[row[0]]
    small = shrink(program)
    found = compare(f"small_{program.seed}", [(1, small)])[0]
    show(small, *found[0][1:]) if found else show(program, *row[1:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--beamlab", required=True)
    parser.add_argument("--beams", required=True)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1000000 * 1000)
    parser.add_argument("--count", type=int, default=BATCH)
    parser.add_argument("--shrink", type=int, default=3, help="differences made smaller in one run")
    parser.add_argument("--untraced", action="store_true", help="no program's collections are traced")
    parser.add_argument("--all", action="store_true", help="also statements known to differ")
    parser.add_argument("--keep", help="a folder for the modules")
    arguments = parser.parse_args()
    Options.beamlab, Options.beams = arguments.beamlab, arguments.beams
    with tempfile.TemporaryDirectory() as folder:
        Options.folder = arguments.keep or folder
        os.makedirs(Options.folder, exist_ok=True)
        batches = range(0, arguments.count, BATCH)
        print(f"1..{len(batches)}", flush=True)
        total = [0, 0, 0, 0]
        shown = 0
        for number, at in enumerate(batches, 1):
            seeds = range(arguments.seed + at, arguments.seed + min(at + BATCH, arguments.count))
            programs = [(i, generator.make(seed, arguments.all)) for i, seed in enumerate(seeds, 1)]
            for _, program in programs:
                program.traced &= not arguments.untraced
            found, entries, collections, varying = compare(f"generated_{seeds[0]}", programs)
            total = [a + b for a, b in zip(total, (entries, collections, len(found), varying))]
            print(f"{'not ok' if found else 'ok'} {number} - {len(programs)} programs from seed {seeds[0]}: "
                  f"{entries} entries, {collections} collections, {len(found)} differ, {varying} vary on erl",
                  flush=True)
            for row in found:
                shown += 1
                if shown <= arguments.shrink:
                    shrink_and_show(row, programs)
                elif shown <= SHOWN:
                    show(dict(programs)[row[0]], *row[1:])
        print(f"# in all: {arguments.count} programs, {total[0]} entries, {total[1]} collections, "
              f"{total[2]} programs differ, {total[3]} vary on erl itself", flush=True)
    return 1 if total[2] else 0


if __name__ == "__main__":
    sys.exit(main())
