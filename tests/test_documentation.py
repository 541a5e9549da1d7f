"""What newcomers read first: every path, name and recipe that it mentions is there, and every room has its place."""

import pkgutil
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"]
ROOMS = {file.parent.name for file in ROOT.glob("coaching/*/__init__.py")} - {"data"}
LINK = re.compile(r"\]\(([^)#]+)\)")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
NAME = re.compile(r"(coaching|tests)(\.\w+)+")


def mentioned(page):
    """Return what stands between backticks in a page, code blocks left out."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))


def is_path(words):
    return bool(PATH.fullmatch(words)) and ("/" in words or (ROOT / words).exists() or words.endswith((".md", ".toml")))


def paths_in(page):
    named = {ROOT / words for words in mentioned(page) if is_path(words)}
    return named | {page.parent / link for link in LINK.findall(page.read_text(encoding="utf-8"))}


def is_there(name):
    try:
        pkgutil.resolve_name(name)
    except (AttributeError, ImportError):
        return False
    return True


def test_every_path_is_there():
    named = set().union(*map(paths_in, PAGES))
    assert named
    assert {path for path in named if not path.exists()} == set()


def test_every_dotted_name_is_there():
    named = {words for page in PAGES for words in mentioned(page) if NAME.fullmatch(words)}
    assert named
    assert {name for name in named if not is_there(name)} == set()


def test_every_recipe_is_described_and_there():
    recipes = set(re.findall(r"^([a-z][\w-]*).*:$", (ROOT / "justfile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {words.removeprefix("just ") for words in mentioned(PAGES[0]) if words.startswith("just ")} == recipes


def test_every_room_is_on_the_map_in_the_sentences_and_in_the_picture():
    picture = (ROOT / "docs" / "pictures" / "rooms.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'class="name"[^>]*>(\w+)<', picture)) == ROOMS
    for page in PAGES:
        assert {f"coaching/{room}/" for room in ROOMS} <= set(mentioned(page))
