#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""po/POTFILES names every file that has texts to translate, and no other. TAP."""
import os
import re
import sys

CALL = re.compile(r'\b(?:_|N_|C_|g_dngettext|ngettext|g_dpgettext2?) \(')
MARKUP = re.compile(r'translatable="(?:yes|true)"')
FOLDERS = ("app", "ui")


def has_texts(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith(".ui"):
        return MARKUP.search(text) is not None
    return path.endswith((".desktop.in", ".metainfo.xml.in")) or CALL.search(text) is not None


def files(root):
    for folder in FOLDERS:
        for where, _, names in os.walk(os.path.join(root, folder)):
            for name in names:
                if name.endswith((".c", ".ui", ".desktop.in", ".metainfo.xml.in")):
                    yield os.path.relpath(os.path.join(where, name), root)


def main():
    root = sys.argv[1]
    with open(os.path.join(root, "po", "POTFILES"), encoding="utf-8") as file:
        listed = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    found = {path for path in files(root) if has_texts(os.path.join(root, path))}
    faults = [f"{path} has texts: add it" for path in sorted(found - listed)]
    faults += [f"{path} has no texts, or is no file: take it out" for path in sorted(listed - found)]
    print("1..1")
    print(("not ok" if faults else "ok") + " 1 po/POTFILES is complete")
    for fault in faults:
        print("# po/POTFILES: " + fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
