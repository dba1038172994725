internal import MusterThreading
internal import MusterThrift

/// Answers what it is asked, and remembers what it is told.
final class Service: Interop {
  private let told = Locked<[String]>([])

  func echo(everything: Everything) async throws -> Everything { everything }
  func text(text: String) async throws -> String { text }
  func data(data: [UInt8]) async throws -> [UInt8] { data }
  func add(a: Int32, b: Int32) async throws -> Int32 { a &+ b }

  func divide(a: Int32, b: Int32) async throws -> Int32 {
    guard b != 0 else { throw Refused(reason: "größe 0", code: 7) }
    return a / b
  }

  func nothing() async throws {}

  func fail(how: String) async throws { throw ThriftApplicationException(.internalError, how) }

  func note(text: String) async throws { told.withLock { $0.append(text) } }

  func notes() async throws -> [String] { told.withLock { $0 } }
}
