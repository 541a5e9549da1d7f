"""The agreement: what may be written and used, said before anything else and renewed each year."""

from coaching.forms.engine.blocks import Block, flag, prose, section, text
from coaching.forms.engine.values import said
from coaching.i18n import in_words
from coaching.metrics.sessions.agreement import IN_FORCE, Standing, last_made, standing
from coaching.model.entries import Agreement, Handover
from coaching.model.prompts import first_words
from coaching.model.vocabulary import AgreementEvent, Side
from coaching.workbook.context import Context, Records, Values

WORDS, AGREED = "agreement", "agreed"


def blocks(context: Context) -> list[Block]:
    """Return the agreement to be made or renewed; nothing while one is in force."""
    before = _before(context)
    if not _is_due(context, before):
        return []
    name = context.coachee.name
    hint = "Read it aloud, change what you like, and leave it if it is too early."
    agreed_on = before and before.held_on and in_words(before.held_on, context.held_on)
    since = agreed_on and prose(f"You agreed on {agreed_on}. Is it still right?")
    return [
        section(
            "What may be written, and used",
            [
                *([since] if since else []),
                text(WORDS, "Our agreement", rows=5),
                flag(AGREED, f"{name} agrees to these words"),
            ],
            hint=hint,
        )
    ]


def values(context: Context) -> dict[str, str]:
    """Return the words of this session's agreement, else those to begin with."""
    own, before = context.first(Agreement), _before(context)
    if not _is_due(context, before):
        return {}
    agreed = "true" if own and own.agreement_event in IN_FORCE else ""
    return {WORDS: (own and own.text) or _begun_with(context, before), AGREED: agreed}


def records(context: Context, values: Values) -> Records:
    """Return the agreement, or the words proposed for one that nobody has agreed to yet."""
    before = _before(context)
    if not _is_due(context, before):
        return {}
    identity, words, agreed = context.identity(Agreement), said(values, WORDS), bool(values.get(AGREED))
    if not words or (words == _begun_with(context, before) and not agreed):
        return {identity: None}
    event = AgreementEvent.RENEWED if before else AgreementEvent.AGREED
    event = event if agreed else AgreementEvent.PROPOSED
    return {identity: context.record(Agreement, identity, Side.COACHEE, agreement_event=event, text=words)}


def _before(context: Context) -> Agreement | None:
    """Return what was last agreed on before this session."""
    return last_made(entry for entry in context.earlier.values() if isinstance(entry, Agreement))


def _is_due(context: Context, before: Agreement | None) -> bool:
    moved_on = [entry.held_on for entry in context.earlier.values() if isinstance(entry, Handover) and entry.held_on]
    return standing(before, moved_on, context.held_on) is not Standing.IN_FORCE


def _begun_with(context: Context, before: Agreement | None) -> str:
    said_before = before.text if before else None
    return said_before or first_words(context.coachee.full_name, context.coach.full_name)
