import hashlib
import os
import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET

import matplotlib as mpl
import pytest

from coaching.charts.canvas.sheet import WIDTH
from coaching.charts.canvas.svg import HEADLINE, is_words_alone, svg, written
from coaching.charts.mission.history_flow import history_flow
from coaching.charts.promises.lifelines import lifelines
from coaching.charts.promises.promise_dots import promise_dots
from coaching.metrics.mission.words import lineage
from tests.unit.charts.charting import FIRST_DAY, HOSTILE, items, promise, sessions, versions

SVG = "{http://www.w3.org/2000/svg}"
DRAW = """
from tests.unit.charts.charting import *
from coaching.charts import history_flow, promise_dots, svg
from coaching.metrics.mission.words import lineage
import datetime, hashlib, sys
texts = ["One and two.", "Two and three.", "Three, two, one."]
drawn = svg(history_flow(versions(*texts), lineage(texts)), "flow", "t", "d")
dots = promise_dots(items(promise(1, "open"), promise(2, "late")), sessions(3), datetime.date(2025, 9, 9))
drawn += svg(dots, "dots", "t", "d")
print(hashlib.sha256(drawn.encode()).hexdigest(), "matplotlib.pyplot" in sys.modules)
"""


def parsed(text):
    return ET.fromstring(text)  # noqa: S314 -- the project's own drawing


def dots():
    promises = [promise(number, outcome) for number, outcome in enumerate(("on_time", "late", "open", "let_go"), 1)]
    return promise_dots(items(*promises), sessions(4), sessions(4)["held_on"].iloc[-1].date())


def lines(words="Words"):
    return lifelines(
        items(promise(1, "open", what=words, owner_name=words)),
        sessions(4),
        sessions(4)["held_on"].iloc[-1].date(),
        None,
        None,
        "All",
    )


def ids(text):
    return [element.get("id") for element in parsed(text).iter() if element.get("id")]


def test_it_is_an_image_with_a_name_and_a_description():
    root = parsed(svg(dots(), "dots", "Promises & more", "One <dot> each"))
    named = {element.get("id"): element.text for element in root if element.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert root.get("role") == "img"
    assert [named[name] for name in root.get("aria-labelledby").split()] == ["Promises & more", "One <dot> each"]


def test_the_page_decides_its_size():
    root = parsed(svg(dots(), "dots", "t", "d"))
    assert (root.get("width"), root.get("height"), root.get("class")) == (None, None, "chart")
    left, _, wide, _ = root.get("viewBox").split()
    assert (left, float(wide)) == ("0", WIDTH)


def test_what_was_found_is_out_of_sight_and_there_for_a_file_of_its_own():
    figure = dots()
    root = parsed(svg(figure, "dots", "t", "d"))
    lines = [
        text for group in root.iter(f"{SVG}g") if group.get("class") == "headline" for text in group.iter(f"{SVG}text")
    ]
    assert " ".join(text.text for text in lines) == " ".join(written(figure, name) for name in HEADLINE)
    _, top, _, high = map(float, root.get("viewBox").split())
    assert all(float(text.get("y")) < top for text in lines)
    assert top + high == pytest.approx(figure.get_figheight() * 72)


def test_a_figure_that_says_why_there_is_nothing_to_see_is_words_alone():
    assert is_words_alone(promise_dots(items(), sessions(0), FIRST_DAY))
    assert not is_words_alone(dots())


@pytest.mark.parametrize(
    "unwanted", ["<!--", "<style", "style=", "<metadata", "<script", "<?xml", "<!DOCTYPE", "clip-path"]
)
def test_it_holds_nothing_that_would_reach_into_the_page(unwanted):
    assert unwanted not in svg(dots(), "dots", "t", "d")


def test_it_holds_nothing_that_says_nothing():
    root = parsed(svg(dots(), "dots", "t", "d"))
    assert all(group.attrib for group in root.iter(f"{SVG}g"))
    assert {text.get("text-anchor") for text in root.iter(f"{SVG}text")} == {None, "middle"}
    assert {name for use in root.iter(f"{SVG}use") for name in use.attrib} == {"href", "x", "y", "fill"}
    assert not [path.get("d") for path in root.iter(f"{SVG}path") if re.search(r" [A-Za-z-]|[A-Za-z] ", path.get("d"))]


def test_ids_are_unique_within_and_between_figures_and_every_reference_is_met():
    one, other = svg(dots(), "one", "t", "d"), svg(dots(), "other", "t", "d")
    assert len(set(ids(one) + ids(other))) == len(ids(one)) + len(ids(other))
    uses = [element.get("href") for element in parsed(one).iter(f"{SVG}use")]
    assert uses
    assert {use.removeprefix("#") for use in uses} <= set(ids(one))


def test_words_are_text_that_can_be_searched_and_read_aloud():
    texts = [element.text for element in parsed(svg(lines("Ask for $5 & <more>"), "life", "t", "d")).iter(f"{SVG}text")]
    assert "Ask for $5 & <more>" in texts


@pytest.mark.parametrize("words", [*HOSTILE, "\x00", "\ufffe", "]]>", "<!-- -->"])
def test_hostile_words_leave_it_well_formed_and_silent(words):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parsed(svg(lines(words), "life", words, words + "\ud800"))
        parsed(svg(history_flow(versions(words, "b"), lineage([words, "b"])), "flow", words, words))


@pytest.mark.parametrize("slug", ["", "Two", "a b", '"><script>', "1st", "-x"])
def test_a_slug_that_is_none_is_refused(slug):
    with pytest.raises(ValueError, match="slug"):
        svg(dots(), slug, "t", "d")


def test_the_same_figure_gives_the_same_bytes_again():
    figure = dots()
    assert svg(figure, "dots", "t", "d") == svg(figure, "dots", "t", "d") == svg(dots(), "dots", "t", "d")


def test_the_same_data_gives_the_same_bytes_in_another_process_and_never_loads_pyplot():
    answers = {_in_another_process(seed) for seed in ("0", "1", "4242")}
    assert len(answers) == 1
    assert answers.pop().endswith(" False")


def test_the_notebooks_own_settings_neither_matter_nor_change():
    plain = hashlib.sha256(svg(dots(), "dots", "t", "d").encode()).digest()
    odd = {
        "svg.fonttype": "path",
        "font.size": 30,
        "text.parse_math": True,
        "path.sketch": (1, 2, 3),
        "savefig.dpi": 300,
    }
    with mpl.rc_context(odd):
        before = dict(mpl.rcParams)
        assert hashlib.sha256(svg(dots(), "dots", "t", "d").encode()).digest() == plain
        assert dict(mpl.rcParams) == before


def _in_another_process(seed):
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    done = subprocess.run([sys.executable, "-c", DRAW], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()
