#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Damaged programs: whatever is in a .beam file, `beamlab run` refuses it or runs
it safely. It never dies from a signal and never hangs.

Usage: fuzz-beams.py BEAMLAB BEAMS FIRST COUNT [KEEP]   TAP on stdout
Each of the seeds FIRST to FIRST + COUNT - 1 damages one file of BEAMS (a folder),
or lists.beam, in 1 to 8 bytes of one chunk. KEEP: a folder for files that fail.
"""
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

TIMEOUT = 5      # seconds, of the run itself
GRACE = 40       # more, on a busy machine
PROGRAMS = ["ackermann", "bit_operations", "every_type", "exit_matrix", "failures", "float_operations",
            "gen_server_calls", "higher_order", "instruction_reasons", "lists_module", "maps_module",
            "match", "construct", "unaligned", "records", "selective_receive", "stack_trace",
            "supervision_tree", "tables", "timeouts", "try_catch", "bif_reasons", "closures", "timers"]
USES_LISTS = ["lists_module", "higher_order", "sorting", "printed"]
CODE_SHARE = 0.75


def read_chunks(data):
    chunks, at = [], 12
    while at + 8 <= len(data):
        name, size = data[at:at + 4], struct.unpack(">I", data[at + 4:at + 8])[0]
        chunks.append([name, bytearray(data[at + 8:at + 8 + size])])
        at += 8 + (size + 3) // 4 * 4
    return chunks


def write_chunks(chunks):
    body = b"BEAM"
    for name, data in chunks:
        body += name + struct.pack(">I", len(data)) + bytes(data) + b"\0" * (-len(data) % 4)
    return b"FOR1" + struct.pack(">I", len(body)) + body


def damage(rng, data):
    """1 to 8 changes: a byte flipped, replaced, deleted, doubled; an operand's number."""
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4, 6, 8])):
        if not data:
            return
        at = rng.randrange(len(data))
        kind = rng.randrange(14)
        if kind >= 8:
            # most operands are one byte: the kind in the low bits, the number above
            operands = [i for i in range(max(0, at - 8), min(len(data), at + 8))
                        if data[i] & 7 in (0, 1, 3, 4, 5) and not data[i] & 8]
            if operands:
                at = rng.choice(operands)
                data[at] = data[at] & 7 | rng.randrange(8) << 4
        elif kind < 3:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 3:
            data[at] = rng.randrange(256)
        elif kind == 4:
            data[at] = data[rng.randrange(len(data))]
        elif kind == 5:
            data[at] = (data[at] + rng.choice([16, -16, 32])) % 256
        elif kind == 6:
            del data[at]
        else:
            data.insert(at, data[at])


def make_damaged(rng, source):
    with open(source, "rb") as f:
        chunks = read_chunks(f.read())
    code = [c for c in chunks if c[0] == b"Code"]
    victim = code[0] if rng.random() < CODE_SHARE else rng.choice(chunks)
    damage(rng, victim[1])
    return write_chunks(chunks), victim[0].decode("latin1")


class Fuzz:
    def __init__(self, program, beams, keep):
        self.program, self.beams, self.keep = program, beams, keep
        self.lists = self.find_lists()

    @staticmethod
    def find_lists():
        found = subprocess.run(["erl", "-noshell", "-eval",
                                "io:put_chars(code:which(lists)), halt()."],
                               capture_output=True, text=True)
        return found.stdout.strip() if found.returncode == 0 else None

    def choose(self, rng):
        if self.lists and rng.random() < 0.15:
            return rng.choice(USES_LISTS), self.lists
        name = rng.choice(PROGRAMS)
        return name, os.path.join(self.beams, name + ".beam")

    def run(self, seed):
        """What is wrong, or None."""
        rng = random.Random(seed)
        module, source = self.choose(rng)
        data, chunk = make_damaged(rng, source)
        with tempfile.TemporaryDirectory() as folder:
            damaged = os.path.join(folder, os.path.basename(source))
            with open(damaged, "wb") as f:
                f.write(data)
            words = [self.program, "run", "--clock", "virtual", "--timeout", str(TIMEOUT),
                     "--max-memory", "500000000", "-pa", self.beams, "-pa", folder, module]
            try:
                done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True,
                                      timeout=TIMEOUT + GRACE, cwd=folder)
                wrong = None if done.returncode in (0, 1, 2, 3) else f"exit status {done.returncode}"
                if b"Sanitizer" in done.stderr or b"runtime error" in done.stderr:
                    wrong = "a sanitizer complains"
                tail = done.stderr.decode("utf-8", "replace")[-3000:]
            except subprocess.TimeoutExpired:
                wrong, tail = "it hangs", ""
            if wrong and self.keep:
                kept = os.path.join(self.keep, str(seed))
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(folder, kept)
            return f"seed {seed}: {module}, {chunk}: {wrong}\n{tail}" if wrong else None


def main():
    program, beams = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    first, count = int(sys.argv[3]), int(sys.argv[4])
    keep = sys.argv[5] if len(sys.argv) > 5 else None
    fuzz = Fuzz(program, beams, keep)
    wrong = [text for text in (fuzz.run(seed) for seed in range(first, first + count)) if text]
    print("1..1")
    print(f"{'not ok' if wrong else 'ok'} 1 - {count} damaged programs")
    for text in wrong:
        for line in text.splitlines():
            print(f"# {line}", flush=True)
    sys.exit(1 if wrong else 0)


main()
