"""What `coaching.metrics` counts of action items, as somebody fluent in SQL would write it for DuckDB."""

from datetime import date
from typing import Any

import duckdb

from coaching.model.frames import Frames

#: What is known of the due date after some of the times that it was given.
DUE_AFTER = """
create or replace temp macro due_after(dates, due_at_first) as list_reduce(
    coalesce(dates, []),
    lambda known, now: {
        'first': coalesce(known.first, now.last),
        'last': now.last,
        'in_force': if(known.in_force is null or now.day <= known.in_force, now.last, known.in_force),
        'moves': known.moves + if(known.first is null, 0, now.moves),
        'day': now.day,
        'since': coalesce(known.since, now.since)
    },
    {
        'first': due_at_first,
        'last': due_at_first,
        'in_force': due_at_first,
        'moves': 0,
        'day': null::date,
        'since': if(due_at_first is null, null, 0)
    }
)
"""

STATES = """
create or replace temp table states as
with told as (
    select
        item, event, held_on::date as day, epoch_ms(held_on::timestamp) + coalesce(number, 0) as moment,
        e.rev, due_from, due_to, session, by_then
    from item_event e left join (select id as session, number from session) using (session)
    where held_on <= $asof
),
firsts as (
    select
        item,
        min_by(day, moment) filter (event = 'agreed') as agreed,
        min_by(due_to, moment) filter (event = 'agreed')::date as due_agreed,
        min_by(due_from, (moment, rev)) filter (event = 'due_moved')::date as moved_from,
        list(
            {
                'first': null::date,
                'last': due_to::date,
                'in_force': null::date,
                'moves': (event = 'due_moved')::int,
                'day': day,
                'since': moment
            }
            order by moment, rev
        ) filter (event in ('due_moved', 'reopened') and due_to is not null) as dates
    from told
    group by item
),
begun as (
    select
        i.*,
        epoch_ms(i.held_on::timestamp) + coalesce(s.number, 0) as moment,
        s.number as session_number,
        coalesce(f.agreed, i.held_on::date) as agreed,
        f.dates,
        coalesce(f.due_agreed, f.moved_from, i.by::date) as due_at_first
    from item i left join firsts f on f.item = i.id left join session s on s.id = i.session
    where i.held_on <= $asof
),
dated as (
    select
        * exclude (dates, due_at_first),
        due_after(dates, due_at_first) as due
    from begun
),
turns as (
    select * from (
        select *, lag(event) over (partition by item order by moment, rev) as before
        from told where event in ('done', 'let_go', 'reopened')
    )
    where (event = 'reopened') = coalesce(before in ('done', 'let_go'), false)
),
told_by as (
    select
        t.*,
        s.held_on::date as session_day,
        due_after(list_filter(coalesce(b.dates, []), lambda d: d.since < t.moment), b.due_at_first).in_force as due
    from turns t join begun b on b.id = t.item left join session s on s.id = t.session
),
days as (
    select
        t.* exclude (day),
        case
            when event <> 'done' or due is null or due >= day or by_then is false then day
            when by_then then due
            when day is distinct from session_day or t.session is distinct from f.id then day
            else due
        end as day
    from told_by t
    asof left join (select id, epoch_ms(held_on::timestamp) + number as moment from session) f
        on epoch_ms(t.due::timestamp) <= f.moment
),
ended as (
    select
        item,
        max_by(event, (moment, rev)) as latest,
        max_by(day, (moment, rev)) as latest_on,
        min(day) filter (event = 'done') as done_first_on,
        count(*) filter (event = 'reopened' and before_kept = 'done') as times_reopened
    from (select *, lag(event) over (partition by item order by moment, rev) as before_kept from days)
    group by item
),
spells as (
    select
        id, event, moment as since, lead(moment, 1, 9223372036854775807) over (partition by id order by moment) as until
    from (select id, moment, 'agreed' as event from begun union all select item, moment, event from turns)
),
carried as (
    select d.id, count(*) as sessions
    from spells
    join dated d using (id)
    join session s
        on s.held_on >= d.due.in_force
        and epoch_ms(s.held_on::timestamp) + s.number >= greatest(since, d.due.since)
        and epoch_ms(s.held_on::timestamp) + s.number < until
    where spells.event in ('agreed', 'reopened') and s.held_on <= $asof
    group by d.id
),
whole as (
    select
        *, trim(coalesce(what, '')) <> '' and owner is not null and due.last is not null as is_whole
    from dated
),
standing as (
    select
        d.*,
        case
            when e.latest in ('done', 'let_go') then e.latest
            when not d.is_whole then 'draft'
            else 'open'
        end as state,
        if(e.latest in ('done', 'let_go'), e.latest_on, null) as closed_on,
        e.done_first_on,
        coalesce(e.times_reopened, 0) as times_reopened,
        coalesce(c.sessions, 0) as carried
    from whole d left join ended e on e.item = d.id left join carried c on c.id = d.id
)
select
    s.id,
    coalesce(s.label, s.id) as label,
    s.what,
    coalesce(p.side, s.owner) as owner,
    s.person,
    coalesce(p.name, p.side, s.owner) as owner_name,
    s.session,
    s.session_number,
    s.agreed,
    s.due.first as due_first,
    s.due.last as due,
    s.due.in_force as due_in_force,
    s.due.moves as due_moves,
    s.state,
    s.is_whole,
    s.closed_on,
    s.done_first_on,
    s.times_reopened,
    case s.state
        when 'done' then if(s.is_whole, if(s.closed_on <= s.due.in_force, 'on_time', 'late'), 'done')
        when 'open' then if($asof <= s.due.last, 'open', 'overdue')
        else s.state
    end as outcome,
    if(s.state = 'open', $asof - s.agreed, null) as age_days,
    if(s.state = 'draft', 0, s.carried) as carried_over,
    s.origin,
    s.becoming,
    s.dream
from standing s left join person p on p.id = s.person
order by s.agreed, try_cast(regexp_extract(s.label, '([0-9]{1,9})$', 1) as int), s.id
"""

COUNTS = """
select
    count(*) filter (come and done_by_then),
    count(*) filter (come and not let_go_by_then),
    count(*) filter (come and let_go_by_then),
    count(*) filter (old_enough and state = 'done' and closed_on - agreed <= 28),
    count(*) filter (old_enough),
    count(*) filter (done_first_on is not null and times_reopened > 0),
    count(done_first_on)
from (
    select
        *,
        due_in_force <= $asof as come,
        state = 'done' and closed_on <= due_in_force as done_by_then,
        state = 'let_go' and closed_on <= due_in_force as let_go_by_then,
        agreed <= $asof - 28 as old_enough
    from states
    where state <> 'draft'
)
"""

THROUGHPUT = """
select strftime(quarter, '%Y') || 'Q' || quarter(quarter), count(id)
from (
    select unnest(generate_series(date_trunc('quarter', min(agreed)), $asof, interval 3 months))::date as quarter
    from states
)
left join states on date_trunc('quarter', closed_on) = quarter and state = 'done'
group by quarter
order by quarter
"""

INCIDENCE = """
with ended as (
    select greatest(coalesce(closed_on, $asof) - agreed, 0) as days, state from states where state <> 'draft'
),
daily as (
    select
        days,
        count(*) filter (state = 'done') as done,
        count(*) filter (state = 'let_go') as let_go,
        sum(count(*)) over (order by days desc) as at_risk
    from ended
    group by days
),
surviving as (
    select *, product(1 - (done + let_go) / at_risk) over (order by days) as after
    from daily
    where done + let_go > 0
),
steps as (select *, coalesce(lag(after) over (order by days), 1) as before from surviving)
select
    days,
    at_risk,
    sum(before * done / at_risk) over (order by days) as done,
    sum(before * let_go / at_risk) over (order by days) as let_go
from steps
order by days
"""


def connected(frames: Frames) -> duckdb.DuckDBPyConnection:
    """Return a connection to which the frames are known as tables."""
    connection = duckdb.connect()
    for kind in ("item", "item_event", "session", "person"):
        connection.register(kind, frames[kind])
    return connection


def counted(connection: duckdb.DuckDBPyConnection, asof: date) -> dict[str, Any]:
    """Return the states of the items as a frame, the counts, the throughput by quarter, and the incidence."""
    known = {"asof": asof}
    connection.execute(DUE_AFTER)
    connection.execute(STATES, known)
    return {
        "states": connection.execute("from states").df(),
        "counts": connection.execute(COUNTS, known).fetchone(),
        "throughput": dict(connection.execute(THROUGHPUT, known).fetchall()),
        "incidence": connection.execute(INCIDENCE, known).df(),
    }
