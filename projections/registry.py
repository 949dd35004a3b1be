"""All the views there are."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from projections.running import states
from projections.view import View

if TYPE_CHECKING:
    from projections.activities import Activities
    from projections.balances import Balances
    from projections.closings import Closings
    from projections.communities import Communities
    from projections.contributions import Contributions
    from projections.designations import Designations
    from projections.leaderboards import Leaderboards
    from projections.members import Members
    from projections.offers import Offers
    from projections.organisations import Organisations
    from projections.outreach import Outreach
    from projections.policies import Policies
    from projections.posts import Posts
    from projections.qualifications import Qualifications
    from projections.records import Records
    from projections.redemptions import Redemptions
    from projections.shifts import Shifts
    from projections.sign_ups import SignUps
    from projections.statement import Statement
    from projections.teams import Teams
    from projections.terms import Terms
    from projections.training import Trainings
    from projections.tree import Tree
    from projections.venues import Venues
    from projections.visits import Visits


class Views:
    """One of each, in the order in which they are folded.

    Each is described, and its module imported, once it is asked for: forty tables take their time, and a short command
    needs few of them.
    """

    # What is in force.
    policies: "Policies"
    # The trees, who belongs to them, and what is noted of them.
    communities: "Communities"
    teams: "Teams"
    members: "Members"
    qualifications: "Qualifications"
    # Minutes and credits, and what came of service for the public.
    balances: "Balances"
    statement: "Statement"
    leaderboards: "Leaderboards"
    contributions: "Contributions"
    outreach: "Outreach"
    records: "Records"
    # Where and when people serve.
    venues: "Venues"
    activities: "Activities"
    shifts: "Shifts"
    sign_ups: "SignUps"
    visits: "Visits"
    # Appointments.
    posts: "Posts"
    organisations: "Organisations"
    designations: "Designations"
    training: "Trainings"
    terms: "Terms"
    # What credits are spent on, and months that are closed.
    offers: "Offers"
    redemptions: "Redemptions"
    closings: "Closings"
    # What proofs are made from.
    tree: "Tree"

    def __getattr__(self, name: str) -> Any:
        """The view of a name, which stands in the module of that name."""
        kind = Views.__annotations__.get(name)
        if kind is None:
            raise AttributeError(name, name=name, obj=self)
        # Of two threads that ask for it first, both get the same.
        return vars(self).setdefault(name, getattr(import_module(f"projections.{name}"), kind)())

    def all(self) -> tuple[View, ...]:
        """Every view, in this order."""
        return tuple(getattr(self, name) for name in Views.__annotations__)

    def table_names(self) -> list[str]:
        """The tables of all of them, and of their states."""
        return [states.TABLE.name, *(table.name for view in self.all() for table in view.tables)]
