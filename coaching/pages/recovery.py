"""The page with a recovery key: to print, and to keep apart from the computer."""

from coaching.i18n import say
from coaching.pages.rendering import document


def recovery_page(workbook: str, recovery_key: str) -> str:
    """Return a page of HTML with the recovery key of a workbook and its id, and no name.

    Parameters
    ----------
    workbook
        ULID of the workbook, by which it is recovered.
    recovery_key
        The key, as it is written down.
    """
    return document("recovery.html.jinja", say("Recovery key"), workbook=workbook, recovery_key=recovery_key)
