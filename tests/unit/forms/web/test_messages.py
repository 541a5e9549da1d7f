"""Kernel and page describe their messages alike: names, keys, which of them may be missing, and types."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import coaching
from coaching.forms.engine import messages

DESCRIBED = (Path(coaching.__file__).parent / "forms/web/messages.d.ts").read_text(encoding="utf-8")
#: What has a name for the page alone stands there by this name.
NAMED = {"Values": "Record<string, string>", "Option": "[string, string]"}
PLAIN = {str: "string", bool: "boolean", int: "number", float: "number", NoneType: "null"}
GENERIC = {
    Literal: lambda *values: " | ".join(f'"{value}"' for value in values),
    Mapping: lambda key, value: f"Record<{in_typescript(key)}, {in_typescript(value)}>",
    Sequence: lambda item: f"{in_typescript(item)}[]",
    Union: lambda *kinds: " | ".join(map(in_typescript, kinds)),
    UnionType: lambda *kinds: " | ".join(map(in_typescript, kinds)),
    tuple: lambda *kinds: f"[{', '.join(map(in_typescript, kinds))}]",
}


def in_typescript(kind):
    """Return a Python type as TypeScript spells it."""
    if kind == messages.Block:
        return "Block"
    if is_typeddict(kind):
        return kind.__name__
    return PLAIN.get(kind) or GENERIC[get_origin(kind)](*get_args(kind))


def interfaces():
    """Return the interfaces of the page's description, each with the types of its keys; `?` marks one that may miss."""
    bodies = re.findall(r"^export interface (\w+) {\n(.*?)^}", DESCRIBED, flags=re.MULTILINE | re.DOTALL)
    return {name: dict(re.findall(r"^  (\w+\??): (.+);$", body, flags=re.MULTILINE)) for name, body in bodies}


def unions():
    """Return the names that stand for one of several interfaces."""
    bodies = re.findall(r"^export type (\w+) =([^;]*);", DESCRIBED, flags=re.MULTILINE)
    return {name: set(re.findall(r"\w+", body)) for name, body in bodies if name not in NAMED}


def test_every_message_has_the_same_keys_of_the_same_types():
    kernel = {
        name: {
            key + "?" * (key in kind.__optional_keys__): in_typescript(hint)
            for key, hint in get_type_hints(kind, vars(messages)).items()
        }
        for name, kind in vars(messages).items()
        if is_typeddict(kind)
    }
    page = {
        name: {key: re.sub(r"\b(Values|Option)\b", lambda named: NAMED[named[0]], kind) for key, kind in keys.items()}
        for name, keys in interfaces().items()
    }
    assert page == kernel


def test_what_can_be_one_of_several_can_be_the_same_ones():
    kernel = {
        name: {one.__name__ for one in get_args(kind)}
        for name, kind in vars(messages).items()
        if isinstance(kind, UnionType)
    }
    assert unions() == kernel


def test_the_description_says_nothing_that_these_tests_do_not_read():
    bare = re.sub(r"//.*", "", DESCRIBED)
    for read in (
        r"^export interface \w+ {\n(  \w+\??: .+;\n)*^}",
        r"^export type \w+ =[^;]*;",
    ):
        bare = re.sub(read, "", bare, flags=re.MULTILINE)
    assert bare.strip() == ""


def test_what_the_page_has_names_for_is_so_described():
    named = {name: re.search(rf"^export type {name} = (.+);$", DESCRIBED, flags=re.MULTILINE)[1] for name in NAMED}
    assert named == NAMED
