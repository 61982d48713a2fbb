#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The collections of the first lab's program: ours against erl's, key by key.

Runs twice:start(500) on the engine under the virtual clock and reads the
recording; runs the same on erl with erlang:trace/3 (the lab's own
claims.escript --trace) and compares each collection's end.

Usage: compare-collections.py BEAMLAB LABDIR     TAP on stdout
"""
import json
import os
import subprocess
import sys
import tempfile

NAMES = {"twice:keep/2": "keeper", "twice:serve/1": "server", "twice:hoard/1": "hoarder"}
KEYS = ["wordsize", "old_heap_block_size", "heap_block_size", "recent_size", "stack_size",
        "old_heap_size", "heap_size"]


def ours(program, beams, folder):
    events = os.path.join(folder, "events.json")
    subprocess.run([program, "run", "-pa", beams, "--clock", "virtual", "--schedulers", "1",
                    "--events", events, "twice", "start", "500"], check=True, stdin=subprocess.DEVNULL)
    names = {}
    lines = {name: [] for name in NAMES.values()}
    last = {}
    with open(events, encoding="utf-8") as file:
        for text in file:
            event = json.loads(text)
            kind = event["event"]
            if kind == "spawn" and event.get("mfa") in NAMES:
                names[event["child"]] = NAMES[event["mfa"]]
            name = names.get(event.get("pid"))
            if name is None or not kind.startswith("gc_"):
                continue
            # A minor collection that could not be done is one with the major behind it.
            if kind == "gc_major_start" and last.get(name) == "gc_minor_end" and lines[name] \
                    and "wordsize=0 " in lines[name][-1] and event["t"] == last.get((name, "t")):
                lines[name].pop()
            if kind.endswith("_end"):
                lines[name].append(" ".join([kind] + [f"{key}={event[key]}" for key in KEYS]))
            last[name] = kind
            last[(name, "t")] = event["t"]
    return lines


def theirs(lab, beams):
    done = subprocess.run(["escript", os.path.join(lab, "claims.escript"), "--trace", beams],
                          check=True, capture_output=True, text=True)
    lines = {name: [] for name in NAMES.values()}
    for text in done.stdout.splitlines():
        name, rest = text.split(" ", 1)
        lines[name].append(rest)
    return lines


def main():
    program, lab = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["erlc", "+debug_info", "-o", folder, os.path.join(lab, "twice.erl")], check=True)
        mine = ours(program, folder, folder)
        real = theirs(lab, folder)
    failed = 0
    print(f"1..{len(NAMES)}")
    for i, name in enumerate(NAMES.values()):
        good = mine[name] == real[name] and len(real[name]) > 0
        failed += not good
        print(f"{'ok' if good else 'not ok'} {i + 1} - {name}: {len(real[name])} collections as in erl")
        if good:
            continue
        print(f"# ours: {len(mine[name])} collections, erl: {len(real[name])}")
        for k in range(max(len(mine[name]), len(real[name]))):
            a = mine[name][k] if k < len(mine[name]) else "-"
            b = real[name][k] if k < len(real[name]) else "-"
            if a != b:
                print(f"# {k + 1}: ours {a}\n# {k + 1}: erl  {b}")
                break
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
