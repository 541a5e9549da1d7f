"""Errors that a person can act on: one plain sentence, naming the file or the field, never quoting private words."""

from coaching.i18n import say


class CoachingError(Exception):
    """Base of every error that the workbook raises on purpose; its text is one plain sentence for the user.

    It is said when it is shown: in the language of whoever reads it.

    Parameters
    ----------
    message
        The English sentence, as `coaching.i18n.say` takes it; one that is said already stays as it is.
    **values
        What goes into its ``{places}``; another error may be among them.

    Examples
    --------
    >>> str(CoachingError("'{file}' is there already; choose another name.", file="x.zip"))
    "'x.zip' is there already; choose another name."
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self._values = values

    def __str__(self) -> str:
        return say(self.args[0], **self._values)


class InvalidEntryError(CoachingError):
    """An entry that does not follow its kind's rules.

    Parameters
    ----------
    where
        What the entry is, in words that hold nothing private (``"item I07"``).
    problems
        What is wrong, keyed by field name, so that a form can mark every bad field at once.
    """

    def __init__(self, where: str, problems: dict[str, str]) -> None:
        self.where = where
        self.problems = problems
        listed = "; ".join(f"{field}: {problem}" for field, problem in problems.items())
        super().__init__("{where} cannot be kept: {problems}.", where=where, problems=listed)


class UnknownWorkbookError(CoachingError):
    """No workbook, or more than one, answers to a name."""


class StoreError(CoachingError):
    """The folder of a workbook cannot be read or written."""


class WrongKeyError(StoreError):
    """A passphrase or a recovery key does not open a workbook."""


class MistypedKeyError(WrongKeyError):
    """A recovery key is none that there can be: a sign of it was copied wrongly."""


class LockedError(StoreError):
    """A workbook needs its passphrase first."""


class InterchangeError(CoachingError):
    """A file cannot be read as, or written as, one of the interchange formats."""


class WeakPassphraseError(CoachingError):
    """A new passphrase is easy to guess."""
