#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom.

Each folder may include the folders its row names, and the system headers its
row names. The build already keeps a folder from linking or finding a library
it may not use; this check sees what the build cannot: our own folders.

Usage: check-includes.py ROOT     exit status 1 and one line per mistake
"""
import os
import re
import sys

ENGINE = ["base", "trace", "term", "mem", "data", "code", "proc", "ets", "sched", "bif", "interp",
          "view", "boot", "machine"]
PUBLIC = "engine"  # the headers that lie directly in engine/
# The tables that public headers expand: data, no code.
PUBLIC_TABLES = {"engine/trace/events.def", "engine/code/opcodes.def"}

# Libraries that only some rows may use; a header of none of these is free for all.
LIBRARIES = {
    "gtk": re.compile(r"^(gtk|gdk)/"),
    "adwaita": re.compile(r"^(adwaita\.h|libadwaita)"),
    "sourceview": re.compile(r"^gtksourceview/"),
    "cairo": re.compile(r"^(cairo|pango/)"),
    "pango": re.compile(r"^pango/"),
    "cmark": re.compile(r"^cmark"),
    "yaml": re.compile(r"^yaml\.h"),
    "json": re.compile(r"^json-glib/"),
}


def table():
    """folder -> (folders it may include, libraries it may use)"""
    rows = {PUBLIC: ({PUBLIC}, set())}
    for i, name in enumerate(ENGINE):
        below = {"engine/" + f for f in ENGINE[:i + 1]}
        rows["engine/" + name] = (below | {PUBLIC}, set())
    ui = {PUBLIC, "ui/layout"}
    rows["ui/layout"] = (set(ui), set())
    rows["ui/draw"] = (ui | {"ui/draw"}, {"cairo", "pango"})
    rows["ui/models"] = (ui | {"ui/models"}, set())
    rows["ui/widgets"] = (ui | {"ui/draw", "ui/models", "ui/widgets"},
                          {"cairo", "pango", "gtk", "adwaita", "sourceview"})
    rows["app"] = (ui | {"ui/draw", "ui/models", "ui/widgets", "app"}, set(LIBRARIES))
    return rows


INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def folder_of(path, rows):
    """The longest row that holds path, or None."""
    folder = os.path.dirname(path)
    while folder and folder not in rows:
        folder = os.path.dirname(folder)
    return folder or None


def check_include(rows, folder, kind, target):
    """What is wrong with one include, or None."""
    may, libraries = rows[folder]
    if kind == "<":
        for name, pattern in LIBRARIES.items():
            if pattern.match(target) and name not in libraries:
                return f"{folder} may not use {name}: <{target}> belongs in a folder that may " \
                       "(see ARCHITECTURE.md)"
        return None
    if target == "config.h" or (folder == PUBLIC and target in PUBLIC_TABLES):
        return None
    if "/" not in target:
        return f'write "{target}" from the project root, as "{folder}/{target}"'
    their = folder_of(target, rows)
    if their is None:
        return f'"{target}" is in no folder of the layer table (tests/style/check-includes.py)'
    if their not in may:
        names = ", ".join(sorted(may))
        return f'{folder} may not include {their} ("{target}"); it may include: {names}'
    return None


def check_file(root, path, rows):
    folder = folder_of(path, rows)
    mistakes = []
    if folder is None:
        return mistakes
    with open(os.path.join(root, path), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            match = INCLUDE.match(line)
            if match is None:
                continue
            wrong = check_include(rows, folder, match.group(1), match.group(2))
            if wrong is not None:
                mistakes.append(f"{path}:{number}: {wrong}")
    return mistakes


def sources(root, tops=("engine", "ui", "app")):
    for top in tops:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                if name.endswith((".c", ".h", ".def")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def main():
    root = sys.argv[1]
    rows = table()
    mistakes = []
    count = 0
    for path in sources(root):
        count += 1
        mistakes += check_file(root, path, rows)
    for mistake in mistakes:
        print(mistake)
    print(f"{count} files, {len(mistakes)} includes against the layers")
    return 1 if mistakes or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
