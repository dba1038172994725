"""Real processes that crash, hang and fail under 500 calls a second: nobody may notice."""

import pytest
from steady import Caller, Fleet, on_a_running_machine

RATE = 500
# What a retry budget allows by default: a fifth of the calls, and ten a second.
SHARE, PER_SECOND = 0.2, 10
# Milliseconds: an instance that holds one call more than each of the others gets less than a hundredth of all calls even
# while those hold eight each, as they do on a busy machine.
SLOW = 2000


@pytest.fixture
def fleet(own_server):
    """Starts a fleet of a name; what it started is gone after the test."""
    fleets = []

    def start(name):
        fleets.append(Fleet(own_server, name))
        return fleets[-1]

    yield start
    for started in fleets:
        started.end()


def bounded(calls, calm, start, end):
    """From five seconds after a failure on, callers see little of it."""
    assert calls.p99(start, end) < 3 * calm, f"p99 {calls.p99(start, end):.1f} ms; calm: {calm:.1f} ms"


@pytest.mark.long
def test_no_call_fails_and_latency_stays_while_instances_and_the_registry_fail(fleet, own_server):
    names = iter(["web", "web-again", "web-once-more"])
    on_a_running_machine(lambda: failures(fleet(next(names)), own_server))


def failures(fleet, registry):
    first, second, third = fleet.services
    caller = Caller(registry, fleet.name, "p2c", RATE, 80)

    caller.at(10)
    first.kill()
    caller.at(19)
    first.start()
    caller.at(22)
    second.pause()
    caller.at(31)
    second.resume()
    caller.at(34)
    third.fault(status=500)
    caller.at(43)
    third.fault(status=200)
    caller.at(46)
    registry.kill()
    caller.at(55)
    registry.start()
    caller.at(60)
    # All of it together: one instance works, and nobody is there to say which.
    registry.kill()
    first.kill()
    second.pause()
    caller.at(69)
    registry.start()
    first.start()
    second.resume()

    calls = caller.finish()
    assert not calls.failed, calls.failed[:5]
    assert len(calls.all) >= 0.95 * RATE * 80
    calm = calls.p99(2, 10)
    for start, end in [(15, 19), (27, 31), (39, 43), (51, 55), (65, 69)]:
        bounded(calls, calm, start, end)
    assert 0 < calls.retries <= SHARE * len(calls.all) + PER_SECOND * 80
    assert len(calls.who(2, 10)) == 3
    assert calls.who(65, 69).keys() == {third.id}
    # Others have work again in the end; who was ejected for failing may still be.
    assert len(calls.who(76, 80)) >= 2
    print(f"calm p99 {calm:.1f} ms; {calls.retries} retries of {len(calls.all)} calls")
    fleet.wait_for(3)


@pytest.mark.long
def test_a_slow_instance_is_avoided_by_those_who_look_at_load(fleet, own_server):
    web = fleet("web")
    web.services[0].fault(delay=SLOW)
    on_a_running_machine(lambda: slow_instance(own_server))


def slow_instance(registry):
    p99 = {}
    for policy in ["round-robin", "p2c", "peak-ewma"]:
        calls = Caller(registry, "web", policy, RATE, 10, timeout=2 * SLOW).finish()
        assert not calls.failed, calls.failed[:5]
        # After what they have to learn.
        p99[policy] = calls.p99(3, 10)
    print({policy: f"{latency:.1f} ms" for policy, latency in p99.items()})
    assert p99["p2c"] * 2 <= p99["round-robin"]
    assert p99["peak-ewma"] * 2 <= p99["round-robin"]
