#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long a file, a function and a line may be; and that each file says its licence.

A limit that must be broken is broken in the open: a comment `budget: <reason>`
within the first 40 lines frees the file from the length of files, one in a
function or in the three lines above it frees that function.

Usage: check-budgets.py ROOT     exit status 1 and one line per mistake
"""
import os
import re
import sys

MAX_C_LINES = 800
MAX_H_LINES = 300
MAX_LINES_OF = {"engine/term/term.h": 400}
# Instruction bodies: included by each loop in turn, so without `#pragma once`.
BODIES = re.compile(r"^engine/interp/(ops-[a-z-]+|interp-bodies|tables)\.h$")
MAX_BODIES_LINES = 400
MAX_FUNCTION_LINES = 100
MAX_COLUMNS = 100
MAX_PARAMETERS = 7
SPDX = "SPDX-License-Identifier: Apache-2.0"

REASON = re.compile(r"budget:\s*(\S.{14,})")
CODE = (".c", ".h")
LICENSED = (".c", ".h", ".def", ".py", ".sh")
CHECKED = LICENSED + (".erl", ".hrl", ".css", ".ui", ".xml")
TOPS = ("engine", "ui", "app", "tests")
SKIPPED = ("tests/golden", "tests/fuzz/corpus", "app/data")


def has_reason(lines):
    return any(REASON.search(line) for line in lines)


def functions(lines):
    """(first line index, last line index) of each body: braces in column 0."""
    start = None
    for i, line in enumerate(lines):
        if start is None and line.startswith("{"):
            before = lines[i - 1] if i > 0 else ""
            if before.rstrip().endswith(")"):
                start = i
        elif start is not None and line.startswith("}"):
            yield start, i
            start = None


def signature(lines, start):
    """The text between the outer parentheses above a body that opens at start."""
    text = ""
    for i in range(start - 1, max(start - 30, -1), -1):
        text = lines[i] + " " + text
        if text.count("(") > 0 and text.count("(") == text.count(")"):
            return text[text.index("(") + 1:text.rindex(")")]
    return ""


def n_parameters(text):
    depth = 0
    count = 1 if text.strip() not in ("", "void") else 0
    for c in text:
        depth += (c == "(") - (c == ")")
        count += c == "," and depth == 0
    return count


def check_length(path, lines):
    if path.endswith(".c"):
        limit = MAX_C_LINES
    elif BODIES.match(path):
        limit = MAX_BODIES_LINES
    else:
        limit = MAX_LINES_OF.get(path, MAX_H_LINES)
    if len(lines) > limit and not has_reason(lines[:40]):
        yield 1, f"{len(lines)} lines, at most {limit}: split it by concept, " \
                 "or say why not in a `budget: <reason>` comment at its top"


def check_functions(lines):
    for start, end in functions(lines):
        length = end - start + 1
        if length > MAX_FUNCTION_LINES and not has_reason(lines[max(start - 6, 0):end]):
            yield start + 1, f"a function of {length} lines, at most {MAX_FUNCTION_LINES}"
        count = n_parameters(signature(lines, start))
        if count > MAX_PARAMETERS and not has_reason(lines[max(start - 12, 0):end]):
            yield start + 1, f"a function with {count} parameters, at most {MAX_PARAMETERS}: " \
                             "gather what belongs together in a struct"


def check_lines(path, lines):
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield number, "a tab: indent with spaces"
        if line != line.rstrip():
            yield number, "spaces at the end of the line"
        if path.endswith(CODE) and len(line) > MAX_COLUMNS:
            yield number, f"{len(line)} columns, at most {MAX_COLUMNS}"


def check_python(path, text):
    try:
        compile(text, path, "exec")
    except SyntaxError as error:
        yield error.lineno or 1, f"python does not understand it: {error.msg}"


def check_text(path, text):
    """All mistakes of one file as (line, what would be right)."""
    lines = text.splitlines()
    if path.endswith(LICENSED) and not any(SPDX in line for line in lines[:5]):
        yield 1, f"the first line must say: {SPDX}"
    if path.endswith(".h") and not BODIES.match(path) and "#pragma once" not in lines:
        yield 1, "a header needs `#pragma once`"
    if path.endswith(CODE):
        yield from check_length(path, lines)
        yield from check_functions(lines)
    if path.endswith(".py"):
        yield from check_python(path, text)
    yield from check_lines(path, lines)
    if text and not text.endswith("\n"):
        yield len(lines), "the last line must end in a newline"


def files(root):
    for top in TOPS:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root)
                if name.endswith(CHECKED) and not path.startswith(SKIPPED):
                    yield path
    yield "dev"


def main():
    root = sys.argv[1]
    n_mistakes = 0
    count = 0
    for path in files(root):
        count += 1
        with open(os.path.join(root, path), encoding="utf-8") as file:
            for number, wrong in check_text(path, file.read()):
                print(f"{path}:{number}: {wrong}")
                n_mistakes += 1
    print(f"{count} files, {n_mistakes} over budget")
    return 1 if n_mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
