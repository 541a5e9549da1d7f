"""How the words of a mission statement came, stayed and went, version by version."""

from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure
from matplotlib.path import Path

from coaching.charts.canvas.labels import clean, wrap
from coaching.charts.canvas.layout import Head, session_axis, version_name
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import MUTED, SMALL, TITLE, birth_colours, drawing
from coaching.charts.mission.flow import Unit, ages, bands, fates, identities, stacks
from coaching.charts.mission.flow_labels import Side, beside, inside
from coaching.charts.mission.flow_shapes import COLUMN, MANY, Flow, ribbon, tail, tail_end
from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.mission.statements import Version
from coaching.metrics.mission.words import Origin, Word, since_first

_BAND_ALPHA: Final = 0.42
_TAIL_ALPHA: Final = 0.28
_PASSING: Final = 2


def history_flow(versions: Sequence[Version], lineage: Sequence[Sequence[Word]], width: float = WIDTH) -> Figure:
    """Draw every version as a column of words, and what stayed from one to the next as bands.

    Parameters
    ----------
    versions
        The versions that count, oldest first, from `coaching.metrics.mission.statements.versions`.
    lineage
        Their words, from `coaching.metrics.mission.words.lineage`; one row for each version.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        One word is one step of height; its colour is the version that brought it in. A band that narrows to a point
        was let go there. From 15 versions on the words stand at both ends only.
    """
    if not versions:
        return empty(
            say("No mission statement yet"),
            say("It will stand here after the first session in which one is written down."),
        )
    units = stacks(lineage)
    with drawing():
        sheet = Sheet(width)
        top = sheet.headline(*_headline(versions, units))
        if len(versions) == 1:
            return _single(sheet, versions[0], birth_colours(1)[0], top)
        flow = Flow(units, birth_colours(len(units)), top + 22, sheet)
        _draw_bands(sheet, flow)
        _draw_columns(sheet, flow)
        _write_words(sheet, flow, versions)
        heads = [
            Head(flow.x(place), version_name(version.number, version.session_number), version.held_on)
            for place, version in enumerate(versions)
        ]
        return sheet.close(session_axis(sheet, heads, flow.top + flow.height + 20) + MARGIN / 2)


def _headline(versions: Sequence[Version], units: list[list[Unit]]) -> tuple[str, str]:
    latest = [unit.word for unit in units[-1]]
    origin = since_first(latest)
    if len(versions) == 1:
        return (
            say_counted(
                "The first mission statement, {count} word", "The first mission statement, {count} words", origin.total
            ),
            say("A second one will show what stays and what changes."),
        )
    reading = say(
        "Left: the first statement, in bold what is still there. Right: the latest. Colour: the version that brought "
        "the words in. A band that narrows to a point was let go."
    )
    finding = _from_the_first(origin)
    if len(versions) == _PASSING:
        return finding, reading
    since = [word.born if word.returned is None else word.returned for word in latest]
    half = next(place for place in range(len(units)) if sum(entered <= place for entered in since) * 2 >= len(since))
    return say("{finding}; half are in place since {when}", finding=finding, when=_name(versions[half])), reading


def _from_the_first(origin: Origin) -> str:
    """Say how many words of the latest version never left since the first, and, apart, how many came back."""
    if origin.stayed == 0:
        finding = say_counted(
            "None of the latest {count} word has stayed since the first",
            "None of the latest {count} words has stayed since the first",
            origin.total,
        )
    else:
        finding = say_counted(
            "{stayed} of the latest {count} word has stayed since the first",
            "{stayed} of the latest {count} words have stayed since the first",
            origin.total,
            stayed=origin.stayed,
        )
    if not origin.back:
        return finding
    return say_counted(
        "{finding}, {count} came back", "{finding}, {count} came back", len(origin.back), finding=finding
    )


def _name(version: Version) -> str:
    if version.session_number is None:
        return say_day(version.held_on, "short")
    return say("session {number}", number=version.session_number)


def _single(sheet: Sheet, version: Version, colour: str, top: float) -> Figure:
    lines = wrap(clean(version.text), 13, sheet.width - 2 * MARGIN - 28, lines=24)
    for place, line in enumerate(lines):
        sheet.text(MARGIN + 24, top + 12 + 20 * place, line, size=13, gid="latest")
    high = 20.0 * max(1, len(lines)) + 4
    sheet.box(MARGIN, top, COLUMN, high, colour, gid="column 0")
    label = f"{version_name(version.number, version.session_number)} · {say_day(version.held_on, 'short')}"
    sheet.text(MARGIN, top + high + TITLE, label, size=SMALL, colour=MUTED, gid="tick")
    return sheet.close(top + high + 36)


def _draw_bands(sheet: Sheet, flow: Flow) -> None:
    """Draw all bands of one colour as one shape, so that they do not darken where they cross."""
    kept: dict[int, list[Path]] = {}
    tails: dict[int, list[Path]] = {}
    for version, stack in enumerate(flow.stacks[:-1]):
        left, right = flow.x(version) + flow.column / 2, flow.x(version + 1) - flow.column / 2
        for piece in bands(stack):
            upper, lower = flow.edges(piece.start, piece.stop)
            if piece.below is None:
                tails.setdefault(piece.born, []).append(tail(left, tail_end(flow, left, right, piece), upper, lower))
            else:
                to = flow.edges(piece.below, piece.below + len(piece.units))
                kept.setdefault(piece.born, []).append(ribbon(left, right, (upper, lower), to))
    solid = flow.count >= MANY
    for born, paths in tails.items():
        sheet.shape(Path.make_compound_path(*paths), flow.colours[born], alpha=_TAIL_ALPHA, gid=f"tail {born}")
    for born, paths in kept.items():
        # Without columns between them, neighbouring bands need an edge of their own colour to close the seam.
        edge = flow.colours[born] if solid else "none"
        alpha = 1.0 if solid else _BAND_ALPHA
        sheet.shape(Path.make_compound_path(*paths), flow.colours[born], alpha=alpha, edge=edge, gid=f"band {born}")


def _draw_columns(sheet: Sheet, flow: Flow) -> None:
    if not flow.column:
        return
    for version, stack in enumerate(flow.stacks):
        for piece in ages(stack):
            upper, lower = flow.edges(piece.start, piece.stop)
            left = flow.x(version) - flow.column / 2
            sheet.box(left, upper, flow.column, lower - upper, flow.colours[piece.born], gid=f"column {version}")


def _write_words(sheet: Sheet, flow: Flow, versions: Sequence[Version]) -> None:
    lasting = identities(flow.stacks[-1])
    half, bottom = flow.column / 2, flow.top + flow.height + 6
    first = Side(flow.left - half, -1, flow.top - 6, bottom, flow.left - 30 - MARGIN)
    latest = Side(flow.right + half, 1, flow.top - 6, bottom, sheet.width - flow.right - 30 - MARGIN)
    beside(
        sheet,
        first,
        fates(flow.stacks[0], lasting),
        flow.middle,
        lambda piece: piece.units[0].word.identity in lasting,
    )
    beside(sheet, latest, ages(flow.stacks[-1]), flow.middle, lambda _: False)
    for x, align, version, name in (
        (first.x - 19, "right", versions[0], say("first")),
        (latest.x + 19, "left", versions[-1], say("latest")),
    ):
        short = version_name(version.number, version.session_number)
        words = f"{name} · {short if sheet.is_narrow else _name(version)}"
        sheet.text(x, flow.top - 18, words, size=SMALL, colour=MUTED, align=align, gid="side")  # type: ignore[arg-type]
    if flow.column:
        _write_passing(sheet, flow, lasting)


def _write_passing(sheet: Sheet, flow: Flow, lasting: frozenset[int]) -> None:
    """Write phrases that came after the first version and are not in the latest one inside their own band."""
    for version, stack in enumerate(flow.stacks[1:-1], start=1):
        left, right = flow.x(version) + flow.column / 2, flow.x(version + 1) - flow.column / 2
        for piece in bands(stack):
            new = piece.born == version and not piece.units[0].word.again
            staying = sum(unit.word.identity in lasting for unit in piece.units)
            if new and len(piece.units) >= _PASSING and staying * 2 < len(piece.units):
                end = right if piece.below is not None else left + 0.85 * (tail_end(flow, left, right, piece) - left)
                inside(sheet, piece.text, left + 4, flow.edges(piece.start, piece.stop), end - left - 7)
