"""How the site of the documentation is built: ``sphinx-build -W -c docs . site``. It asks nothing of the world outside.

The pages are those of the repository, where they stand. Two things are put in while the site is built: the order of the
pages, below the README, and all commands, from what the program says of itself.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import typer.main
from sphinx.application import Sphinx

from coaching import __version__
from coaching.cli.app import COMMANDS, app
from coaching.cli.help import sections, usage

project, author, release = "The coaching workbook", "its contributors", __version__
extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc"]
root_doc = "README"
#: The pages by the heading in the margin below which they stand.
PAGES = {
    "Use it": {
        "Start": "docs/start",
        "A session": "docs/session",
        "The review": "docs/review",
        "Sharing and leaving": "docs/sharing",
        "Bring what you have": "docs/bring",
        "Own copy, for the person": "docs/own-copy",
        "Other front ends": "docs/front-ends",
        "Upgrading": "docs/upgrade",
    },
    "What protects it": {
        "Privacy": "docs/privacy",
        "Threat model": "docs/threat-model",
        "When something happens": "SECURITY",
        "Systems": "docs/platforms",
    },
    "Organisation": {"Many managers": "docs/organisation", "A hub": "deploy/jupyterhub/README"},
    "Look it up": {
        "Commands": "docs/commands",
        "Formats": "docs/formats",
        "Files in and out": "coaching/formats/FORMATS",
        "The store": "docs/store-format",
        "Test vectors": "tests/vectors/README",
        "API": "docs/api",
    },
    "Contribute": {
        "How to": "CONTRIBUTING",
        "Architecture": "docs/architecture",
        "Tests": "tests/README",
        "Benchmarks": "tests/benchmarks/README",
        "Homes of released versions": "tests/released/README",
        "What changed": "CHANGELOG",
    },
    "Auf Deutsch": {"Start": "docs/de/start", "Dein eigener Plan": "docs/de/own-copy"},
}
include_patterns = [f"{root_doc}.md", *(f"{page}.md" for pages in PAGES.values() for page in pages.values())]
exclude_patterns = ["node_modules", "site", ".venv"]

myst_heading_anchors = 3
smartquotes = False  # options have two hyphens
myst_links_external_new_tab = False
suppress_warnings = ["myst.header"]  # the changes have a heading of each kind for each version
numpydoc_show_class_members = False
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_additional_pages = {"index": "to_readme.html"}
templates_path = ["templates"]
#: The colours of the pages that the workbook writes.
_LIGHT, _DARK = {"accent": "#0b5c7a", "paper": "#ffffff"}, {"accent": "#6cbcdc", "paper": "#15191d"}
html_theme_options = {
    f"{scheme}_css_variables": {
        "color-brand-primary": colours["accent"],
        "color-brand-content": colours["accent"],
        "color-brand-visited": colours["accent"],
        "color-background-primary": colours["paper"],
    }
    for scheme, colours in (("light", _LIGHT), ("dark", _DARK))
}

_COMMANDS_HERE = "<!-- The site has all commands here, with their options. -->"


def setup(site: Sphinx) -> None:
    """Let what the repository does not say by itself be put in."""
    site.connect("source-read", _complete)
    site.connect("html-page-context", _name_language)


def _complete(_: Sphinx, page: str, source: list[str]) -> None:
    if page == root_doc:
        source[0] += "".join(_margin())
    source[0] = source[0].replace(_COMMANDS_HERE, "\n".join(_all_commands()) if _COMMANDS_HERE in source[0] else "")


def _name_language(_: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Say in which language a page is, for those to whom it is read aloud."""
    *_, folder, _name = ("", *page.split("/"))
    if folder == "de":
        context["language"] = folder


def _margin() -> Iterator[str]:
    for heading, pages in PAGES.items():
        lines = "".join(f"{title} <{page}>\n" for title, page in pages.items())
        yield f"\n\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{lines}```\n"


def _all_commands() -> Iterator[str]:
    for module in COMMANDS:
        import_module(f"coaching.cli.{module}")
    program = typer.main.get_group(app)
    context = program.make_context("coaching", [], resilient_parsing=True)
    for name, command in program.commands.items():
        yield from _command(command, name, context)


def _command(command: Any, name: str, above: Any) -> Iterator[str]:
    context = type(above)(command, info_name=name, parent=above)
    yield from ("", f"### {context.command_path}", "", command.help or "", "", "```text", usage(context), "```", "")
    for heading, rows in sections(context):
        if heading != "Commands":
            yield from (f"| {heading} | |", "|---|---|")
            yield from (f"| `{_cell(typed)}` | {_cell(text)} |" for typed, text in rows if typed != "--help")
            yield ""
    for below, one in getattr(command, "commands", {}).items():
        yield from _command(one, below, context)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("[", "\\[")
