"""What is known of a volunteer, drawn."""

from ledger.cli.acts.asking import Drawn
from ledger.cli.terminal import output


def draw_volunteer(drawn: Drawn) -> None:
    """Draw what is known of a volunteer today."""
    found, today = drawn.answer, drawn.today.isoformat()
    teams = [
        one["team"]
        for one in found["assignments"]
        if one["since"] <= today and (one["until"] is None or today < one["until"])
    ]
    output.facts(
        f"{found['number'] or 'a volunteer without a number'} ({found['id']})",
        (
            ("Name", found["name"] or "not known"),
            ("Community", drawn.named(found["home"])),
            ("Team", ", ".join(map(drawn.named, teams)) or "none"),
            ("Standing", found["standing"]),
            ("Registered", found["since"]),
            ("Age band", found["age_band"] or "not noted"),
            ("Skills", ", ".join(found["skills"]) or "none noted"),
        ),
    )
