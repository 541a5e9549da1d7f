"""The themes of the mission statement: the coachee names them, and the words that speak of them."""

import re
from collections.abc import Sequence

from coaching.forms.engine.blocks import Block, Condition, Options, fold, pick, prose, rows, text
from coaching.forms.engine.values import row, row_keys, said
from coaching.i18n import say
from coaching.model.entries import Theme
from coaching.model.vocabulary import Side, Visibility
from coaching.workbook.context import Context, Records, Values

_ROW = "theme"
# Commas of other scripts, too.
_BETWEEN_WORDS = re.compile(r"[,;\n،、，；]+")


def themes(context: Context, dreams: Options, when: Sequence[Condition] | None) -> Block:
    """Return the group in which themes are named; each may have one of `dreams`, id and title, behind it."""
    fields: list[Block] = [
        text("title", say("What it is called")),
        text("words", say("The words that speak of it"), hint=say("With commas between: listen, listening, ear.")),
    ]
    if dreams:
        fields.append(pick("dream", say("The dream behind it"), [("", "none"), *dreams]))
    return fold(
        say("Themes of the statement"),
        [
            prose(
                say(
                    "Two or three, in {name}’s own words. The review follows them through all statements.",
                    name=context.coachee.name,
                )
            ),
            rows(_ROW, say("Theme"), fields, add=say("Name a theme")),
        ],
        when=when,
    )


def theme_values(context: Context) -> dict[str, str]:
    """Return the themes that were named so far, as the fields show them."""
    values: dict[str, str] = {}
    for theme in _known(context):
        start = f"{_ROW}.{theme.id}"
        said_so_far = ", ".join(word for word in theme.words or () if word)
        values |= {f"{start}.title": theme.title or "", f"{start}.words": said_so_far}
        values[f"{start}.dream"] = theme.dream or ""
    return values


def theme_records(context: Context, values: Values) -> Records:
    """Return the themes that the form names; one that was removed, or has no words left, is none any more."""
    labels = context.labels(Theme, "T")
    existing = {theme.id: theme for theme in _known(context)}
    records: Records = {}
    for key in row_keys(values, _ROW):
        fields = row(values, _ROW, key)
        words = tuple(filter(None, map(str.strip, _BETWEEN_WORDS.split(fields.get("words", "")))))
        records[key] = None
        if fields.get("removed") or not (words or said(fields, "title")):
            continue
        before = (
            existing[key].content()
            if key in context.earlier
            else context.record(Theme, key, Side.COACHEE, label=labels(key, Visibility.PAIR))
        )
        records[key] = before | {
            "title": said(fields, "title"),
            "words": words or None,
            "dream": said(fields, "dream"),
        }
    return records


def _known(context: Context) -> list[Theme]:
    themes = [entry for entry in (*context.earlier.values(), *context.own) if isinstance(entry, Theme)]
    return sorted(themes, key=lambda theme: (theme.label or "", theme.id))
