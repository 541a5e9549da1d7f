"""The person's own copy as one file: a zip that opens without this program, and what another copy reads of it."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from coaching.archive import ArchiveError, ArchiveReader, DamagedArchiveError, TooLargeError
from coaching.formats.json_file import LARGEST, parsed, too_large
from coaching.formats.problems import refusal
from coaching.i18n import say, to_say

#: The only member that is ever read.
WORKBOOK: Final = "workbook.json"
#: What a zip begins with; the second is one without members.
_BEGINNINGS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_MEMBERS: Final = 100
_ANOTHER: Final = "Choose a bundle that the workbook has exported"

_README: Final = """\
What is in this bundle
======================

plan.html      The plan to read. Open it with any browser, on a phone or a computer, also without the internet, and
               print it from there. It runs no program and asks for nothing from outside.
items.csv      The action items as a table. Open it with a spreadsheet (LibreOffice, Excel, Numbers, Google Sheets)
               or an editor; it is UTF-8 text with commas. An apostrophe in front of =, +, - or @ is not part of what
               was written: it keeps a spreadsheet from taking words for a formula.
items.ics      The agreed days for a calendar (Google, Apple, Outlook, Thunderbird): import it there. A later bundle
               brings these days up to date and takes away what is done or let go.
workbook.json  All of it for other programs, as UTF-8 text (JSON): one object per entry, named by its kind. Any
               editor or browser shows it.

You need no particular program for any of them, and nobody's permission.

With the coaching workbook (free software) the bundle becomes your own copy, which you can write on in; the sealed
file, FILE.zip.age, does as well:

    coaching import FILE.zip               if you are the person of whom it speaks
    coaching import FILE.zip --as coach    if you are the coach who takes over

It travels sealed, as FILE.zip.age, in a form that many programs know (age-encryption.org). With the passphrase,
or with the identity that it was sealed for in the file KEY, any computer opens it again:

    age -d -o FILE.zip FILE.zip.age            asks for the passphrase
    age -d -i KEY -o FILE.zip FILE.zip.age     opens it with an identity

and any zip tool does the rest. Once opened, whoever has the file can read it: it is not encrypted any more.
{readers}
"""
_READERS: Final = {
    "pair": "It was made for the two people of the conversations, and holds nothing that is private to one of them.",
    "open": "It holds only what the person coached has agreed, line by line, that others may read.",
}


def write(members: Mapping[str, str | bytes], audience: str) -> bytes:
    """Return the bundle: a README, and members by their names, in their order. The same members give the same bytes.

    Parameters
    ----------
    members
        Text (written as UTF-8) or bytes, by file name.
    audience
        Who may read it: ``"pair"`` or ``"open"``.
    """
    whole = {"README.txt": _README.format(readers=_READERS[audience]), **members}
    file = io.BytesIO()
    # Not compressed: what a compressor makes of the same bytes depends on its version.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in whole.items():
            member = zipfile.ZipInfo(name)  # of 1 January 1980: no time of anybody's day is in it
            member.create_system = 3  # Unix, wherever it is made
            member.external_attr = 0o600 << 16
            bundle.writestr(member, content)
    return file.getvalue()


def is_bundle(content: bytes) -> bool:
    """Tell whether bytes begin as a zip does."""
    return content.startswith(_BEGINNINGS)


def load(file: str, content: bytes) -> dict[str, Any]:
    """Return the JSON object in a bundle. Nothing is unpacked onto the disk, and no other member is looked into.

    Parameters
    ----------
    file
        Its name, without its folder.
    content
        Its bytes.

    Raises
    ------
    InterchangeError
        If it is damaged, too large, locked by a password, names a place outside of itself, or holds no workbook.
    """
    if len(content) > LARGEST:
        raise refusal(file, [too_large()], _ANOTHER)
    try:
        content_of_form = ArchiveReader(io.BytesIO(content), _MOST_MEMBERS).read(WORKBOOK, LARGEST)
    except DamagedArchiveError as error:
        raise refusal(
            file, [say("it is {what}", what=say(str(error)))], to_say("Have it sent again, or export it again")
        ) from None
    except TooLargeError:
        raise refusal(file, [too_large()], _ANOTHER) from None
    except ArchiveError as error:
        raise refusal(file, [say("it is {what}", what=say(str(error)))], _ANOTHER) from None
    return parsed(f"{WORKBOOK} in {file}", content_of_form)
