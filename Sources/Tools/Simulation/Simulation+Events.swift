internal import MusterBalancing
internal import MusterDiscovery

extension Simulation {
  /// Does what an event brings.
  mutating func handle(_ event: Event) {
    switch event.kind {
    case .arrival: arrive(at: event.time)
    case .completion(let call): complete(call, at: event.time)
    case .refusal(let call): end(call, .failure, at: event.time)
    case .deadline(let call): giveUp(call, at: event.time)
    case .trouble: makeTrouble(at: event.time)
    case .detection: publish(1..<plan.instances, at: event.time)
    }
  }

  private mutating func arrive(at time: Int64) {
    let next = time + Int64(random.time(mean: plan.interval))
    let work = random.time(mean: SimulationPlan.work)
    let caller = random.number(below: balancers.count)
    // Mixed by the policies themselves.
    let key = UInt64(random.number(below: SimulationPlan.keys))
    if next < plan.end { schedule(.arrival, at: next) }
    guard let pick = balancers[caller].pick(key: key, at: instant(time)) else { return }
    let machine = Int(pick.instance.endpoint.port) - 1
    let call = calls.count
    calls.append(Call(pick: pick, machine: machine, began: time, work: work))
    if time >= SimulationPlan.start { tally.began(on: machine) }
    schedule(.deadline(call: call), at: time + SimulationPlan.deadline)
    switch machines[machine].state {
    case .working: if machines[machine].accept(call) { begin(call, at: time) }
    case .refusing: schedule(.refusal(call: call), at: time + SimulationPlan.refusal)
    case .hanging: break
    }
  }

  private mutating func begin(_ call: Int, at time: Int64) {
    let pace = machines[calls[call].machine].pace(at: time)
    schedule(.completion(call: call), at: time + Int64(calls[call].work * pace))
  }

  private mutating func complete(_ call: Int, at time: Int64) {
    let machine = calls[call].machine
    // One that has died or hangs in the meantime completes nothing.
    guard machines[machine].state == .working else { return }
    end(call, .success, at: time)
    let calls = calls
    if let next = machines[machine].finish({ calls[$0].isOver }) { begin(next, at: time) }
  }

  private mutating func giveUp(_ call: Int, at time: Int64) { end(call, .failure, at: time) }

  private mutating func end(_ number: Int, _ outcome: PickOutcome, at time: Int64) {
    let call = calls[number]
    // Whoever waited for it has given up before.
    guard let pick = call.pick else { return }
    calls[number].pick = nil
    pick.finish(outcome, at: instant(time))
    guard call.began >= SimulationPlan.start else { return }
    let latency = time - call.began
    // A refusal is quick, and no answer.
    let isTimed = outcome == .success || latency >= SimulationPlan.deadline
    tally.ended(hasFailed: outcome != .success, latency: isTimed ? latency : nil)
  }

  private mutating func makeTrouble(at time: Int64) {
    guard let affected else { return }
    switch scenario {
    case .calm: return
    case .slow: machines[affected].slowness = SimulationPlan.slowness
    case .refusing:
      machines[affected].state = .refusing
      // Its connections break at once.
      for call in calls.indices where calls[call].machine == affected { end(call, .failure, at: time) }
      schedule(.detection, at: time + SimulationPlan.detection)
    case .hanging:
      machines[affected].state = .hanging
      schedule(.detection, at: time + SimulationPlan.detection)
    case .joining, .joiningSlowly:
      machines[affected].coldSince = time
      publish(0..<plan.instances + 1, at: time)
    }
  }
}
