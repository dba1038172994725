import MusterDiscovery
import MusterTestSupport
import Testing

@testable import Muster

@Suite("What is done to keep an instance registered")
struct RegistrationLeaseTests {
  private var lease = RegistrationLease(ttl: .seconds(15))

  @Test("it is registered, reported for at once, and then at a third of the TTL")
  mutating func normal() {
    #expect(lease.step == .ask(.register))
    #expect(lease.answered(nil, chance: 1) == [.registered])
    #expect(lease.step == .ask(.renew))
    for _ in 0..<3 {
      #expect(lease.answered(nil, chance: 1) == [])
      #expect(lease.step == .pause(.seconds(5), then: .renew))
      lease.paused()
      #expect(lease.step == .ask(.renew))
    }
  }

  @Test("without a TTL there is nothing to do after the registration")
  mutating func noTTL() {
    lease = RegistrationLease(ttl: nil)
    #expect(lease.answered(nil, chance: 1) == [.registered])
    #expect(lease.step == .rest)
    #expect(RegistrationLease(ttl: nil, isRegistered: true).step == .rest)
    #expect(RegistrationLease(ttl: .seconds(3), isRegistered: true).step == .ask(.renew))
  }

  @Test("when the registry has lost it, it is registered again at once")
  mutating func lost() {
    for _ in 0..<2 { _ = lease.answered(nil, chance: 1) }
    lease.paused()
    #expect(lease.answered(.notRegistered, chance: 1) == [])
    #expect(lease.step == .ask(.register))
    #expect(lease.answered(nil, chance: 1) == [.registeredAgain])
    #expect(lease.step == .ask(.renew))
  }

  @Test("a registry that forgets at once is not asked over and over")
  mutating func forgetful() {
    var pauses: [RegistrationLease.Step] = []
    for _ in 0..<3 {
      _ = lease.answered(nil, chance: 1)
      _ = lease.answered(.notRegistered, chance: 1)
      pauses.append(lease.step)
      lease.paused()
    }
    #expect(pauses == [100, 200, 400].map { .pause(.milliseconds($0), then: .register) })
  }

  @Test("a registry that is away is tried again, sooner than the reports are due, and told of once")
  mutating func away() {
    #expect(lease.answered(.unavailable, chance: 1) == [.unreachable])
    #expect(lease.step == .pause(.milliseconds(100), then: .register))
    for _ in 0..<10 {
      lease.paused()
      #expect(lease.answered(.invalidResponse, chance: 1) == [])
    }
    #expect(lease.step == .pause(.seconds(5), then: .register))
    lease.paused()
    #expect(lease.answered(nil, chance: 1) == [.reachable, .registered])
  }

  @Test(
    "a registry that refuses the first registration will never take it",
    arguments: [DiscoveryError.Code.refused, .invalidArgument, .notSupported, .notRegistered])
  mutating func refused(code: DiscoveryError.Code) {
    #expect(lease.answered(.unavailable, chance: 1) == [.unreachable])
    lease.paused()
    #expect(lease.answered(code, chance: 1) == [])
    #expect(lease.step == .giveUp)
  }

  @Test("one that refuses later is tried again")
  mutating func refusedLater() {
    for _ in 0..<2 { _ = lease.answered(nil, chance: 1) }
    lease.paused()
    #expect(lease.answered(.refused, chance: 1) == [.refused])
    #expect(lease.step == .pause(.seconds(10), then: .renew))
    lease.paused()
    #expect(lease.answered(.refused, chance: 1) == [])
    lease.paused()
    #expect(lease.answered(nil, chance: 1) == [.reachable])
  }

  @Test(
    "whatever the registry says, no pause is longer than 10 s and no two requests follow without one for long",
    arguments: 0..<20 as Range<UInt64>)
  mutating func random(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    _ = lease.answered(nil, chance: 0)
    var inARow = 0
    for _ in 0..<500 {
      switch lease.step {
      case .ask:
        inARow += 1
        // A report that is lost, the registration, and the report after it.
        #expect(inARow <= 3)
        let codes: [DiscoveryError.Code?] = [nil, .notRegistered, .unavailable, .refused, .invalidResponse]
        let isFaulty = Int.random(in: 0..<3, using: &random) == 0
        _ = lease.answered(isFaulty ? codes.randomElement(using: &random) ?? nil : nil, chance: 0)
      case .pause(let time, _):
        inARow = 0
        #expect(time <= .seconds(10) && time >= .milliseconds(50))
        lease.paused()
      case .rest, .giveUp: Issue.record("\(lease.step)")
      }
    }
  }
}
