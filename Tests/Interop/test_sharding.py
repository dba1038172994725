"""Ten thousand keys, shared by real processes that are killed, ended and added at random."""

import math
import os
import random
import signal
import time

import pytest
from harness import eventually
from sharding import History, Worker, list_changes, microseconds

KEYS = 10_000
SECOND = 1_000_000
TTL = 2 * SECOND
SETTLING = SECOND
# The longest watch delay that is allowed for, on a machine that is busy with something else: the settling delay is as
# long, so that no key may ever have two owners.
WATCH = SECOND
BOUND = max(0, WATCH - SETTLING)
# The registry's history has times in milliseconds.
ROUNDING = 2_000


@pytest.fixture
def workers(own_server):
    everyone = []

    def start():
        everyone.append(Worker(own_server, "workers", f"worker-{len(everyone) + 1}", KEYS))
        return everyone[-1]

    start.everyone = everyone
    start.server = own_server
    yield start
    for worker in everyone:
        if worker.process.poll() is None:
            worker.process.kill()
            worker.process.wait()


def alive(workers):
    return [worker for worker in workers.everyone if worker.process.poll() is None]


def settle(workers):
    """Waits until all work, those that have just begun too, and own all keys together."""

    def is_settled():
        working = [worker.working for worker in alive(workers)]
        return min(working) > 0 and sum(working) == KEYS

    eventually(is_settled, "every key has one owner")


def slack(share):
    """Shares are binomial: four standard deviations."""
    return 4 * math.sqrt(share)


def check_shares(history, workers, when):
    owners = history.owners_at(when)
    assert len(owners) == KEYS
    assert all(len(names) == 1 for names in owners.values()), [item for item in owners.items() if len(item[1]) != 1][:5]
    share = KEYS / len(alive(workers))
    for worker in alive(workers):
        assert abs(sum(names == [worker.name] for names in owners.values()) - share) <= slack(share)


def moved(history, before, after):
    old, new = history.owners_at(before), history.owners_at(after)
    return {key: (old[key], new[key]) for key in old if old[key] != new[key]}


def test_a_killed_and_a_new_worker_move_their_share_and_nothing_else(workers):
    first = [workers() for _ in range(5)]
    settle(workers)
    calm = microseconds()
    first[2].end(signal.SIGKILL)
    settle(workers)
    without = microseconds()
    new = workers()
    settle(workers)
    end = microseconds()

    history = History(workers.everyone, end + 1)
    check_shares(history, workers, end)
    lost = moved(history, calm, without)
    assert all(owner == [first[2].name] for owner, _ in lost.values())
    assert 0 < len(lost) <= KEYS / 5 + slack(KEYS / 5)
    taken = moved(history, without, end)
    assert all(owner == [new.name] for _, owner in taken.values())
    assert 0 < len(taken) <= KEYS / 5 + slack(KEYS / 5)
    assert all(length <= BOUND for length, *_ in history.overlaps()[:1]), history.overlaps()[:3]


@pytest.mark.long
def test_keys_keep_exactly_one_owner_while_workers_come_and_go_at_random(workers):
    seed = int(os.environ.get("MUSTER_SEED", time.time_ns() % 1_000_000))
    print(f"MUSTER_SEED={seed}")
    chance = random.Random(seed)
    for _ in range(5):
        workers()
    settle(workers)
    started = microseconds()

    stop = time.monotonic() + 45
    while time.monotonic() < stop:
        time.sleep(chance.choice([0.1, 0.5, 2, 5]))
        here = alive(workers)
        if len(here) < 7 and (len(here) < 3 or chance.random() < 0.5):
            workers()
        else:
            chance.choice(here).end(signal.SIGKILL if chance.random() < 0.7 else signal.SIGTERM)
    settle(workers)
    end = microseconds()

    history = History(workers.everyone, end + 1)
    check_shares(history, workers, end)
    overlaps = history.overlaps()
    assert all(length <= BOUND for length, *_ in overlaps[:1]), f"seed {seed}: {overlaps[:3]}"
    changes = list_changes(workers.server, "workers")
    longest = check_gaps(history, changes, started)
    check_movement(history, workers, changes)
    print(f"{len(workers.everyone)} workers; longest time without an owner: {longest / SECOND:.2f} s")


def check_gaps(history, changes, started):
    """A key is without an owner for the watch and the settling delay after its owner left it, and after changes meanwhile."""
    longest = 0
    for key, (_, left, old), (came, _, new) in history.neighbours():
        if left < started:
            continue
        last = max([left] + [change.time for change in changes if left <= change.time <= came])
        assert came <= last + WATCH + SETTLING + ROUNDING, f"{key} went from {old} to {new} after {(came - left) / SECOND} s"
        longest = max(longest, came - left)
    return longest


def check_movement(history, workers, changes):
    """A key leaves a worker only because that ends or is taken for dead, or because another one has come."""
    by_name = {worker.name: worker for worker in workers.everyone}
    for key, (got, left, old), (came, _, new) in history.neighbours():
        if by_name[old].process.poll() is not None:
            continue
        # What came while the key settled counts too.
        recent = [change for change in changes if got - SETTLING - WATCH < change.time <= left + ROUNDING]
        later = [change for change in changes if left - ROUNDING <= change.time <= came + ROUNDING]
        was_gone = any(change.worker == old and not change.came for change in recent)
        rivals = {change.worker for change in recent if change.came} - {old}
        # The one that it was left to may have gone before it took it, or have been outbid by one that came after it.
        is_outbid = any(change.worker == new and change.came for change in later)
        is_gone = any(change.worker in rivals and not change.came for change in later)
        has_reason = rivals and (new in rivals or is_outbid or is_gone)
        told = [(round((change.time - left) / SECOND, 3), change.worker, change.came) for change in recent + later]
        spans = [(round((x - left) / SECOND, 3), round((y - left) / SECOND, 3), n) for x, y, n in history.spans[key]]
        assert was_gone or has_reason, f"{key} went from {old} to {new} for nothing: {told} {spans}"
