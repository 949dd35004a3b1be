"""All the views there are."""

from dataclasses import dataclass, field

from projections.balances import Balances
from projections.communities import Communities
from projections.contributions import Contributions
from projections.leaderboards import Leaderboards
from projections.offers import Offers
from projections.policies import Policies
from projections.redemptions import Redemptions
from projections.statement import Statement
from projections.teams import Teams
from projections.view import View


@dataclass(frozen=True, slots=True)
class Views:
    """One of each."""

    policies: Policies = field(default_factory=Policies)
    communities: Communities = field(default_factory=Communities)
    teams: Teams = field(default_factory=Teams)
    balances: Balances = field(default_factory=Balances)
    statement: Statement = field(default_factory=Statement)
    leaderboards: Leaderboards = field(default_factory=Leaderboards)
    contributions: Contributions = field(default_factory=Contributions)
    offers: Offers = field(default_factory=Offers)
    redemptions: Redemptions = field(default_factory=Redemptions)

    def all(self) -> tuple[View, ...]:
        """Every view, in the order in which they are folded."""
        return (
            self.policies,
            self.communities,
            self.teams,
            self.balances,
            self.statement,
            self.leaderboards,
            self.contributions,
            self.offers,
            self.redemptions,
        )
