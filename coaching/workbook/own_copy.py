"""The person's own copy when somebody leaves: written, and opened as they will, before anybody relies on it."""

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from coaching import formats
from coaching.errors import CoachingError
from coaching.formats.sealing import Seal, SealKeys, is_sealed_name, new_identity, recipient_of
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.places import is_there
from coaching.workbook.exports import check_ending
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home
from coaching.workbook.ledger import Clock
from coaching.workbook.workbook import Workbook


def write_own_copy(workbook: Workbook, file: Path, clock: Clock, seal: Seal | None = None) -> int:
    """Write the bundle for the coachee, make a workbook of it in a folder that is gone afterwards, and compare.

    One that is sealed for a recipient is sealed for this trial too, with an identity that nobody keeps.

    Returns
    -------
    int
        How many entries it holds; each says there what it says here.

    Raises
    ------
    CoachingError
        If the name of the file does not end in .zip, something else is there already, the disk refuses, or what
        opens is not what was written.
    """
    check_ending(file, ".zip")
    trying = new_identity()
    if seal and seal.recipients:
        seal = Seal(recipients=(*seal.recipients, recipient_of(trying)))
    keys = SealKeys(lambda: seal.passphrase if seal else None, (trying,))
    if is_there(file) and not _is_bundle_of(workbook, file, keys):
        if is_sealed_name(file):
            raise CoachingError(
                "'{file}' is there already, and is none that opens in the same way; choose another name.", file=file
            )
        raise CoachingError(
            "'{file}' is there already, and is no bundle of this workbook; choose another name.", file=file
        )
    wanted = workbook.shared(Audience.PAIR).records()  # without the note that it was handed out
    workbook.write_export(file, Recipient(Audience.PAIR, seal=seal))
    with TemporaryDirectory() as folder:
        # Encrypted with what nobody knows: if the program dies here, nothing that can be read stays behind.
        trial = Home(Path(folder), clock).import_file(file, Side.COACHEE, secrets.token_urlsafe, keys)
        records = trial.workbook.shared(Audience.PAIR).records()
    if records != wanted:
        raise CoachingError(
            "'{file}' does not open again as it was written; do not rely on it, and write it anew.", file=file
        )
    return len(records)


def _is_bundle_of(workbook: Workbook, file: Path, keys: SealKeys) -> bool:
    """Tell whether a file is a bundle of this very copy: what the other side's copy exported is not ours to replace."""
    try:
        document = formats.bundle.load(file.name, formats.opened(file, keys))
    except CoachingError:
        return False
    return (document.get("workbook"), document.get("holder")) == (workbook.id, workbook.holder)
