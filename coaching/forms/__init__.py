"""The edge to the screen: one form widget, and what each segment of a session asks."""

from coaching.forms.beginning import Choice
from coaching.forms.context import Context, Party, Record, Records
from coaching.forms.desk import Settled
from coaching.forms.handover import HandoverForm
from coaching.forms.review import ReviewViews
from coaching.forms.session import SessionForms
from coaching.forms.widget import FormWidget, ViewWidget

__all__ = [
    "Choice",
    "Context",
    "FormWidget",
    "HandoverForm",
    "Party",
    "Record",
    "Records",
    "ReviewViews",
    "SessionForms",
    "Settled",
    "ViewWidget",
]
