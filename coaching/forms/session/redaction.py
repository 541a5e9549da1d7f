"""What should not be in writing: words of this session, chosen and erased at once."""

from collections.abc import Mapping
from typing import Any

from coaching.forms.engine.blocks import Block, act, pick, prose, section
from coaching.i18n import say
from coaching.model.vocabulary import Kind, Visibility
from coaching.text import beginning
from coaching.workbook.context import Context, Records

LIST, ERASE, WORDS = "list_words", "erase", "erase_words"
_SHOWN = 60
#: What a form says in words, by the kind of entry; the other fields are answers.
_TELLING: Mapping[str, tuple[str, ...]] = {
    Kind.AGREEMENT: ("text",),
    Kind.NOTE: ("text",),
    Kind.MISSION: ("text", "why_changed"),
    Kind.DREAM: ("title", "text"),
    Kind.BECOMING: ("text",),
    Kind.PROGRESS: ("text",),
    Kind.THEME: ("title",),
    Kind.STRENGTH: ("text",),
    Kind.SUPPORTER: ("name", "text"),
    Kind.ITEM: ("what", "wish", "best_outcome", "obstacle", "if_then"),
    Kind.ITEM_EVENT: ("text",),
    Kind.REVIEW: ("text",),
    Kind.CHECK: ("text",),
}


def blocks(context: Context, records: Records | None) -> list[Block]:
    """Return the section in which words are chosen; they are listed once somebody asks for them.

    Parameters
    ----------
    context
        What is known of the session.
    records
        What the session says, if it is to be listed.
    """
    if records is None:
        shown: list[Block] = [act(LIST, say("Show what was written today"), quiet=True)]
    elif choices := _listed(context, records):
        shown = [
            pick(WORDS, say("These words"), [("", say("choose …")), *choices]),
            prose(say("They are then in no file of this workbook. What was handed out, and old backups, remain.")),
            act(ERASE, say("Erase them for good"), quiet=True),
        ]
    else:
        shown = [prose(say("Nothing was written today."))]
    return [
        section(
            say("What should not be in writing?"),
            shown,
            hint=say("Ask {name}. It goes at once.", name=context.coachee.name),
        )
    ]


def erased_with(identity: str, records: Records) -> tuple[str, ...]:
    """Return the ids of an entry of the session and of all that say the same words: a review and its event."""
    chosen = records.get(identity) or {}
    item, words = chosen.get("item"), chosen.get("text")
    same = [other for other, record in records.items() if record and item and words and _says(record, item, words)]
    return tuple(dict.fromkeys([identity, *same]))


def _listed(context: Context, records: Records) -> list[tuple[str, str]]:
    """Return id and words of what may be chosen; nothing private, as the other side looks on."""
    names: dict[str, str] = {}
    for identity, record in records.items():
        is_said_today = record and identity not in context.earlier and record["visibility"] != Visibility.PRIVATE
        words = _words(record) if record and is_said_today else ""
        if words and words not in names.values():
            names[identity] = words
    return list(names.items())


def _says(record: Mapping[str, Any], item: str, words: str) -> bool:
    return record.get("item") == item and record.get("text") == words


def _words(record: Mapping[str, Any]) -> str:
    texts = [record.get(name) for name in _TELLING.get(record["kind"], ())]
    whole = " · ".join(" ".join(words.split()) for words in texts if words)
    return whole if len(whole) <= _SHOWN else f"{beginning(whole, _SHOWN)} …"
