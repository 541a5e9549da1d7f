"""What a form says of what went wrong."""

from coaching.errors import CoachingError
from coaching.i18n import say


def reason(error: Exception) -> str:
    """Return the sentence of an error of ours; of any other its kind alone, as its text may repeat private words.

    Examples
    --------
    >>> reason(CoachingError("The disk is full.")), reason(ValueError("a secret"))
    ('The disk is full.', 'ValueError.')
    """
    return str(error) if isinstance(error, CoachingError) else f"{type(error).__name__}."


def not_shown(error: Exception) -> str:
    """Return what stands in the place of something that cannot be shown.

    Examples
    --------
    >>> not_shown(CoachingError("The folder is gone.")), not_shown(ValueError("a secret"))
    ('The folder is gone.', 'This could not be shown: ValueError.')
    """
    if isinstance(error, CoachingError):
        return str(error)
    return say("This could not be shown: {kind}.", kind=type(error).__name__)
