"""What each form of a session shows, as the session stands."""

from collections.abc import Mapping

from coaching.forms.engine.blocks import Content, day_terms, prose
from coaching.forms.engine.messages import FormMessage
from coaching.forms.parts import closing, protection, questions
from coaching.forms.parts import start as beginning
from coaching.forms.parts.all_parts import FORMS, PREPARATION, told
from coaching.forms.parts.start import BEGINNING
from coaching.forms.session import conflicts, redaction
from coaching.forms.session.desk import Desk
from coaching.forms.session.ending import Ending
from coaching.forms.session.room import terms
from coaching.forms.session.sitting import Sitting
from coaching.forms.session.start_actions import Entrance
from coaching.i18n import language, say, say_prompt
from coaching.model.vocabulary import Segment

_FORMS = {form.name: form for form in FORMS}
_PARTS = frozenset(segment.value for segment in Segment)


class SessionContent:
    """What the forms of a session show.

    Parameters
    ----------
    desk
        The workbooks behind the forms.
    entrance
        The first form.
    ending
        What stands in place of the last form once the session is closed.
    """

    def __init__(self, desk: Desk, entrance: Entrance, ending: Ending) -> None:
        self._desk, self._entrance, self._ending = desk, entrance, ending

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<what the forms of a session show>"

    def message(
        self, sitting: Sitting, name: str, view: str | None, open_part: str, *, lists_words: bool
    ) -> FormMessage:
        """Return a form as it stands, for one view or for all.

        Parameters
        ----------
        sitting
            The session.
        name
            The form.
        view
            The view that is to show it; None for all.
        open_part
            The part of the session that is open.
        lists_words
            Whether the closing lists what was said, to take it back.
        """
        content = self.content(sitting, name, lists_words=lists_words)
        message: FormMessage = {
            "type": "form",
            "view": view,
            "key": sitting.key(name),
            "title": content["title"],
            "heading": content["heading"],
            "lead": content["lead"],
            "blocks": content["blocks"],
            "values": self._values(sitting, name),
            "gate": content["gate"],
            "kept": sitting.kept_at,
            "days": day_terms(self._desk.now().date(), sitting.next_on),
            "held": sitting.is_held,
            "room": terms(name, sitting.place, sitting.values, open_part),
        }
        if name == PREPARATION and sitting.place and content["blocks"]:
            message["searches"] = "alone"
        return message

    def content(self, sitting: Sitting, name: str, *, lists_words: bool = False) -> Content:
        """Return title, heading, sentence, blocks and gate of a form (see `message`)."""
        if name == BEGINNING:
            return self._entrance.form(sitting.place, sitting.values[name])
        form, context = _FORMS[name], sitting.place
        shown: Content = {
            "title": say(form.title),
            "heading": None,
            "lead": "",
            "blocks": [],
            "gate": sitting.waits_for(name),
        }
        # Nothing of the one before is on the page for somebody new to read.
        if context is None or beginning.is_new(sitting.values[BEGINNING]):
            return shown
        if sitting.is_over(name):
            card = self._ending.blocks(context, sitting.records())
            if self._ending.is_card:
                asked = [protection.asked_last()] if self._desk.has_open_key(context.workbook) else []
                card = [*card, *self._entrance.keys_shown(), *asked]
            return {**shown, "blocks": card}
        blocks = form.blocks(context)
        begun_with = questions.question(context, name, sitting.values[PREPARATION]) if name in _PARTS else None
        asked = [prose(say_prompt(begun_with), tone="prompt")] if begun_with else []
        both = conflicts.blocks(sitting.conflicts, name, sitting.values[name], blocks)
        if name == Segment.CLOSING:  # after what was heard: what should not be in writing
            records = told(context, sitting.values, closed=False) if lists_words else None
            blocks[closing.HEARD : closing.HEARD] = redaction.blocks(context, records)
        if asked and blocks and blocks[0].get("tone") == "statement":  # it comes before every question
            asked = [blocks.pop(0), *asked]
        return {**shown, "lead": form.lead(context), "blocks": [*both, *asked, *blocks]}

    def _values(self, sitting: Sitting, name: str) -> Mapping[str, str]:
        """Return the values of the fields that a form shows; at the end most of them are gone from it."""
        values = sitting.values[name]
        if name == BEGINNING and sitting.place:
            return {beginning.LANGUAGE: language(), **values}
        if not sitting.is_over(name):
            return values
        return {closing.NEXT_ON: values.get(closing.NEXT_ON, "")} | self._ending.values
