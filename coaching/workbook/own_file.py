"""The own copy in which the coachee reads and writes: one locked HTML file (see `coaching.pages.own`)."""

from pathlib import Path

from coaching import pages
from coaching.errors import CoachingError
from coaching.formats.sealing import Seal
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.workbook.exports import check_ending, check_not_there
from coaching.workbook.handouts import Recipient
from coaching.workbook.workbook import Workbook


def write_own_file(workbook: Workbook, file: Path, passphrase: str) -> None:
    """Write the coachee's own copy, whole or not at all, and note that it was handed out.

    Parameters
    ----------
    workbook
        The coach's copy.
    file
        Where; its name ends in .html. What is there already may hold words of theirs, and is never written over.
    passphrase
        What it opens with. What the coachee sends back is sealed for this workbook if it has a passphrase, and
        with one of theirs if not.

    Raises
    ------
    CoachingError
        If it is not the coach's copy, the name of the file does not end in .html, there is one, the passphrase is easy
        to guess, or the file cannot be written.
    """
    check_own_file(workbook, file)
    workbook.handouts.write(file, _page(workbook, passphrase), Recipient(Audience.PAIR))


def own_file_taken(workbook: Workbook, file: Path, passphrase: str) -> bytes:
    """Return the same as the bytes of a file that somebody takes along, noted as handed out."""
    check_own_file(workbook, file)
    return workbook.handouts.taken(file, _page(workbook, passphrase), Recipient(Audience.PAIR))


def check_own_file(workbook: Workbook, file: Path) -> None:
    """Refuse what no own copy can be written from, or as.

    Raises
    ------
    CoachingError
        If it is not the coach's copy, the name of the file does not end in .html, or there is one.
    """
    check_ending(file, ".html")
    if workbook.holder is not Side.COACH:
        raise CoachingError(
            "This is the coachee's copy already: it needs no file to write in. 'coaching export' makes a bundle of it."
        )
    workbook.handouts.check_place(file)
    check_not_there(file)


def _page(workbook: Workbook, passphrase: str) -> str:
    workbook.handouts.check_seal(Seal(passphrase))
    return pages.own_page(workbook.own_copy(), passphrase)
