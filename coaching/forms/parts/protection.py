"""The first passphrase of a workbook: asked for after the first session, or sooner; what is said until then."""

from collections.abc import Mapping, Sequence

from coaching.forms.engine.blocks import Block, act, fold, prose, secret, section
from coaching.i18n import say
from coaching.model.strength import weakness

PASSPHRASE, AGAIN, PROTECT = "first_passphrase", "first_again", "protect"


def risk(*, is_encrypted: bool, has_passphrase: bool) -> str:
    """Return what is said, as long as it is so, of a workbook that no passphrase protects; nothing of others."""
    if has_passphrase:
        return ""
    if is_encrypted:
        return say("No passphrase yet: whoever gets at the disk can read this workbook.")
    return say("Not encrypted: whoever gets at the disk can read this workbook.")


def asked_last() -> Block:
    """Return what asks for the passphrase at the end of a session."""
    return section(say("A passphrase for what you have written"), _asked())


def now_if_you_like() -> Block:
    """Return the same, folded, for whoever wants it sooner."""
    return fold(say("Choose a passphrase now"), _asked())


def problems(secrets: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Return what is wrong with a new passphrase, by field; `names` are easy to guess."""
    passphrase = secrets.get(PASSPHRASE, "")
    if not passphrase:
        return {PASSPHRASE: say("A passphrase is missing.")}
    weak = weakness(passphrase, list(names))
    if weak:
        return {PASSPHRASE: weak}
    return {} if passphrase == secrets.get(AGAIN) else {AGAIN: say("The two differ; type both again.")}


def _asked() -> list[Block]:
    hint = say("Everything is then written anew with a key that it locks. Several words are a good one.")
    return [
        prose(hint, tone="hint"),
        secret(PASSPHRASE, say("Passphrase")),
        secret(AGAIN, say("Repeat it"), act=PROTECT),
        act(PROTECT, say("Lock it with this passphrase")),
    ]
