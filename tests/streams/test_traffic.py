"""How much is written in a stream."""

from pathlib import Path

import pytest
from tests.streams.kit import Office, say

from aloha_server.access.realm import system_groups
from aloha_server.access.streams import find_stream
from aloha_server.access.traffic import DAY_S, DAYS, weekly_average
from aloha_server.access.wire_streams import StreamShower
from aloha_server.store import Store, Tx

ROWS = "select count(*) from stream_traffic where realm_id = :realm_id"


@pytest.mark.parametrize(
    ("count", "days", "average"),
    [(100, 6, None), (0, 7, 0), (1, 7, 1), (1, 28, 1), (14, 14, 7), (400, 28, 100), (400, 400, 100), (1270, 7, 1300)],
)
def test_average_is_a_weeks(count: int, days: int, average: int | None) -> None:
    assert weekly_average(count, days * DAY_S + 1) == average


def traffic(office: Office, stream: str) -> int | None:
    def read(tx: Tx) -> int | None:
        found = find_stream(tx, stream)
        assert found is not None
        return StreamShower(tx, system_groups(tx)).show(found).stream_weekly_traffic

    return office.store.read(1, read)


def test_traffic_is_counted_by_day_and_forgotten(tmp_path: Path, database_url: str) -> None:
    now = [1_800_000_000.0]
    store = Store.open(tmp_path / "var", database_url, clock=lambda: now[0])
    office = Office(store, tmp_path)
    office.subscribe("ann", "plans")  # its notice counts
    for _ in range(7):
        say(office, "plans", "lunch")
    assert traffic(office, "plans") is None
    now[0] += 8 * DAY_S
    assert traffic(office, "plans") == 7
    for _ in range(4):
        say(office, "plans", "lunch")
    now[0] += (DAYS - 9) * DAY_S
    assert traffic(office, "plans") == (8 + 4) * 7 // 27
    now[0] += DAY_S
    assert traffic(office, "plans") == 1, "the first day counts no more"
    now[0] += DAYS * DAY_S
    assert traffic(office, "plans") == 0
    say(office, "plans", "lunch")
    assert store.read(1, lambda tx: tx.value(ROWS)) == 1
    store.close()
