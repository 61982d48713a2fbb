#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small programs on erl and on the engine, as ratios.

Both run with one scheduler, the engine with its live clock. It records its
events as always; with --keep the recording is also kept and written out.
A program measures itself with erlang:monotonic_time, so starting up and
loading are not in the figure. The runs of the two sides alternate, the median
counts; a program whose runs lie apart by more than NOISY of their median is
marked, and its ratio is to be believed only as an order of magnitude.
"""
import argparse
import glob
import math
import os
import statistics
import subprocess
import sys

NOISY = 0.15
TIMEOUT_S = 120
MEAN_GOAL = 3.5
WORST_GOAL = 6.0


def measure(command):
    """(microseconds, hash) or an error as text."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return f"not done in {TIMEOUT_S} s"
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        words = line.split()
        if len(words) == 3 and words[0] == "bench" and words[1].isdigit():
            return int(words[1]), words[2]
    said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
    return f"status {done.returncode}: " + " ".join(said.split())[:160]


def spread(times):
    return (max(times) - min(times)) / statistics.median(times)


def bench(options, name):
    """One row: (erl median, our median, noisy sides) or an error as text."""
    erl = ["erl", "+S", "1:1", "-noshell", "-noinput", "-pa", options.out, "-eval",
           f"bench_run:start({name}), halt()."]
    keep = ["--events", os.path.join(options.out, "events.json")] if options.keep else []
    ours = [options.beamlab, "run", "-pa", options.out, "--clock", "live", "--schedulers", "1",
            *keep, "bench_run", "start", name]
    times = {"erl": [], "beamlab": []}
    hashes = set()
    for _ in range(options.times):
        for side, command in (("erl", erl), ("beamlab", ours)):
            result = measure(command)
            if isinstance(result, str):
                return f"{side}: {result}"
            times[side].append(result[0])
            hashes.add(result[1])
    if len(hashes) != 1:
        return "the two sides computed different results"
    noisy = [side for side, values in times.items() if spread(values) > NOISY]
    return statistics.median(times["erl"]), statistics.median(times["beamlab"]), noisy


def compile_programs(out, here):
    os.makedirs(out, exist_ok=True)
    sources = sorted(glob.glob(os.path.join(here, "bench_*.erl")))
    subprocess.run(["erlc", "-o", out] + sources, check=True)
    return [os.path.basename(path)[len("bench_"):-len(".erl")] for path in sources
            if not path.endswith("bench_run.erl")]


def main():
    parser = argparse.ArgumentParser(description="compare with erl")
    parser.add_argument("--beamlab", required=True)
    parser.add_argument("--out", required=True, help="folder for the compiled programs")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="keep and write the recording, too")
    parser.add_argument("names", nargs="*", help="which (default: all)")
    options = parser.parse_args()
    known = compile_programs(options.out, os.path.dirname(os.path.abspath(__file__)))
    unknown = [name for name in options.names if name not in known]
    if unknown:
        sys.exit(f"bench: no program {', '.join(unknown)}; there are: {' '.join(known)}")
    print(f"{'program':<14}{'erl ms':>10}{'beamlab ms':>13}{'ratio':>8}")
    ratios = []
    failed = 0
    for name in options.names or known:
        row = bench(options, "bench_" + name)
        if isinstance(row, str):
            failed += 1
            print(f"{name:<14}{row}", flush=True)
            continue
        theirs, ours, noisy = row
        ratios.append(ours / theirs)
        remark = f"   noisy: {' and '.join(noisy)}" if noisy else ""
        print(f"{name:<14}{theirs / 1000:>10.1f}{ours / 1000:>13.1f}{ours / theirs:>8.2f}{remark}",
              flush=True)
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"geometric mean {mean:.2f} (goal: at most {MEAN_GOAL}), "
              f"worst {max(ratios):.2f} (goal: at most {WORST_GOAL}), {len(ratios)} programs")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
