"""Promises, sessions and statements to draw, and what a reader would see of a figure."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pandas as pd
from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ft2font import FT2Font
from matplotlib.transforms import Bbox

from coaching.charts.canvas.labels import width
from coaching.metrics.mission.statements import Version

_GLYPHS = FT2Font(str(Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))).get_charmap()
FIRST_DAY = date(2025, 1, 14)
DAYS = ("agreed", "due_first", "due", "due_in_force", "closed_on")
HOSTILE = (
    "$5 to $6 per person & <b>bold</b> {{7*7}}",
    "line\nbreak\tand\x00bell\x07",
    "\u202etfel ot thgir\u202c",
    "أستيقظ لأرسم ما لا يثبت كل يوم جديد في العالم",
    "我帮助别人成长倾听他们的声音并每周和女儿一起演奏音乐" * 4,
    "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇳🇵 ❤️‍🔥" * 9,
    "Z" + "\u0301\u0316\u0321" * 60 + "algo",
    "W" * 300,
    "",
)


def promise(number, outcome, **changes):
    """Return one promise, agreed in the session of the same number and due a fortnight later."""
    agreed = FIRST_DAY + timedelta(days=14 * ((changes.get("session_number") or number) - 1))
    due = agreed + timedelta(days=14)
    closed = {"on_time": due, "late": due + timedelta(days=3), "done": due, "let_go": due}.get(outcome)
    state = {"on_time": "done", "late": "done", "overdue": "open"}.get(outcome, outcome)
    return {
        "id": f"item-{number}",
        "label": f"I{number:02}",
        "what": f"Promise number {number}",
        "owner": "coachee",
        "owner_name": "Marisol",
        "session_number": number,
        "agreed": agreed,
        "due_first": due,
        "due": due,
        "due_in_force": due,
        "state": state,
        "closed_on": closed,
        "outcome": outcome,
    } | changes


def items(*promises):
    frame = pd.DataFrame(promises, columns=list(promise(1, "open")))
    for name in DAYS:
        frame[name] = pd.to_datetime(frame[name])
    return frame.astype({"session_number": "Int64"})


def sessions(count):
    days = [FIRST_DAY + timedelta(days=14 * place) for place in range(count)]
    return pd.DataFrame(
        {"held_on": pd.to_datetime(pd.Series(days, dtype=object)), "number": pd.array(range(1, count + 1), "Int64")}
    )


def versions(*texts, numbered=True):
    return tuple(
        Version(place + 1, place + 1 if numbered else None, FIRST_DAY + timedelta(days=28 * place), text)
        for place, text in enumerate(texts)
    )


class Seen:
    """What stands on a figure."""

    def __init__(self, figure):
        self.figure = figure
        self.axes = figure.axes[0]

    def texts(self, gid=None):
        return [text.get_text() for text in self.axes.texts if gid is None or text.get_gid() == gid]

    def finding(self):
        return " ".join(self.texts("finding"))

    def said(self):
        return " ".join(self.texts())

    def lines(self, gid):
        return [line for line in self.axes.lines if line.get_gid() == gid]

    def shapes(self, gid):
        return [patch for patch in self.axes.patches if patch.get_gid() == gid]

    def dots(self, outcome):
        return sum(len(line.get_xdata()) for line in self.lines(f"dot {outcome}"))

    def boxes(self):
        """Return every label's box: as wide as drawn, as high as its letters are meant to be."""
        renderer = FigureCanvasAgg(self.figure).get_renderer()
        scale = self.figure.dpi / 72
        found = {}
        for text in self.axes.texts:
            if not text.get_text():
                continue
            x, baseline = self.axes.transData.transform(text.get_position())
            size = text.get_fontsize() * scale
            wide = self._wide(text, renderer)
            left = x - wide * {"left": 0, "center": 0.5, "right": 1}[text.get_ha()]
            found[text] = Bbox.from_extents(left, baseline - 0.2 * size, left + wide, baseline + 0.75 * size)
        return found

    @staticmethod
    def _wide(text, renderer):
        words = text.get_text()
        # Boxes stand in for glyphs that the font lacks, and say nothing about how wide those are.
        if all(ord(sign) in _GLYPHS for sign in words):
            return text.get_window_extent(renderer).width
        return width(words, text.get_fontsize(), bold=text.get_fontweight() == "bold") * text.figure.dpi / 72

    def overlapping(self, among=None):
        boxes = {text: box for text, box in self.boxes().items() if among is None or text in among}
        return [
            (one.get_text(), other.get_text())
            for (one, box), (other, around) in combinations(boxes.items(), 2)
            if Bbox.intersection(box, around) is not None
        ]

    def outside(self):
        whole = self.figure.bbox
        return [
            text.get_text()
            for text, box in self.boxes().items()
            if box.x0 < 0 or box.y0 < 0 or box.x1 > whole.width or box.y1 > whole.height
        ] + [
            line.get_gid()
            for line in self.axes.lines
            for x, y in line.get_xydata()
            if not (0 <= x <= self.axes.get_xlim()[1] and 0 <= y <= self.axes.get_ylim()[0])
        ]
