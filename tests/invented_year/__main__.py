"""Write an invented year as a workbook: ``python -m tests.invented_year FILE OUT.json [--as coachee]``."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from coaching.errors import CoachingError
from coaching.formats.json_file import content_of, parsed
from tests.invented_year import reader, write


def main() -> None:
    """Write the file; what looks wrong and is kept all the same is said on the side of errors."""
    parser = ArgumentParser(prog="python -m tests.invented_year", description="Write an invented year as a workbook.")
    parser.add_argument("file", type=Path, help="a year in its nested form")
    parser.add_argument("out", type=Path, help="the file to write, in the form coaching-workbook/1")
    parser.add_argument("--as", dest="holder", choices=("coach", "coachee"), default="coach", help="whose copy it is")
    options = parser.parse_args()
    try:
        incoming = reader.read(options.file.name, parsed(options.file.name, content_of(options.file)), options.holder)
    except CoachingError as error:
        sys.exit(str(error))
    for warning in incoming.warnings:
        sys.stderr.write(f"Warning: {warning}\n")
    write(incoming, options.out)


if __name__ == "__main__":
    main()
