"""What the parameters of reads mean, for the OpenAPI document."""

from collections.abc import Mapping

PARAMETERS: Mapping[str, str] = {
    "activity": "Only those of this activity, by its id.",
    "annulled": "Whether to list those too that were annulled.",
    "closed": "Whether to list those too that are closed.",
    "community": "Only what belongs to this community (its id) or one beneath it.",
    "as_of": "Only days of service up to this one.",
    "corrected": "Whether to tell the month as it is known now, with all corrections.",
    "cursor": "The `next_cursor` of the page before; without it the first items come.",
    "days": "How many days, from the first one on.",
    "ended": "Whether to list those too that have ended.",
    "free": "Whether to list only those with a place free in some role.",
    "from": "The first day, in the ledger's time zone; today unless said.",
    "kind": "Only those of this kind: a code.",
    "known_at": "Only what the log had recorded by then: a position (`1234`), an instant with an offset"
    " (`2026-07-01T00:00:00Z`), or the end of a day (`2026-06-30`) in the ledger's time zone.",
    "level": "The level of the communities on a board of communities.",
    "limit": "How many items at most.",
    "min_position": "Wait, for up to five seconds, until the answer shows the log up to this position; then 503.",
    "offer": "Only those of this offer, by its id.",
    "on": "Only what holds on this day.",
    "order": "From the `oldest` line on, or from the `newest` back.",
    "parent": "Only those directly beneath this community, by its id.",
    "period": "The time, by day of service: a month (`2026-09`), a quarter (`2026-Q3`), a year (`2026`) or `all`.",
    "post": "Only this post: a code.",
    "size": "By the checkpoint of so many events; by the last one unless said.",
    "state": "Only those in this state.",
    "team": "Only those of this team, by its id.",
    "to": "How many events the newer tree has; all there are unless said.",
    "until": "The first day that is not wanted any more; without it there is no end.",
    "volunteer": "Only those of this volunteer, by their id.",
    "within": "Only this community (its id) and those beneath it, their teams, or what was served for them.",
}

PARAMETERS_OTHERWISE: Mapping[tuple[str, str], str] = {
    ("getConsistency", "from"): "How many events the older tree has.",
    (
        "listOffers",
        "community",
    ): "Only those of this community (its id) or one beneath it, and of no community.",
    (
        "listTraining",
        "community",
    ): "Only that of volunteers at home today in this community (its id) or beneath it.",
    (
        "listShifts",
        "from",
    ): "A day in the ledger's time zone, or an instant that they end after; today unless said.",
    ("listOffers", "on"): "Only what can be had on this day.",
    ("listTraining", "on"): "Only what was valid on this day.",
}
