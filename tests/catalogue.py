"""What the program says in other languages: ``python -m tests.catalogue`` brings their catalogues up to date.

It adds the sentences that are new in the source, takes out those that are gone, compiles, and names those that still
wait for a translation. A sentence that changed is a new one: nobody would notice that its translation says what it
said before.
"""

import json
import re
import sys
from enum import EnumMeta
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typer.main
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import coaching
from coaching.cli.app import COMMANDS, app
from coaching.i18n import LANGUAGES
from coaching.jupyter.notebooks import prose
from coaching.model import vocabulary
from coaching.model.entries import MODELS
from coaching.model.prompts import prompts
from coaching.model.vocabulary import Segment
from coaching.workbook.home import Home

OTHERS = [name for name in LANGUAGES if name != "en"]
_SOURCE = Path(coaching.__file__).parent
_METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
#: The errors whose first argument is a sentence that is said when it is shown.
ERRORS = (
    "CoachingError",
    "InterchangeError",
    "LockedError",
    "MistypedKeyError",
    "StoreError",
    "UnknownWorkbookError",
    "UnsealedError",
    "WeakPassphraseError",
    "WrongKeyError",
)
_KEYWORDS = {"say": None, "to_say": None, "say_counted": (1, 2)} | dict.fromkeys(ERRORS)
_OURS = re.compile("[a-z][a-z0-9_]*")
_SCREEN = _SOURCE / "forms/web"
_SCREEN_METHODS = [("*.js", "javascript")]
_SCREEN_KEYWORDS = {"say": None, "toSay": None, "sayCounted": (1, 2)}


class Plain(Catalog):
    """A catalogue whose header says nothing of who wrote it, when, and with which program."""

    @property
    def mime_headers(self):
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def spoken():
    """Return what the program says and asks: a text for each sentence, two for one that counts."""
    asked = {prompt.text for segment in Segment for prompt in prompts(segment)}
    return _extracted(_SOURCE, _METHODS, _KEYWORDS) | on_the_screen() | in_the_help() | words() | asked | set(prose())


@cache
def words():
    """Return what kinds, fields, values and figures are called, as `coaching.cli.output` shows them."""
    kinds = [
        one for one in vars(vocabulary).values() if isinstance(one, EnumMeta) and one.__module__ == vocabulary.__name__
    ]
    values = {value.value for kind in kinds for value in kind}
    fields = {name for model in MODELS.values() for name in model.model_fields}
    with TemporaryDirectory() as folder:
        figures = set(_names(Home(Path(folder)).demo().workbook.figures()))
    return {name.replace("_", " ") for name in values | (fields - {"rev", "saved_at"}) | figures}


def _names(figures):
    """Give the names of figures and of their parts; what is called by a label or by a day is not of ours."""
    if isinstance(figures, dict):
        for name, inside in figures.items():
            if _OURS.fullmatch(name):
                yield name
            yield from _names(inside)
    elif isinstance(figures, list):
        for inside in figures:
            yield from _names(inside)
    elif isinstance(figures, str) and _OURS.fullmatch(figures):
        yield figures


def in_the_help():
    """Return what the help of the program says of its commands, their arguments and their options."""
    for module in COMMANDS:
        import_module(f"coaching.cli.{module}")
    return set(_of_command(typer.main.get_command(app)))


def _of_command(command):
    ours = [one for one in command.params if one.expose_value]
    yield from filter(None, [command.help, *(one.help for one in ours)])
    yield from filter(None, (getattr(one, "rich_help_panel", None) for one in ours))
    for inner in getattr(command, "commands", {}).values():
        yield from _of_command(inner)


def on_the_screen():
    """Return what the scripts of the forms say."""
    return _extracted(_SCREEN, _SCREEN_METHODS, _SCREEN_KEYWORDS)


def _extracted(folder, methods, keywords):
    found = extract_from_dir(folder, methods, keywords=keywords)
    return {message if isinstance(message, str) else tuple(message[:2]) for _, _, message, _, _ in found}


def sentences_of_the_screen():
    """Return the file that names what the scripts say, so that the kernel can send it along in another language."""
    listed = sorted(forms_of(sentence) for sentence in on_the_screen())
    return f"{json.dumps(listed, ensure_ascii=False, indent=0)}\n".encode()


def forms_of(text):
    """Return a sentence as a list of its forms."""
    return [text] if isinstance(text, str) else list(text)


def place(name, ending):
    return _SOURCE / "data/locale" / name / "LC_MESSAGES" / f"coaching.{ending}"


def read(name):
    """Return the catalogue of a language as it was last written, an empty one if it never was."""
    if not place(name, "po").is_file():
        return Catalog(locale=name, header_comment="#")
    with place(name, "po").open("rb") as file:
        return read_po(file, locale=name)


def current(name):
    """Return the catalogue of a language with exactly the sentences of the source."""
    before = read(name)
    known = {message.id: message for message in before}
    made = Plain(locale=name, header_comment=before.header_comment, fuzzy=False)
    for sentence in sorted(spoken(), key=forms_of):
        old = known.get(sentence)
        message = made.add(sentence, old.string if old else "", user_comments=old.user_comments if old else ())
        # "9 % done" only looks like a format; places stand in braces.
        message.flags.discard("python-format")
    return made


def written(catalogue):
    file = BytesIO()
    write_po(file, catalogue, width=120, no_location=True)
    return file.getvalue()


def compiled(catalogue):
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(catalogue):
    return [message.id for message in catalogue if message.id and not all(forms_of(message.string))]


#: Where that file stands.
SENTENCES = _SOURCE / "data/locale/sentences_of_forms.json"


if __name__ == "__main__":
    SENTENCES.write_bytes(sentences_of_the_screen())
    for name in OTHERS:
        catalogue = current(name)
        place(name, "po").parent.mkdir(parents=True, exist_ok=True)
        place(name, "po").write_bytes(written(catalogue))
        place(name, "mo").write_bytes(compiled(catalogue))
        for sentence in untranslated(catalogue):
            sys.stdout.write(f"{name}: {' / '.join(forms_of(sentence))}\n")
