"""What one would otherwise write: FastAPI on uvicorn with SQLAlchemy's ORM, on the very tables of our balances."""

import os
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker


class Base(DeclarativeBase):
    pass


class Balance(Base):
    __tablename__ = "balance"
    volunteer: Mapped[str] = mapped_column(primary_key=True)
    service_minutes: Mapped[int]
    credit_minutes: Mapped[int]


class Note(Base):
    __tablename__ = "orm_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer: Mapped[str]
    minutes: Mapped[int]
    day: Mapped[str]
    at: Mapped[datetime]


def _engine() -> Engine:
    url = make_url(os.environ["PORTAL_DATABASE"])
    if url.get_backend_name() != "sqlite":
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_size=32)
    engine = create_engine(url, pool_size=32, connect_args={"check_same_thread": False, "timeout": 30})

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return engine


ENGINE = _engine()
SESSIONS = sessionmaker(ENGINE)
app = FastAPI()


def session() -> Any:
    with SESSIONS() as one:
        yield one


@app.get("/volunteers/{volunteer}/balance")
def balance(volunteer: str, session: Annotated[Session, Depends(session)]) -> dict[str, Any]:
    found = session.get(Balance, volunteer)
    if found is None:
        raise HTTPException(404)
    return {
        "volunteer": found.volunteer,
        "service_minutes": found.service_minutes,
        "credit_minutes": found.credit_minutes,
    }


@app.post("/notes", status_code=201)
def note(body: dict[str, Any], session: Annotated[Session, Depends(session)]) -> dict[str, int]:
    """One row, committed."""
    row = Note(volunteer=body["volunteer"], minutes=body["minutes"], day=body["day"], at=datetime.now(UTC))
    session.add(row)
    session.commit()
    return {"id": row.id}


if __name__ == "__main__":
    if "--notes" in sys.argv:
        Base.metadata.tables["orm_note"].create(ENGINE, checkfirst=True)
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", access_log=False)
