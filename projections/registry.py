"""All the views there are."""

from dataclasses import dataclass, field, fields

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
from projections.running import states
from projections.shifts import Shifts
from projections.sign_ups import SignUps
from projections.statement import Statement
from projections.teams import Teams
from projections.terms import Terms
from projections.training import Trainings
from projections.tree import Tree
from projections.venues import Venues
from projections.view import View
from projections.visits import Visits


@dataclass(frozen=True, slots=True)
class Views:
    """One of each, in the order in which they are folded."""

    # What is in force.
    policies: Policies = field(default_factory=Policies)
    # The trees, who belongs to them, and what is noted of them.
    communities: Communities = field(default_factory=Communities)
    teams: Teams = field(default_factory=Teams)
    members: Members = field(default_factory=Members)
    qualifications: Qualifications = field(default_factory=Qualifications)
    # Minutes and credits, and what came of service for the public.
    balances: Balances = field(default_factory=Balances)
    statement: Statement = field(default_factory=Statement)
    leaderboards: Leaderboards = field(default_factory=Leaderboards)
    contributions: Contributions = field(default_factory=Contributions)
    outreach: Outreach = field(default_factory=Outreach)
    records: Records = field(default_factory=Records)
    # Where and when people serve.
    venues: Venues = field(default_factory=Venues)
    activities: Activities = field(default_factory=Activities)
    shifts: Shifts = field(default_factory=Shifts)
    sign_ups: SignUps = field(default_factory=SignUps)
    visits: Visits = field(default_factory=Visits)
    # Appointments.
    posts: Posts = field(default_factory=Posts)
    organisations: Organisations = field(default_factory=Organisations)
    designations: Designations = field(default_factory=Designations)
    training: Trainings = field(default_factory=Trainings)
    terms: Terms = field(default_factory=Terms)
    # What credits are spent on, and months that are closed.
    offers: Offers = field(default_factory=Offers)
    redemptions: Redemptions = field(default_factory=Redemptions)
    closings: Closings = field(default_factory=Closings)
    # What proofs are made from.
    tree: Tree = field(default_factory=Tree)

    def all(self) -> tuple[View, ...]:
        """Every view, in this order."""
        return tuple(getattr(self, one.name) for one in fields(self))

    def table_names(self) -> list[str]:
        """The tables of all of them, and of their states."""
        return [states.TABLE.name, *(table.name for view in self.all() for table in view.tables)]
