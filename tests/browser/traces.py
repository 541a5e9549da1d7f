"""A word that would be noticed, and where it could be found."""

SECRET = "zqPRIVATEwordxyzzy"  # noqa: S105 - a sentinel


def places_with(text, *folders, but=()):
    """Return the files below `folders` whose bytes hold `text` as UTF-8 or UTF-16."""
    forms = (text.encode(), text.encode("utf-16-le"))
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return [
        str(file)
        for file in files
        if not any(file.is_relative_to(place) for place in but) and any(form in file.read_bytes() for form in forms)
    ]
