internal import MusterCalling
internal import MusterDiscovery
internal import MusterThrift
internal import MusterThriftClient

/// Calls every method of a server, and checks what it answers.
struct Caller {
  let port: UInt16
  let settings: ThriftClientSettings
  let isShallow: Bool

  func run() async throws {
    let client = try ThriftClient(
      "interop", settings: CallSettings(deadline: .seconds(60), attemptTimeout: .seconds(60)), connection: settings)
    defer { client.close() }
    let endpoint = Endpoint(host: "127.0.0.1", port: port)
    client.caller.update(
      Snapshot(service: "interop", instances: [Instance(id: "a", service: "interop", endpoint: endpoint)]))
    let service = InteropClient(client)
    try await values(service)
    try await failures(service)
    try await many(service)
  }

  private func values(_ service: some Interop) async throws {
    for var everything in [Self.full, Self.bare] {
      if isShallow { everything.nested = [] }
      try check(await service.echo(everything: everything) == everything, "echo")
    }
    for text in ["", "größe 😀\n\"\\", String(repeating: "long ü", count: isShallow ? 10 : 1_500_000)] {
      try check(await service.text(text: text) == text, "text")
    }
    for data in [[], [0, 0xFF, 0x80], [UInt8](repeating: 0xC3, count: isShallow ? 1_000 : 10_000_000)] {
      try check(await service.data(data: data) == data, "data")
    }
    try check(await service.add(a: .max, b: -1) == .max - 1, "add")
    try await service.nothing()
  }

  private func failures(_ service: some Interop) async throws {
    do {
      _ = try await service.divide(a: 1, b: 0)
      try check(false, "divide")
    } catch let refused as Refused {
      try check(refused == Refused(reason: "größe 0", code: 7), "\(refused)")
    }
    try check(await service.divide(a: 7, b: 2) == 3, "divide")
    try await service.note(text: "hört")
    // It may still be on its way, on another connection.
    while try await !service.notes().contains("hört") { await Task.yield() }
  }

  private func many(_ service: some Interop) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 0..<20 as Range<Int32> {
        group.addTask {
          for index in 0..<(isShallow ? 5 : 200) as Range<Int32> {
            guard try await service.add(a: task, b: index) == task + index else { return false }
          }
          return true
        }
      }
      for try await isRight in group { try check(isRight, "add") }
    }
  }

  private func check(_ condition: Bool, _ what: String) throws {
    guard condition else { throw Wrong(what: what) }
  }

  private struct Wrong: Error, CustomStringConvertible {
    let what: String
    var description: String { "wrong: \(what)" }
  }

  private static let bare = Everything(
    yes: false, no: true, small: 0, short_one: 0, medium: 0, large: 0, real: 0, text: "", data: [],
    point: Point(x: 0, y: 0), numbers: [], words: [], sizes: [:], nested: [], points: [:], flags: [], color: .RED,
    paths: [:])

  private static let full = Everything(
    yes: true, no: false, small: -5, short_one: -300, medium: 100_000, large: -(1 << 60), real: 1.5,
    text: "grüße \"x\"\n", data: [0, 0xFF, 0x80], point: Point(x: 1, y: -1), numbers: [1, -2, 3], words: ["ab", "ü"],
    sizes: ["a": 1 << 40], nested: [[1, 2], [], [-3]], points: [7: Point(x: 70, y: -70)],
    flags: [true, false, true], color: .BLUE, paths: ["p": (0..<17).map { Point(x: $0, y: -$0) }], rest: "end")
}
