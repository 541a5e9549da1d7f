"""A figure as an inline ``<svg>`` that can stand beside others in one page and is the same bytes every time."""

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final

import matplotlib as mpl
from matplotlib.figure import Figure

from coaching.charts.canvas.style import drawing

# Common faces first, then those for other scripts; none is wider than the one that was measured with.
STACK: Final = (
    "Inter, 'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', 'Noto Sans Arabic', "
    "'Noto Sans Devanagari', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Color Emoji', sans-serif"
)
_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]*")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE: Final = re.compile(r"url\(#([^)]+)\)")
_NUMBER: Final = re.compile(r"-?\d+\.\d+")
_BETWEEN: Final = re.compile(r"\s*([A-Za-z])\s*|\s+(?=-)")
_METADATA: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}


#: The words of a figure that its page says beside it, in letters of its own.
HEADLINE: Final = ("finding", "reading")
_UNDER_HEADLINE: Final = 14.0


def written(figure: Figure, gid: str) -> str:
    """Return the words of a figure that stand for something, such as its ``finding``, in one line."""
    lines = (text for axes in figure.axes for text in axes.texts if text.get_gid() == gid)
    return " ".join(text.get_text() for text in lines)


def is_words_alone(figure: Figure) -> bool:
    """Say whether there is nothing to see on a figure but what was found and how to read it."""
    return not any(
        axes.lines or axes.patches or any(text.get_gid() not in HEADLINE for text in axes.texts) for axes in figure.axes
    )


def svg(figure: Figure, slug: str, title: str, description: str) -> str:
    """Return a figure as SVG for a page.

    Parameters
    ----------
    figure
        From one of this package's charts; drawing it again changes nothing.
    slug
        Name of the figure in the page, lower-case letters, digits and hyphens. It begins every id.
    title, description
        What a screen reader says instead of the picture.

    Returns
    -------
    str
        ``<svg class="chart" …>`` with a ``viewBox`` and without size, so that the page's style decides it. Colours and
        fonts are attributes, which any style rule overrides; there is no rule, script or comment in it. What XML
        cannot hold is shown as U+FFFD. The `HEADLINE` is of the class ``headline`` and above what is in sight, as a
        page says it in its own letters; a file of its own shows it when its ``viewBox`` begins at 0.

    Raises
    ------
    ValueError
        If `slug` is no slug.
    """
    if not _SLUG.fullmatch(slug):
        raise ValueError("A slug has lower-case letters, digits and hyphens and begins with a letter.")
    root = ET.fromstring(_NOT_XML.sub("\ufffd", _drawn(figure, slug)))  # noqa: S314 -- matplotlib wrote it a line above
    _drop_sheets(root)
    for element in root.iter():
        if element.get("id") in HEADLINE:
            element.set("class", "headline")
    used = set(_references(root))
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.attrib = dict(_attributes(element, slug, used))
        _trim(element)
    _drop_what_is_so_anyway(root)
    _unwrap(root)
    _introduce(root, slug, title, description)
    _put_headline_out_of_sight(root, figure)
    return ET.tostring(root, encoding="unicode")


def _drawn(figure: Figure, slug: str) -> str:
    buffer = io.StringIO()
    with drawing(), mpl.rc_context({"svg.hashsalt": slug}), warnings.catch_warnings():
        # The page's own fonts show what the one used for measuring lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(buffer, format="svg", metadata=_METADATA, facecolor=figure.get_facecolor())
    return buffer.getvalue()


def _drop_sheets(root: ET.Element) -> None:
    """Remove style rules, which would hold for the whole page, and metadata."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{_SVG}style", f"{_SVG}metadata"} or (
                child.tag == f"{_SVG}defs" and all(inner.tag == f"{_SVG}style" for inner in child)
            ):
                parent.remove(child)


def _references(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == f"{_XLINK}href":
                yield value.removeprefix("#")
            yield from _REFERENCE.findall(value)


def _attributes(element: ET.Element, slug: str, used: set[str]) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == "id":
            if value in used:
                yield "id", f"{slug}-{value}"
        elif name == f"{_XLINK}href":
            yield "href", f"#{slug}-{value.removeprefix('#')}"
        elif name == "style":
            yield from _declarations(value)
        elif name != "transform" or not value.startswith("rotate(-0 "):
            yield name, _NUMBER.sub(_rounded, _REFERENCE.sub(rf"url(#{slug}-\1)", value))


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        # One stack for all, on the root.
        if name and name != "font-family":
            yield name, value


def _rounded(number: re.Match[str]) -> str:
    """Return a coordinate to a hundredth of a point: nobody can see the rest, and platforms differ in it."""
    shown = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def _trim(element: ET.Element) -> None:
    if element.tag != "text":
        element.text = None
    element.tail = None
    if "d" in element.attrib:
        element.set("d", _BETWEEN.sub(r"\1", element.attrib["d"]).strip())


def _drop_what_is_so_anyway(root: ET.Element) -> None:
    """Remove how text begins by itself, and what a mark's own path says already."""
    for text in root.iter("text"):
        if text.get("text-anchor") == "start":
            del text.attrib["text-anchor"]
    marks = {f"#{path.get('id')}": path for path in root.iter("path")}
    for use in root.iter("use"):
        mark = marks[use.attrib["href"]]
        for name in [name for name in use.attrib if name.startswith("stroke") and mark.get(name) == use.get(name)]:
            del use.attrib[name]


def _unwrap(parent: ET.Element) -> None:
    """Put what stands in groups that say nothing in their place."""
    for child in parent:
        _unwrap(child)
    parent[:] = [inner for child in parent for inner in (child if child.tag == "g" and not child.attrib else [child])]


def _put_headline_out_of_sight(root: ET.Element, figure: Figure) -> None:
    lines = (text.get_position()[1] for axes in figure.axes for text in axes.texts if text.get_gid() in HEADLINE)
    top = max(lines, default=-_UNDER_HEADLINE) + _UNDER_HEADLINE
    _, _, wide, high = root.attrib["viewBox"].split()
    root.set("viewBox", f"0 {top:g} {wide} {float(high) - top:g}")


def _introduce(root: ET.Element, slug: str, title: str, description: str) -> None:
    box = root.attrib["viewBox"]
    root.attrib = {
        "xmlns": "http://www.w3.org/2000/svg",
        "id": slug,
        "class": "chart",
        "viewBox": box,
        "role": "img",
        "aria-labelledby": f"{slug}-title {slug}-description",
        "font-family": STACK,
        "stroke-linejoin": "round",
    }
    for place, (name, words) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(name, {"id": f"{slug}-{'title' if name == 'title' else 'description'}"})
        element.text = _NOT_XML.sub("\ufffd", words)
        root.insert(place, element)
