"""What a form says of what went wrong."""

from coaching.exceptions import CoachingError


def reason(error: Exception) -> str:
    """Return the sentence of an error of ours; of any other its kind alone, as its text may repeat private words.

    Examples
    --------
    >>> reason(CoachingError("The disk is full.")), reason(ValueError("a secret"))
    ('The disk is full.', 'ValueError.')
    """
    return str(error) if isinstance(error, CoachingError) else f"{type(error).__name__}."
