"""The agreement: what may be written and used, said before anything else, renewed each year, and ended."""

from collections.abc import Iterator

from coaching.forms.engine.blocks import Block, choice, filled, flag, fold, prose, section, text
from coaching.forms.engine.values import said
from coaching.i18n import say
from coaching.l10n import in_words
from coaching.metrics.sessions.agreement import IN_FORCE, Standing, last_made, standing
from coaching.model.entries import Agreement, Handover
from coaching.model.prompts import first_words
from coaching.model.vocabulary import AgreementEvent, Side
from coaching.workbook.context import Context, Records, Values

WORDS, AGREED = "agreement", "agreed"
#: How it goes on with an agreement that is in force, and why.
GOES_ON, WHY = "agreement_goes_on", "agreement_why"
_STOPS = (AgreementEvent.PAUSED, AgreementEvent.ENDED)


def blocks(context: Context) -> list[Block]:
    """Return the agreement to be made or renewed; nothing while one is in force."""
    before = _before(context)
    if not _is_due(context, before):
        return []
    name = context.coachee.name
    hint = say("Read it aloud, change what you like, and leave it if it is too early.")
    return [
        section(
            say("What may be written, and used"),
            [
                *([prose(_since(context, before))] if before and before.held_on else []),
                text(WORDS, say("Our agreement"), rows=5),
                flag(AGREED, say("{name} agrees to these words", name=name)),
            ],
            hint=hint,
        )
    ]


def in_force(context: Context) -> Block | None:
    """Return a fold with the agreement that is in force, in which it can be let rest, or be ended."""
    if _is_due(context, _before(context)):
        return None
    options = [(AgreementEvent.PAUSED.value, say("it rests for now")), (AgreementEvent.ENDED.value, say("it ends"))]
    return fold(
        say("Our agreement"),
        [
            prose(_last_words(context) or "", tone="quote"),
            choice(
                GOES_ON,
                say("Does {name} want it to go on?", name=context.coachee.name),
                [("", say("it goes on")), *options],
            ),
            text(WHY, say("Why, if you like"), when=[filled(GOES_ON)]),
        ],
        name=WORDS,
    )


def values(context: Context) -> dict[str, str]:
    """Return the words of this session's agreement, else those to begin with; or how one in force goes on."""
    own, before = context.first(Agreement), _before(context)
    if not _is_due(context, before):
        stops = own if own and own.agreement_event in _STOPS else None
        return {GOES_ON: stops.agreement_event.value, WHY: stops.text or ""} if stops else {}
    agreed = "true" if own and own.agreement_event in IN_FORCE else ""
    return {WORDS: (own and own.text) or _begun_with(context), AGREED: agreed}


def records(context: Context, values: Values) -> Records:
    """Return the agreement, or the words proposed for one that nobody has agreed to yet, or that one rests or ended."""
    before, identity = _before(context), context.identity(Agreement)
    if not _is_due(context, before):
        stops = said(values, GOES_ON)
        return {identity: _record(context, AgreementEvent(stops), said(values, WHY)) if stops else None}
    words, agreed = said(values, WORDS), bool(values.get(AGREED))
    if not words or (words == _begun_with(context) and not agreed):
        return {identity: None}
    return {identity: _record(context, _made(before) if agreed else AgreementEvent.PROPOSED, words)}


def _record(context: Context, event: AgreementEvent, words: str | None) -> dict[str, object]:
    return context.record(Agreement, context.identity(Agreement), Side.COACHEE, agreement_event=event, text=words)


def _made(before: Agreement | None) -> AgreementEvent:
    """Return what a yes of today makes of the agreement of before."""
    if before is None or before.agreement_event is AgreementEvent.ENDED:
        return AgreementEvent.AGREED
    is_resumed = before.agreement_event is AgreementEvent.PAUSED
    return AgreementEvent.RESUMED if is_resumed else AgreementEvent.RENEWED


def _since(context: Context, before: Agreement) -> str:
    """Say how the agreement of before stands."""
    day = in_words(before.held_on or context.held_on, context.held_on)
    if before.agreement_event is AgreementEvent.PAUSED:
        return say("It rests since {day}. Does it go on?", day=day)
    if before.agreement_event is AgreementEvent.ENDED:
        return say("It ended on {day}. Is there to be a new one?", day=day)
    return say("You agreed on {day}. Is it still right?", day=day)


def _agreements(context: Context) -> Iterator[Agreement]:
    return (entry for entry in context.earlier.values() if isinstance(entry, Agreement))


def _before(context: Context) -> Agreement | None:
    """Return what last happened to the agreement before this session."""
    return last_made(_agreements(context))


def _last_words(context: Context) -> str | None:
    """Return the words that were last agreed on before this session; why it rests, or has ended, are none."""
    agreed = last_made(one for one in _agreements(context) if one.agreement_event in IN_FORCE and one.text)
    return agreed.text if agreed else None


def _is_due(context: Context, before: Agreement | None) -> bool:
    moved_on = [entry.held_on for entry in context.earlier.values() if isinstance(entry, Handover) and entry.held_on]
    return standing(before, moved_on, context.held_on) is not Standing.IN_FORCE


def _begun_with(context: Context) -> str:
    return _last_words(context) or first_words(context.coachee.full_name, context.coach.full_name)
