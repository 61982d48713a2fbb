#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A program that lies in tests/lang but not in its table would never run.

Usage: check-listed.py FOLDER NAME… [--helpers FAMILY/NAME…]
"""
import os
import sys


def main():
    folder = sys.argv[1]
    names = {os.path.basename(name) for name in sys.argv[2:]}
    found = {}
    status = 0
    for family in sorted(os.listdir(folder)):
        path = os.path.join(folder, family)
        for file in sorted(os.listdir(path)) if os.path.isdir(path) else []:
            name, ending = os.path.splitext(file)
            if ending != ".erl":
                continue
            if name in found:
                print(f"{family}/{file}: {found[name]} has a module of this name; choose another")
                status = 1
            found[name] = family
            if name not in names:
                print(f"{family}/{file}: not in the table of tests/lang/meson.build")
                status = 1
    print(f"{len(found)} programs")
    return status


if __name__ == "__main__":
    sys.exit(main())
