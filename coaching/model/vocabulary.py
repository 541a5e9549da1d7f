"""The words of the method, as closed lists: what a field of an entry can say."""

from collections.abc import Mapping
from enum import StrEnum


class Side(StrEnum):
    """Who of the pair: whose words, whose promise, whose copy."""

    COACH = "coach"
    COACHEE = "coachee"


class Visibility(StrEnum):
    """Who may read an entry: its author alone, both of the pair, or others too."""

    PRIVATE = "private"
    PAIR = "pair"
    OPEN = "open"


class Segment(StrEnum):
    """The parts of a session, in their order."""

    OPENING = "opening"
    YOURSELF = "yourself"
    DREAMS = "dreams"
    WHO_WHAT_WHEN = "who_what_when"
    CLOSING = "closing"


class Kind(StrEnum):
    """The kinds of entry."""

    PERSON = "person"
    AGREEMENT = "agreement"
    SESSION = "session"
    CANCELLATION = "cancellation"
    SEGMENT = "segment"
    NOTE = "note"
    MISSION = "mission"
    DREAM = "dream"
    BECOMING = "becoming"
    PROGRESS = "progress"
    THEME = "theme"
    STRENGTH = "strength"
    SUPPORTER = "supporter"
    ITEM = "item"
    ITEM_EVENT = "item_event"
    REVIEW = "review"
    CHECK = "check"
    PARKED = "parked"
    REFLECTION = "reflection"
    PREPARATION = "preparation"
    REMINDER = "reminder"
    QUESTION = "question"
    HANDOVER = "handover"
    HANDOUT = "handout"
    RELEASE = "release"


class AgreementEvent(StrEnum):
    """What happened to the agreement; proposed words bind nobody."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RENEWED = "renewed"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"


class CoachFirst(StrEnum):
    """How the coach's side of a part was given."""

    WRITTEN = "written"
    SPOKEN_NOT_RECORDED = "spoken_not_recorded"
    COACHEE_CHOSE_TO_START = "coachee_chose_to_start"
    COACH_DID_NOT = "coach_did_not"


class Topic(StrEnum):
    """What a note is about; a question or a win is noted between sessions, for the next one."""

    ARRIVAL = "arrival"
    SHOWED = "showed"
    PLAN = "plan"
    GOAL = "goal"
    FAILURE = "failure"
    JOY = "joy"
    DREAM = "dream"
    OBSTACLE = "obstacle"
    TAKEAWAY = "takeaway"
    SAID_BACK = "said_back"
    GROWN = "grown"
    NOTES = "notes"
    QUESTION = "question"
    WIN = "win"


class MissionDecision(StrEnum):
    """How the Dreams part ended."""

    NEW = "new"
    KEEP = "keep"
    NOT_YET = "not_yet"
    PASSED = "passed"


class DreamStatus(StrEnum):
    """Where a dream stands; `erased` is the empty place that an erased dream leaves."""

    ACTIVE = "active"
    RESTING = "resting"
    CAME_TRUE = "came_true"
    LET_GO = "let_go"
    ERASED = "erased"


class BecomingStatus(StrEnum):
    """Where a becoming stands."""

    ACTIVE = "active"
    REACHED = "reached"
    LET_GO = "let_go"


class ThreadKind(StrEnum):
    """What somebody tells that can move from session to session."""

    GOAL = "goal"
    PLAN = "plan"
    FAILURE = "failure"
    DREAM = "dream"
    BECOMING = "becoming"


class ThreadStatus(StrEnum):
    """Where a thread stands; which of these it can say goes by its kind (`LIVES`)."""

    ALIVE = "alive"
    CHANGED = "changed"
    ON_THE_WAY = "on_the_way"
    TOLD = "told"
    RESTING = "resting"
    CAME_TRUE = "came_true"
    REACHED = "reached"
    LET_GO = "let_go"


_OF_AN_OBJECTIVE = (ThreadStatus.ALIVE, ThreadStatus.CHANGED, ThreadStatus.REACHED, ThreadStatus.LET_GO)

#: The statuses of each kind of thread; it begins with the first.
LIVES: Mapping[ThreadKind, tuple[ThreadStatus, ...]] = {
    ThreadKind.GOAL: _OF_AN_OBJECTIVE,
    ThreadKind.PLAN: _OF_AN_OBJECTIVE,
    ThreadKind.FAILURE: (ThreadStatus.TOLD,),
    ThreadKind.DREAM: (ThreadStatus.ALIVE, ThreadStatus.RESTING, ThreadStatus.CAME_TRUE, ThreadStatus.LET_GO),
    ThreadKind.BECOMING: (ThreadStatus.ON_THE_WAY, ThreadStatus.REACHED, ThreadStatus.LET_GO),
}

#: The statuses with which a thread has come to its end.
ENDS = frozenset({ThreadStatus.CAME_TRUE, ThreadStatus.REACHED, ThreadStatus.LET_GO})


class Origin(StrEnum):
    """Whose idea an action item was."""

    COACHEE = "coachee"
    TOGETHER = "together"
    COACH = "coach"


class Ownership(StrEnum):
    """What the owner says of an action item."""

    MINE = "mine"
    CAN_LIVE_WITH_IT = "can_live_with_it"
    NOT_MINE = "not_mine"


class ItemEventKind(StrEnum):
    """What happened to an action item; `showed` ends an experiment, which is never done or late."""

    AGREED = "agreed"
    DUE_MOVED = "due_moved"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    DONE = "done"
    SHOWED = "showed"
    REOPENED = "reopened"
    LET_GO = "let_go"
    HANDED_OVER = "handed_over"


class ReviewOutcome(StrEnum):
    """What the owner told of an action item in the opening."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    CHANGED = "changed"
    LET_GO = "let_go"
    SHOWED = "showed"
