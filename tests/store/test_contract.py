"""The store is what the library's own contract tests say a recorder is, and what they leave open."""

import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.tests import DCBRecorderTestCase
from eventsourcing.persistence import DataError, IntegrityError, ProgrammingError

from ledger.application import Ask, TimeBank
from ledger.domain.opening import OpenLedger
from ledger.store.engine import Store
from ledger.store.log import Log
from ledger.store.recorder import Recorder, Subscription

LATE = 3600.0
"""A poll that no test waits for: what comes in time was told by a wake-up."""


@pytest.fixture
def recorder(log: Log) -> Recorder:
    return Recorder(log)


def event(number: int = 0, *tags: str, kind: str = "happened") -> DCBEvent:
    return DCBEvent(type=kind, data=b"data%d" % number, tags=list(tags))


def positions(recorder: Recorder, *items: DCBQueryItem, after: int = 0) -> list[int]:
    return [found.position for found in recorder.read(DCBQuery(items=list(items)), after=after)]


def test_appending_and_reading_keep_the_librarys_contract(recorder: Recorder):
    DCBRecorderTestCase()._test_append_read(recorder)


@pytest.mark.slow
def test_following_keeps_the_librarys_contract(recorder: Recorder):
    DCBRecorderTestCase()._test_append_subscribe(recorder)


def test_the_contract_holds_beside_what_was_there_before(recorder: Recorder):
    recorder.append([event(1, "old"), event(2)])
    assert recorder.append([event(3)]) == 3
    read = recorder.read(after=2)
    assert read.head == 3
    assert [found.position for found in read] == [3]


def test_the_head_of_a_limited_read_is_known_before_it_is_read(recorder: Recorder):
    recorder.append([event(number, "even" if number % 2 == 0 else "odd") for number in range(1, 11)])
    query = DCBQuery(items=[DCBQueryItem(tags=["even"])])
    assert recorder.read(query, limit=3).head == 6
    assert recorder.read(query, limit=99).head == 10
    assert recorder.read(query, after=10, limit=1).head is None
    assert recorder.read(query).head == 10


def test_nothing_is_matched_twice(recorder: Recorder):
    recorder.append([event(1, "a", "b", "a"), event(2, "b"), event(3)])
    either = DCBQueryItem(tags=["a"]), DCBQueryItem(tags=["b", "b"]), DCBQueryItem(types=["happened"])
    assert positions(recorder, *either) == [1, 2, 3]
    assert positions(recorder, DCBQueryItem(tags=["b", "a"])) == [1]
    assert next(recorder.read()).event.tags == ["a", "b", "a"]


def test_an_item_without_types_and_tags_matches_everything(recorder: Recorder):
    recorder.append([event(1, "a"), event(2)])
    assert positions(recorder, DCBQueryItem(tags=["no"]), DCBQueryItem()) == [1, 2]


def test_queries_of_many_items_and_many_tags_are_answered(recorder: Recorder):
    many = [f"tag{number}" for number in range(90)]
    recorder.append([event(1, *many), event(2, *many[1:]), event(3, "tag7")])
    assert positions(recorder, DCBQueryItem(tags=many)) == [1]
    assert positions(recorder, *(DCBQueryItem(tags=[tag]) for tag in many)) == [1, 2, 3]


def test_more_events_than_a_batch_holds_come_whole_and_in_order(recorder: Recorder):
    recorder.append([event(number, "all", f"third{number % 3}") for number in range(1, 1_301)])
    expected = list(range(1, 1_301))
    assert [found.position for found in recorder.read()] == expected
    assert [found.event.data for found in recorder.read()] == [b"data%d" % number for number in expected]
    assert positions(recorder, DCBQueryItem(tags=["all"])) == expected
    assert positions(recorder, DCBQueryItem(types=["happened"])) == expected
    assert positions(recorder, *(DCBQueryItem(tags=[f"third{n}"]) for n in (2, 0, 1))) == expected
    assert [found.position for found in recorder.read(limit=1_001, after=1)] == list(range(2, 1_003))


def test_a_read_ends_at_the_head_it_began_with(recorder: Recorder):
    recorder.append([event(1), event(2)])
    read = recorder.read()
    recorder.append([event(3)])
    assert [found.position for found in read] == [1, 2]
    assert read.head == 2


def test_appending_nothing_is_refused(recorder: Recorder):
    with pytest.raises(ProgrammingError):
        recorder.append([])


@pytest.mark.parametrize("data", [b"\xff\xfe", b"caf\xe9", b"a\x00b", b"\xed\xa0\x80"])
def test_data_that_is_no_storable_text_is_refused(recorder: Recorder, data: bytes):
    with pytest.raises(DataError, match=r"UTF-8|NUL"):
        recorder.append([event(1), DCBEvent(type="t", data=data)])
    assert list(recorder.read()) == []


@pytest.mark.parametrize("name", ["", "a\x00b", "\ud800", "x" * 201])
def test_types_and_tags_that_one_database_would_refuse_are_refused_on_both(recorder: Recorder, name: str):
    for refused in (DCBEvent(type=name, data=b"d"), DCBEvent(type="t", data=b"d", tags=["fine", name])):
        with pytest.raises(DataError, match="type or tag"):
            recorder.append([refused])
    assert list(recorder.read()) == []


def test_any_other_text_comes_back_as_it_went_in(recorder: Recorder):
    data = 'plain, "quoted", 中文, \U0001f33b, \x01 and \u2028\n\r\t'.encode()
    recorder.append([DCBEvent(type="时间", data=data, tags=["标签 %_?'", "\U0001f33b"])])
    assert recorder.read(DCBQuery([DCBQueryItem(["时间"], ["标签 %_?'"])])).head == 1
    [found] = recorder.read(DCBQuery([DCBQueryItem(["时间"], ["标签 %_?'", "\U0001f33b"])]))
    assert found.event == DCBEvent(type="时间", data=data, tags=["标签 %_?'", "\U0001f33b"])


def test_of_appends_that_exclude_one_another_one_succeeds(recorder: Recorder):
    condition = DCBAppendCondition(DCBQuery([DCBQueryItem(tags=["only"])]))
    start = threading.Barrier(8)

    def claim(number: int) -> bool:
        start.wait()
        try:
            return bool(recorder.append([event(number, "only")], condition))
        except IntegrityError:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(8))) == 1
    assert positions(recorder, DCBQueryItem()) == [1]


def test_a_time_banks_log_takes_nothing_past_its_commands(log: Log):
    bank = TimeBank(log, [])
    bank.handle(OpenLedger(origin="timebank", zone="Asia/Shanghai"), by="stf_office")
    with pytest.raises(ProgrammingError, match="one way in"):
        Recorder(log).append([event(1)])
    bank.close()


@pytest.mark.slow
def test_reading_everything_keeps_little_in_memory(sqlite_url: str):
    store = Store(sqlite_url, write=True)
    log = Log(store)
    log.migrate()
    recorder = Recorder(log)
    for start in range(0, 20_000, 5_000):
        recorder.append(
            [DCBEvent("t", b"%d " % number + b"x" * 1_000) for number in range(start, start + 5_000)]
        )
    assert sum(1 for _ in recorder.read(limit=10)) == 10
    tracemalloc.start()
    assert sum(1 for _ in recorder.read()) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    store.close()
    assert peak < 5_000_000, "20 MB were read"


def test_a_subscription_gets_what_was_there_and_what_comes(log: Log):
    recorder = Recorder(log, poll_seconds=LATE)
    recorder.append([event(1, "a"), event(2, "b"), event(3, "a")])
    with recorder.subscribe(DCBQuery([DCBQueryItem(tags=["a"])]), after=1) as subscription:
        assert next(subscription).position == 3
        with ThreadPoolExecutor() as others:
            others.submit(recorder.append, [event(4, "b"), event(5, "a")])
            assert next(subscription).position == 5


def test_a_subscription_hears_what_the_bank_records(log: Log):
    bank = TimeBank(log, [])
    with Recorder(log, poll_seconds=LATE).subscribe() as subscription:
        bank.submit([Ask(OpenLedger(origin="a", zone="UTC"), by="stf_office")])
        assert next(subscription).event.type == "ledger-opened"
    bank.close()


def test_a_subscription_sees_what_another_process_appends(log: Log, database_url: str):
    with Recorder(log, poll_seconds=0.01).subscribe() as subscription:
        other = Log(log.store)  # a bell of its own, as in another process
        Recorder(other).append([event(1)])
        assert next(subscription).position == 1


def test_a_subscription_from_beyond_the_head_waits_for_what_lies_there(recorder: Recorder):
    recorder.append([event(1)])
    with recorder.subscribe(after=3) as subscription, ThreadPoolExecutor() as others:
        others.map(recorder.append, ([event(number)] for number in range(4)))
        assert next(subscription).position == 4


def test_a_subscription_that_waits_stops_when_told(log: Log):
    subscription = Recorder(log, poll_seconds=LATE).subscribe()
    with ThreadPoolExecutor() as others:
        found = others.submit(list, subscription)
        subscription.stop()
        assert found.result(10) == []


def test_a_stopped_subscription_gives_nothing_more(recorder: Recorder):
    recorder.append([event(1), event(2)])
    with recorder.subscribe() as subscription:
        assert next(subscription).position == 1
        subscription.stop()
        with pytest.raises(StopIteration):
            next(subscription)
        with pytest.raises(ProgrammingError):
            subscription.__enter__()


def test_a_subscription_takes_up_where_it_was_after_the_database_failed(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
):
    recorder.append([event(number) for number in range(1, 1_201)])
    pull, calls = recorder.pull, iter(range(100))

    def flaky(query: DCBQuery | None, after: int):
        if next(calls) % 2:
            raise OSError("gone for a moment")
        return pull(query, after)

    monkeypatch.setattr(recorder, "pull", flaky)
    assert _followed(recorder.subscribe(), 1_200) == list(range(1, 1_201))


def _followed(subscription: Subscription, count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        try:
            found.append(next(subscription).position)
        except OSError:
            continue
    return found
