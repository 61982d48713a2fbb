#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The style checks must see what they are there to see: one mistake of each kind."""
import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def include_cases(check):
    rows = check.table()
    #       folder, kind, target, allowed
    cases = [
        ("engine/term", '"', "engine/base/debug.h", True),
        ("engine/base", '"', "engine/term/term.h", False),
        ("engine/mem", '"', "engine/proc/process.h", False),
        ("engine/machine", '"', "engine/interp/interp.h", True),
        ("engine/mem", '"', "heap.h", False),
        ("engine/boot", '"', "boot-resources.h", True),
        ("engine/mem", "<", "gtk/gtk.h", False),
        ("engine/mem", "<", "cairo.h", False),
        ("engine", '"', "engine/base/debug.h", False),
        ("engine", '"', "engine/vm-types.h", True),
        ("engine", '"', "engine/trace/events.def", True),
        ("ui/layout", '"', "engine/vm-snapshot.h", True),
        ("ui/layout", '"', "engine/proc/process.h", False),
        ("ui/layout", "<", "cairo.h", False),
        ("ui/draw", "<", "pango/pangocairo.h", True),
        ("ui/draw", "<", "gtk/gtk.h", False),
        ("ui/draw", '"', "ui/widgets/ui-canvas.h", False),
        ("ui/models", '"', "ui/widgets/ui-canvas.h", False),
        ("ui/widgets", "<", "adwaita.h", True),
        ("ui/widgets", '"', "app/app-window.h", False),
        ("app", '"', "engine/sched/scheduler.h", False),
        ("app", '"', "ui/widgets/ui-canvas.h", True),
    ]
    for folder, kind, target, allowed in cases:
        wrong = check.check_include(rows, folder, kind, target)
        yield (wrong is None) == allowed, f"{folder} includes {target}: {wrong}"


def budget_cases(check):
    head = "/* " + check.SPDX + " */\n"

    def function(n, above="", parameters="void"):
        return f"{above}static void\nf ({parameters})\n{{\n" + "  g ();\n" * (n - 2) + "}\n"

    seven = ", ".join("int p%d" % i for i in range(7))
    cases = [
        ("a.c", head, 0),
        ("a.c", "int x;\n", 1),
        ("a.py", "x = 1\n", 1),
        ("a.py", "# " + check.SPDX + "\nx = 1\n", 0),
        ("a.py", "# " + check.SPDX + "\nx = = 1\n", 1),
        ("a.h", head, 1),
        ("a.h", head + "#pragma once\n", 0),
        ("a.c", head + "\n" * 800, 1),
        ("a.c", head + "/* budget: one table, one row for each opcode */\n" + "\n" * 800, 0),
        ("a.c", head + "/* budget: big */\n" + "\n" * 800, 1),
        ("a.h", head + "#pragma once\n" + "\n" * 300, 1),
        ("engine/term/term.h", head + "#pragma once\n" + "\n" * 300, 0),
        ("engine/interp/ops-map.h", head + "\n" * 399, 0),
        ("engine/interp/ops-map.h", head + "\n" * 400, 1),
        ("a.c", head + function(100), 0),
        ("a.c", head + function(101), 1),
        ("a.c", head + function(101, "/* budget: one case for each instruction */\n"), 0),
        ("a.c", head + function(9, parameters=seven), 0),
        ("a.c", head + function(9, parameters=seven + ", int more"), 1),
        ("a.c", head + "/*" + "x" * 96 + "*/\n", 0),
        ("a.c", head + "/*" + "x" * 97 + "*/\n", 1),
        ("a.c", head + "\tint x;\n", 1),
        ("a.erl", "f() -> ok. \n", 1),
        ("a.c", head + "int x;", 1),
    ]
    for path, text, expected in cases:
        found = list(check.check_text(path, text))
        yield len(found) == expected, f"{path}: expected {expected}, found {found}"


def summary_cases(summary):
    #       meson's verdict, output, (passed, skipped, failed)
    cases = [
        ("OK", "", (1, 0, 0)),
        ("OK", "1..2\nok 1 a\nok 2 b\n", (2, 0, 0)),
        ("OK", "1..2\nok 1 a # SKIP why\nok 2 b\n", (1, 1, 0)),
        ("FAIL", "1..2\nok 1 a\nnot ok 2 b\n", (1, 0, 1)),
        ("FAIL", "1..2\nok 1 a\n", (1, 0, 1)),
        ("ERROR", "ok 1 a\nBail out! it died\n", (1, 0, 1)),
        ("TIMEOUT", "", (0, 0, 1)),
        ("SKIP", "", (0, 1, 0)),
        ("EXPECTEDFAIL", "not ok 1 as it should be\n", (1, 0, 0)),
        ("UNEXPECTEDPASS", "", (0, 0, 1)),
    ]
    for result, output, expected in cases:
        passed, skipped, failed = summary.count(
            {"name": "t", "result": result, "stdout": output, "returncode": 0})
        found = (passed, skipped, len(failed))
        yield found == expected, f"{result} {output!r}: {found} instead of {expected}"


def main():
    results = list(include_cases(load("check-includes")))
    results += list(budget_cases(load("check-budgets")))
    results += list(summary_cases(load("../summary")))
    for good, what in results:
        if not good:
            print("wrong verdict:", what)
    failed = sum(not good for good, _ in results)
    print(f"{len(results)} verdicts, {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
