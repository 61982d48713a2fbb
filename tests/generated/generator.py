# SPDX-License-Identifier: Apache-2.0
"""Makes Erlang programs from a seed: see templates.py for what they are made of."""
import random
import re

import templates

STATEMENTS = (4, 22)
FAMILY_COUNT = (1, 4)
OPAQUE_SHARE = 0.6     # results that pass through a call, so that the compiler forgets them
OBSERVED_SHARE = 0.5   # statements followed by a look at the process
HIBERNATE_SHARE = 0.06
HOLE = re.compile(r"\$[a-zA-Z]|#\(-?\d+\.\.\d+\)|PEERINFO|PEER")


class Statement:
    """One line: the variable it makes (or None), the ones it uses, whether execution stops there."""

    def __init__(self, text, made=None, used=(), hibernates=False):
        self.text, self.made, self.used, self.hibernates = text, made, tuple(used), hibernates


class Program:
    def __init__(self, seed, options, traced, statements, kept):
        self.seed, self.options, self.traced = seed, options, traced
        self.statements, self.kept = statements, kept


def choose(rng, rows):
    return rng.choices(rows, [row[0] for row in rows])[0]


def match_end(text, at):
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in "([{") - (text[i] in ")]}")
        if depth == 0:
            return i
    raise ValueError(text)


def split_choices(text):
    parts, depth, start = [], 0, 0
    for i, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == "|" and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return parts + [text[start:]]


def settle_choices(rng, text):
    """?(a|b|c) becomes one of them, from outside in."""
    while "?(" in text:
        at = text.index("?(")
        end = match_end(text, at + 1)
        text = text[:at] + rng.choice(split_choices(text[at + 2:end])) + text[end + 1:]
    return text


def is_different(text):
    return any(part in text for part in templates.DIFFERENT)


class Maker:
    def __init__(self, seed, every):
        self.seed, self.every = seed, every
        self.rng = random.Random(seed)
        self.variables = {}   # kind -> names
        self.number = 0
        self.statements = []

    def pick(self, kind, used):
        names = self.variables.get("x" if kind == "v" else kind, [])
        if kind == "v":
            names = [name for name in names if name[0] == "V"]
        if names and self.rng.random() < 0.85:
            # the newest more often than the others
            name = names[-1] if self.rng.random() < 0.3 else self.rng.choice(names)
            used.append(name)
            return name
        text = self.rng.choice(templates.LITERALS["x" if kind == "v" else kind])
        return f"({text})" if text[0] == "-" or " bsl " in text or " " in text[:4] else text

    def fill(self, text, used):
        rng = self.rng
        text = text.replace("KEY", templates.KEY).replace("NUMBERED", templates.NUMBERED)
        while "SPAWN" in text:
            text = text.replace("SPAWN", rng.choice(templates.SPAWN), 1)
        text = settle_choices(rng, text)

        def hole(match):
            word = match.group()
            if word == "PEER":
                peers = self.variables.get("P", [])
                if not peers:
                    return "spawn(generated_help, peer, [[]])"
                used.append(rng.choice(peers))
                return used[-1]
            if word == "PEERINFO":
                peers = self.variables.get("P", [])
                if not peers:
                    return "none"
                used.append(rng.choice(peers))
                item = rng.choice(["memory", "heap_size", "total_heap_size", "message_queue_len",
                                   "garbage_collection_info", "reductions", "stack_size"])
                return f"process_info({used[-1]}, {item})"
            if word[0] == "$":
                return self.pick(word[1], used)
            low, high = re.findall(r"-?\d+", word)
            return str(rng.randint(int(low), int(high)))

        while HOLE.search(text):
            text = HOLE.sub(hole, text)
        return re.sub(r"(?<![A-Za-z])@", str(self.number), text).replace("@", f"_{self.number}")

    def add(self, text, kind):
        self.number += 1
        used = []
        text = self.fill(text, used)
        # what holds processes, funs or references has no value to compare
        plain = kind not in "FrP" and not any(name[0] == "U" for name in used)
        plain = plain and not re.search(r"self\(\)|CO|spawn|make_ref|alias|ets:|timer|fun |send_after|make_fun", text)
        name = f"{'V' if plain else 'U'}{self.number}"
        if self.rng.random() < OPAQUE_SHARE:
            text = f"generated_help:id({text})"
        self.statements.append(Statement(f"{name} = {text}", name, used))
        for wide in [kind] + templates.WIDER.get(kind, []):
            self.variables.setdefault(wide, []).append(name)

    def observe(self):
        self.number += 1
        used = []
        text = self.fill(choose(self.rng, templates.OBSERVE)[1], used)
        self.statements.append(Statement(text, None, used))

    def program(self):
        rng = self.rng
        names = rng.sample(list(templates.FAMILIES), rng.randint(*FAMILY_COUNT))
        rows = templates.TERMS[:20] + [row for name in names for row in templates.FAMILIES[name]]
        rows = [row for row in rows if self.every or not is_different(row[2])]
        for _ in range(rng.randint(*STATEMENTS)):
            _, kind, text = choose(rng, rows)
            self.add(text, kind)
            if rng.random() < OBSERVED_SHARE:
                self.observe()
            if rng.random() < HIBERNATE_SHARE:
                self.number += 1
                self.statements.append(Statement(str(self.number), hibernates=True))
        self.observe()
        made = [statement.made for statement in self.statements if statement.made]
        kept = [name for name in made if rng.random() < 0.4]
        options = [self.fill(rng.choice(templates.SPAWN), []) for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))]
        return Program(self.seed, options, rng.random() < 0.5, self.statements, kept)


def make(seed, every=False):
    """@every: with the statements that are known to differ."""
    return Maker(seed, every).program()


def without(program, removed):
    """The program without the statements at those places, and without what needs them."""
    missing, left = set(), []
    for i, statement in enumerate(program.statements):
        if i in removed or missing.intersection(statement.used):
            missing.add(statement.made)
        else:
            left.append(statement)
    kept = [name for name in program.kept if name not in missing]
    return Program(program.seed, program.options, program.traced, left, kept)


def write_parts(number, program):
    """The program's functions: a hibernation ends one and begins the next."""
    parts, lines, made = [], [], []
    later = [set(program.kept)]
    for statement in reversed(program.statements):
        later.append(later[-1] | set(statement.used))
    later = later[-2::-1]  # after statement i, these are still wanted
    head = f"program({number}, CO) ->\n"
    for i, statement in enumerate(program.statements):
        if statement.hibernates:
            live = [name for name in made if name in later[i]]
            part = f"part_{number}_{statement.text}"
            arguments = ", ".join(["CO"] + live)
            lines.append(f"CO ! {{peek, self(), {statement.text}}}")
            lines.append(f"erlang:hibernate(?MODULE, {part}, [{arguments}])")
            parts.append(head + "    " + ",\n    ".join(lines))
            head, lines = f"{part}({arguments}) ->\n", ["receive go -> ok end"]
        else:
            lines.append(statement.text)
            if statement.made:
                made.append(statement.made)
    lines.append(f"generated_help:id([{', '.join(program.kept)}])")
    parts.append(head + "    " + ",\n    ".join(lines))
    return parts


def module(name, programs):
    """The text of a module: programs is a list of (number, program)."""
    heads, rest, exports, rows = [], [], [], []
    for number, program in programs:
        parts = write_parts(number, program)
        heads.append(f"%% seed {program.seed}\n" + parts[0])
        rest += parts[1:]
        for part in parts[1:]:
            title, arguments = part.split("(", 1)
            exports.append(f"{title}/{arguments.split(')')[0].count(',') + 1}")
        traced = "true" if program.traced else "false"
        rows.append(f"{{{number}, [{','.join(program.options)}], {traced}}}")
    listed = ",\n     ".join(rows)
    return (f"-module({name}).\n-compile([nowarn_unused_vars, nowarn_unused_term, nowarn_failed, "
            f"nowarn_nomatch]).\n"
            f"-export([{', '.join(['programs/0', 'program/2'] + exports)}]).\n\n"
            f"programs() ->\n    [{listed}].\n\n"
            + ";\n".join(heads) + ".\n\n" + "".join(part + ".\n\n" for part in rest))
