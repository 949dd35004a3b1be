"""What somebody would write instead: click and SQLAlchemy, asking the very tables of a ledger in a folder."""

import click
import sqlalchemy as sa


@click.command()
@click.argument("number")
@click.option("--data", required=True)
def main(number: str, data: str) -> None:
    """Print both books of a volunteer."""
    people = sa.create_engine(f"sqlite:///{data}/directory.sqlite")
    entries = sa.table("volunteer", sa.column("volunteer"), sa.column("number"))
    with people.connect() as connection:
        who = connection.scalar(sa.select(entries.c.volunteer).where(entries.c.number == number))
    ledger = sa.create_engine(f"sqlite:///{data}/ledger.sqlite")
    minutes = [sa.column("service_minutes", sa.Integer), sa.column("credit_minutes", sa.Integer)]
    books = sa.table("balance", sa.column("volunteer"), *minutes)
    with ledger.connect() as connection:
        service, credit = connection.execute(sa.select(*minutes).where(books.c.volunteer == who)).one()
    click.echo(f"{number} ({who})\n  Service  {service // 60} h\n  Credits  {credit // 60} h")


if __name__ == "__main__":
    main()
