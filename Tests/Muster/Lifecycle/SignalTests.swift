import Glibc
import MusterDiscovery
import MusterProcess
import Testing

@testable import Muster

@Suite("The signals of a process", .serialized)
struct SignalTests {
  /// Waits until the handling of a signal is as wanted.
  private static func wait(for signal: Int32, toBeTaken isTaken: Bool) async {
    while true {
      var action = sigaction()
      unsafe sigaction(signal, nil, &action)
      if unsafe (unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 0) == isTaken { return }
      await Task.yield()
    }
  }

  @Test("are taken once, by everybody who waits, and then do what they did before")
  func trap() async throws {
    let (numbers, arrived) = AsyncStream.makeStream(of: Int32.self)
    let traps = try (0..<2).map { _ in try SignalTrap([SIGUSR1, SIGUSR2]) { arrived.yield($0) } }
    kill(getpid(), SIGUSR1)
    var seen: [Int32] = []
    for await number in numbers {
      seen.append(number)
      if seen.count == 2 { break }
    }
    #expect(seen == [SIGUSR1, SIGUSR1])
    await Self.wait(for: SIGUSR1, toBeTaken: false)
    withExtendedLifetime(traps) {}
  }

  @Test("are left alone again when nobody waits any more")
  func release() async throws {
    do {
      let trap = try SignalTrap([SIGUSR2]) { _ in }
      await Self.wait(for: SIGUSR2, toBeTaken: true)
      withExtendedLifetime(trap) {}
    }
    await Self.wait(for: SIGUSR2, toBeTaken: false)
  }

  @Test(
    "end a scope with a registration", arguments: [(SIGTERM, LifecycleSettings.Signal.terminate), (SIGINT, .interrupt)])
  func scope(number: Int32, signal: LifecycleSettings.Signal) async throws {
    let registry = InMemoryDiscovery()
    let (events, arrived) = AsyncStream.makeStream(of: LifecycleEvent.self)
    let settings = LifecycleSettings(drainDelay: .zero, onEvent: { arrived.yield($0) })
    let result: Void? = try await withRegistration(
      Registration(service: "web", port: 80), with: registry, settings: settings
    ) {
      await Self.wait(for: number, toBeTaken: true)
      for await event in events {
        if case .registered = event { kill(getpid(), number) }
        if case .signal(let seen) = event { #expect(seen == signal) }
        if event == .deregistered { break }
      }
      try await Task.sleep(for: .seconds(3_600))
    }
    #expect(result == nil)
    #expect(try await registry.discover("web") == [])
  }
}
