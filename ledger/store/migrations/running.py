"""Running the statements of a migration."""

from collections.abc import Sequence

from sqlalchemy import Connection


def run(connection: Connection, *, sqlite: Sequence[str], postgresql: Sequence[str]) -> None:
    """Run those of the database that it is; `{schema}` in them stands for the one in use."""
    if connection.dialect.name == "sqlite":
        for statement in sqlite:
            connection.exec_driver_sql(statement)
        return
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in postgresql:
        connection.exec_driver_sql(statement.replace("{schema}", schema))
