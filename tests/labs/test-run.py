#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The contract of `beamlab run`: output, result, limits, exit status.

Usage: test-run.py BEAMLAB SOURCE     TAP on stdout
"""
import json
import os
import subprocess
import sys
import tempfile

POINTS = []


def point(text, good, found=None):
    POINTS.append(bool(good))
    print(f"{'ok' if good else 'not ok'} {len(POINTS)} - {text}", flush=True)
    if not good and found is not None:
        for line in str(found).splitlines():
            print(f"# {line}")


def make_run(program, folder):
    def run(*words, stdin=subprocess.DEVNULL, text=None):
        if text is not None:
            stdin = None
        done = subprocess.run([program, "run", "-pa", folder, *words], stdin=stdin, input=text,
                              capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr
    return run


def check_results(run):
    for clock in ("live", "virtual"):
        at = ["--clock", clock]
        point(f"{clock}: the result is printed", run(*at, "--print", "cli_cases") == (0, "ok\n", ""))
        for term in ("-1", "[1,2]", "{a,\"b\",<<1,2>>}", "'-print'", "-1.5", "#{a=>1}"):
            shown = {"{a,\"b\",<<1,2>>}": "{a,[98],<<1,2>>}", "#{a=>1}": "#{a => 1}"}.get(term, term)
            got = run(*at, "cli_cases", "echo", term, "--print")
            point(f"{clock}: {term} is an argument", got == (0, shown + "\n", ""), got)
        got = run(*at, "cli_cases", "two", "-1", "--print", "-2")
        point(f"{clock}: options may stand between arguments", got == (0, "{-1,-2}\n", ""), got)
        got = run(*at, "--print", "cli_cases", "speak")
        point(f"{clock}: the result is on a line of its own, last", got == (0, "one\ntwo\ndone\n", ""), got)
        got = run(*at, "--print", "cli_cases", "read", text="a\nb\n")
        point(f"{clock}: standard input goes to the program", got == (0, '[[97,10],[98,10]|eof]\n', ""), got)
        got = run(*at, "--print", "cli_cases", "ring", "100")
        point(f"{clock}: processes pass messages", got == (0, "100\n", ""), got)


def check_status(run, folder):
    for function, reason in (("crash", "bad argument"), ("thrown", "ball"), ("exiting", "bye")):
        status, out, err = run("cli_cases", function)
        point(f"{function}: exit status 1, the reason on stderr",
              status == 1 and out == "" and reason in err, (status, out, err))
    status, out, err = run("cli_cases", "crash")
    point("the stack trace has file and line", "cli_cases.erl" in err, err)
    point("halt(7) gives 7", run("cli_cases", "halting")[0] == 7)
    for words in (["no_such_module"], ["cli_cases", "no_such_function"], ["cli_cases", "echo", "[1"],
                  ["cli_cases", "echo"], ["--otp", "/nonexistent", "cli_cases"]):
        status, out, err = run(*words)
        point(f"{' '.join(words)}: exit status 2", status == 2 and out == "" and err != "", (status, out, err))
    with open(os.path.join(folder, "cli_cases.beam"), "rb") as file:
        good = file.read()
    with open(os.path.join(folder, "damaged.beam"), "wb") as file:
        file.write(good[:200])
    status, out, err = run("damaged")
    point("a damaged file: exit status 2, the file is named", status == 2 and "damaged.beam" in err, err)


def check_limits(run):
    for clock in ("live", "virtual"):
        at = ["--clock", clock]
        for words in (["--timeout", "1", "cli_cases", "forever"],
                      ["--max-processes", "100", "cli_cases", "fork", "1000"],
                      ["--max-memory", "64M", "cli_cases", "hog"],
                      ["cli_cases", "waiting"]):
            status, out, err = run(*at, *words)
            point(f"{clock}: {' '.join(words)}: exit status 3, said why", status == 3 and err != "",
                  (status, out, err))
    status, out, err = run("--clock", "virtual", "--until", "time >= 1ms", "cli_cases", "forever")
    point("--until stops a program that does not end", status == 0 and "time >= 1ms" in err, (status, err))
    status, out, err = run("--stats", "cli_cases")
    point("--stats are on stderr", status == 0 and out == "" and "reductions" in err, err)


def check_streams(run, program, folder, source):
    """What the program is connected to: closed, endless, gone, no file."""
    def raw(*words, **more):
        return subprocess.run([program, "run", "-pa", folder, *words], capture_output=True,
                              timeout=60, **more)
    done = raw("--print", "cli_cases", "letters", stdin=subprocess.DEVNULL)
    point("standard output is latin1, as erl's", done.stdout == b"\xe5 \\x{3C0}\n\xe5\n", done)
    got = run("cli_cases", "complain")
    point("standard_error goes to stderr", got == (0, "", "a complaint\n"), got)
    done = raw("--print", "cli_cases", "read", preexec_fn=lambda: os.close(0))
    point("closed standard input is its end", done.stdout == b"eof\n", done)
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as feeder:
        done = raw("--timeout", "1", "cli_cases", "forever", stdin=feeder.stdout)
        feeder.kill()
    point("endless input does not keep the limits away", done.returncode == 3, done)
    reader = subprocess.Popen([program, "run", "-pa", folder, "cli_cases", "endless"],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    line = reader.stdout.readline()
    reader.stdout.close()
    status = reader.wait(60)
    point("a reader that goes away ends an endless program", (line, status) == (b"again\n", 141), status)
    got = run("--events", "/dev/null", "--print", "cli_cases")
    point("the recording may go to no file", got == (0, "ok\n", ""), got)
    status, _, err = run("--events", "/dev/full", "cli_cases")
    point("a recording that cannot be written is named", status == 2 and "/dev/full" in err, err)
    other = os.path.join(folder, "other")
    os.mkdir(other)
    with open(source, encoding="utf-8") as file:
        text = file.read().replace("start() -> ok.", "start() -> other.")
    with open(os.path.join(other, "cli_cases.erl"), "w", encoding="utf-8") as file:
        file.write(text)
    subprocess.run(["erlc", "-o", other, os.path.join(other, "cli_cases.erl")], check=True)
    got = run("-pa", other, "--print", "cli_cases")
    point("of two -pa the last is first", got == (0, "other\n", ""), got)
    status, _, err = run("cli_cases", "echo", "[" + "1," * 5000)
    point("a long wrong argument is not repeated whole", status == 2 and len(err) < 300, err[:300])


def check_events(run, folder):
    def events(schedulers):
        path = os.path.join(folder, "events")
        status, _, _ = run("--clock", "virtual", "--schedulers", schedulers, "--events", path,
                             "cli_cases", "ring", "50")
        if status != 0:
            return None
        with open(path, "rb") as file:
            return file.read()
    for schedulers in ("1", "8"):
        first = events(schedulers)
        point(f"{schedulers} schedulers: ten recordings are the same",
              first is not None and all(events(schedulers) == first for _ in range(9)))
    try:
        times = [json.loads(line)["t"] for line in (first or b"").splitlines()]
    except ValueError:
        times = []
    point("the recording is JSON lines in time order", len(times) > 100 and times == sorted(times))


def main():
    program, source = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["erlc", "+debug_info", "-o", folder, source], check=True)
        run = make_run(program, folder)
        check_results(run)
        check_status(run, folder)
        check_limits(run)
        check_events(run, folder)
        check_streams(run, program, folder, source)
    print(f"1..{len(POINTS)}")
    return 0 if all(POINTS) else 1


if __name__ == "__main__":
    sys.exit(main())
