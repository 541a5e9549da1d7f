"""What happens in the first form: another person or session is chosen, a workbook is made, or others are unlocked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from coaching import pages
from coaching.errors import WrongKeyError
from coaching.forms.engine.blocks import Block, Content
from coaching.forms.engine.messages import WordsMessage
from coaching.forms.parts import protection
from coaching.forms.parts import start as beginning
from coaching.forms.parts.start import ShownKey
from coaching.forms.session.desk import Desk
from coaching.i18n import say
from coaching.workbook.context import Context, Values


@dataclass(frozen=True, repr=False)
class Left:
    """Where somebody was when the forms were locked; what they had said that is on no disk is sealed."""

    workbook: str
    session: str
    is_closed: bool
    sealed: bytes | None


class Entrance:
    """The way to a session.

    Parameters
    ----------
    desk
        The workbooks behind the forms.
    refuse
        Says what is wrong with fields of the form, by their names, and one sentence for all.
    """

    def __init__(self, desk: Desk, refuse: Callable[[Mapping[str, str], str], None]) -> None:
        self._desk = desk
        self._refuse = refuse
        self._recovery_keys: list[ShownKey] = []
        self._unlocked = 0

    def form(self, context: Context | None, values: Values) -> Content:
        """Return the form as it stands, with the recovery keys that nobody has written down yet."""
        offered = replace(self._desk.offered(context), unlocked=self._unlocked)
        return beginning.form(context, offered, self._recovery_keys, for_new=beginning.is_new(values))

    def asks(self, context: Context) -> bool:
        """Tell whether the form has something to say that comes before the session: a recovery key, or a problem."""
        return bool(self._recovery_keys) or self._desk.asks(context)

    def offer_recovery_key(self, context: Context) -> None:
        """Show a new recovery key for a workbook whose own nobody has confirmed, unless it is shown already."""
        if all(shown.context.workbook != context.workbook for shown in self._recovery_keys):
            recovery_key = self._desk.renew_recovery_key(context)
            self._recovery_keys += [ShownKey(context, recovery_key, is_renewed=True)] if recovery_key else []

    def leave(self, context: Context, values: Values, *, is_closed: bool) -> Left:
        """Return where somebody is, and drop what they have said here, and the keys that were shown to them.

        A recovery key that nobody has confirmed is replaced, and shown, when they are back.
        """
        self._recovery_keys, self._unlocked = [], 0
        typed = json.dumps(beginning.begun(values, sat=True))
        return Left(context.workbook, context.session, is_closed, self._desk.seal(context.workbook, typed))

    def back(self, left: Left) -> tuple[Context | None, dict[str, str]]:
        """Return what is known for the session that was left, and what was typed for somebody new."""
        typed = self._desk.unseal(left.workbook, left.sealed) if left.sealed else None
        return self._desk.open_session(left.workbook, left.session), json.loads(typed or "{}")

    def next(
        self, here: Context | None, values: Values, changed: Mapping[str, str], message: WordsMessage
    ) -> Context | None:
        """Return what is known for the session to turn to, if a message asks for another one.

        Parameters
        ----------
        here
            What is known of the session at hand.
        values
            What the form holds.
        changed
            What of it the message has changed.
        message
            The message: `act` is the button that was pressed, `secrets` are passphrases that came with it.
        """
        act, secrets = message["act"], message.get("secrets") or {}
        self._unlocked = 0
        if act == beginning.MAKE:
            return self._made(values, secrets)
        if act == beginning.NOTED:
            self.confirm()
        if here and act == beginning.DATE_RIGHT:
            self._desk.confirm_date(here)
        if act == beginning.UNLOCK:
            return self._opened(here, secrets.get(beginning.OPENING, ""))
        if here and act == beginning.RENEW:
            self._desk.renew(here)
            return self._desk.open_session(here.workbook, here.session)  # its own note may be one of them
        here_already = here.workbook if here else None
        if changed.get(beginning.PERSON) not in {None, beginning.NOBODY, beginning.NEW, here_already}:
            return self._desk.open_session(changed[beginning.PERSON])
        if here and beginning.SESSION in changed:
            return self._desk.open_session(here.workbook, changed[beginning.SESSION])
        return None

    def protect(self, here: Context, secrets: Mapping[str, str]) -> dict[str, str]:
        """Give the workbook at hand its first passphrase; return what is wrong with it, by field.

        Its recovery key is shown then, until somebody has put it away.
        """
        problems = protection.problems(secrets, [here.coachee.full_name, here.coach.full_name])
        if not problems:
            recovery_key = self._desk.protect(here, secrets[protection.PASSPHRASE])
            self._recovery_keys.append(ShownKey(here, recovery_key))
        return problems

    def keys_shown(self) -> list[Block]:
        """Return what there is to say of recovery keys that nobody has put away yet."""
        return beginning.shown_once(self._recovery_keys)

    def key_page(self, act: str | None) -> tuple[str, bytes] | None:
        """Return name and content of the page with a recovery key that a button asks for, if one does."""
        for shown in self._recovery_keys:
            if shown.recovery_key and act == f"{beginning.KEY_PAGE}{shown.context.workbook}":
                page = pages.recovery_page(shown.context.workbook, shown.recovery_key)
                return say("recovery key {workbook}.html", workbook=shown.context.workbook), page.encode()
        return None

    def confirm(self) -> None:
        """Take down that the recovery keys were written down; of one that opens nothing any more, say so once."""
        confirmed = [self._stale(shown) for shown in self._recovery_keys]
        self._recovery_keys = [stale for stale in confirmed if stale]

    def _stale(self, shown: ShownKey) -> ShownKey | None:
        """Confirm a recovery key; return what to show if another one was confirmed meanwhile."""
        if shown.recovery_key is None:
            return None
        try:
            self._desk.confirm_recovery_key(shown.context, shown.recovery_key)
        except WrongKeyError:
            return replace(shown, recovery_key=None)
        return None

    def _opened(self, here: Context | None, passphrase: str) -> Context | None:
        before = len(self._desk.offered(None).people)
        try:
            opened = self._desk.unlock(passphrase)
        except WrongKeyError as error:
            self._refuse({beginning.OPENING: str(error)}, "")
            return None
        if here is None:
            return self._desk.open_session(opened)
        self._unlocked = len(self._desk.offered(None).people) - before
        return self._desk.open_session(here.workbook, here.session)

    def _made(self, values: Values, secrets: Mapping[str, str]) -> Context | None:
        problems = beginning.passphrase_problems(values, secrets)
        if problems:
            self._refuse(problems, say("Not made yet."))
            return None
        is_later = beginning.is_later(values, secrets)
        is_plain = values.get(beginning.PROTECTION) == beginning.PLAIN
        passphrase = None if is_later or is_plain else secrets[beginning.PASSPHRASE]
        context, recovery_key = self._desk.make(
            values.get(beginning.NAME, ""), values.get(beginning.COACH, ""), passphrase, is_locked_later=is_later
        )
        self._recovery_keys += [ShownKey(context, recovery_key)] if recovery_key else []
        return context
