#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves a lab's claims on the installed erl: compiles its program and runs its
claims.escript, whose TAP goes through.

Usage: run-claims.py LABDIR
"""
import glob
import os
import subprocess
import sys
import tempfile


def main():
    lab = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        sources = sorted(glob.glob(os.path.join(lab, "*.erl")))
        subprocess.run(["erlc", "+debug_info", "-o", folder, *sources], check=True)
        return subprocess.run(["escript", os.path.join(lab, "claims.escript"), folder]).returncode


if __name__ == "__main__":
    sys.exit(main())
