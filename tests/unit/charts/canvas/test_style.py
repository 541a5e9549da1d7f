from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from coaching.charts.canvas import style

# Machado, Oliveira & Fernandes 2009, full severity, on linear RGB; grey is luminance alone.
SIGHTS = {
    "full colour": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}
LAYERS = (style.ON_TIME, style.LATE, style.LET_GO, style.OPEN)


def linear(colour):
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour, sight="full colour"):
    return float(np.clip(np.array(SIGHTS[sight]) @ linear(colour), 0, 1) @ (0.2126, 0.7152, 0.0722))


def contrast(one, other, sight="full colour"):
    bright, dark = sorted((luminance(one, sight), luminance(other, sight)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def over_paper(colour, alpha):
    return tuple(alpha * np.array(to_rgb(colour)) + (1 - alpha) * np.array(to_rgb(style.PAPER)))


@pytest.mark.parametrize("colour", [style.INK, style.MUTED])
def test_text_can_be_read_at_ease(colour):
    assert contrast(colour, style.PAPER) >= 7


@pytest.mark.parametrize("colour", [style.INK, style.MUTED, style.OVERDUE])
def test_text_can_be_read_on_paper(colour):
    assert contrast(colour, style.PAPER) >= 4.5


@pytest.mark.parametrize("born", range(9))
def test_text_can_be_read_on_every_band(born):
    assert contrast(style.INK, over_paper(style.birth_colours(9)[born], 0.42)) >= 4.5


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("one", "other"), [*combinations(style.LOOKS.values(), 2)])
def test_two_outcomes_differ_in_shape_or_in_lightness_for_every_eye(one, other, sight):
    assert one.marker != other.marker or contrast(one.fill, other.fill, sight) >= 1.5


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("below", "above"), [*pairwise(LAYERS)])
def test_neighbouring_layers_differ_in_lightness_for_every_eye(below, above, sight):
    # A white line lies between any two, and each is named at its end.
    assert contrast(below, above, sight) >= 1.25


@pytest.mark.parametrize("look", style.LOOKS.values(), ids=style.LOOKS)
def test_the_outline_of_every_mark_stands_out_from_paper(look):
    assert contrast(look.edge, style.PAPER) >= 3


@pytest.mark.parametrize("sight", SIGHTS)
def test_later_births_are_stronger_for_every_eye(sight):
    shades = [luminance(colour, sight) for colour in style.birth_colours(9)]
    assert shades == sorted(shades, reverse=True)
    on_dark = [luminance(colour, sight) for colour in style.birth_colours(9, on_dark=True)]
    assert on_dark == sorted(on_dark)


@pytest.mark.parametrize(("paper", "on_dark"), [(style.PAPER, False), ("#15191d", True)])
def test_every_birth_stands_out_from_its_paper(paper, on_dark):
    assert min(contrast(colour, paper) for colour in style.birth_colours(64, on_dark=on_dark)) >= 3


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_every_version_has_a_colour_of_its_own(count):
    assert len(set(style.birth_colours(count))) == count
