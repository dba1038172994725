import MusterThrift
import Synchronization
import Testing

@Suite("Generated services")
struct ServiceTests {
  private let service = Machine()
  private var client: CalculatorClient<Loop<CalculatorHandler<Machine>>> {
    CalculatorClient(Loop(CalculatorHandler(service)))
  }

  @Test("answer a client's calls")
  func calls() async throws {
    #expect(try await client.add(a: 1, b: 2) == 3)
    try await client.ping()
    try await client.store(everything: Samples.full, at: nil)
    #expect(try await client.points(origins: ["a": Point(x: 1)], count: 2) == [Point(x: 1), Point(x: 1)])
    #expect(try await client.shape(shape: .text("a")) == .inner(.text("a")))
    #expect(try await client.internal(extension: "a", result: "b", Self_: "c") == "abc")
    #expect(try await client.echo(data: [1, 2, 0]) == [1, 2, 0])
  }

  @Test("throw the exceptions that a method declares")
  func exceptions() async {
    await #expect(throws: Refused(reason: "both are 0", color: .RED)) { try await client.add(a: 0, b: 0) }
    await #expect(throws: NotFound(id: 1)) { try await client.add(a: -1, b: 0) }
    await #expect(throws: Refused(reason: "has a place", color: .GREEN)) {
      try await client.store(everything: Samples.bare, at: Point(x: 1))
    }
  }

  @Test("answer any other failure with what went wrong")
  func failures() async {
    await #expect(throws: ThriftApplicationException(.internalError, "Broken()")) {
      try await client.echo(data: [])
    }
    await #expect(throws: ThriftApplicationException(.unknown, "tired")) { try await client.add(a: 7, b: 7) }
  }

  @Test("take oneway calls")
  func oneway() async throws {
    try await client.fire(text: "bang")
    #expect(service.fired.withLock { $0 } == ["bang"])
  }

  @Test("refuse methods that they do not have, and arguments that can't be read")
  func refusals() async throws {
    let other = BaseClient(Loop(NobodyHandler(Silence())))
    await #expect(throws: ThriftApplicationException(.unknownMethod, "unknown method \"ping\"")) {
      try await other.ping()
    }
    let loop = Loop(CalculatorHandler(service))
    let error = await #expect(throws: ThriftApplicationException.self) {
      try await loop.call(
        CalculatorCalls.shape, BaseCalls.ArgumentsOfPing(), returning: CalculatorCalls.ResultOfShape.self)
    }
    #expect(error?.code == .protocolError)
  }

  @Test("say which methods may be called twice, and which are not answered")
  func methods() {
    #expect(BaseCalls.ping == ThriftMethod("ping", isIdempotent: true))
    #expect(CalculatorCalls.add == ThriftMethod("add", isIdempotent: true))
    #expect(CalculatorCalls.fire == ThriftMethod("fire", isOneway: true))
    #expect(CalculatorCalls.echo == ThriftMethod("echo"))
  }

  @Test("refuse an answer without a value")
  func missingResult() {
    let error = #expect(throws: ThriftApplicationException.self) { try CalculatorCalls.ResultOfAdd().outcome() }
    #expect(error?.code == .missingResult)
  }
}

/// Carries calls to a handler through bytes.
private struct Loop<Handler: ThriftHandling>: ThriftCalling {
  private let handler: Handler

  init(_ handler: Handler) { self.handler = handler }

  func call<Arguments: ThriftCodable, Result: ThriftCodable>(
    _ method: ThriftMethod, _ arguments: Arguments, returning: Result.Type
  ) async throws -> Result {
    let head = ThriftMessageHead(method.name, .call, sequenceID: 3)
    var bytes: [UInt8] = []
    let reply = try await handler.answer(request(head, arguments))
    try reply.write(answering: head, to: &bytes, as: .compact)
    let answer = try ThriftReceivedMessage(bytes, as: .compact)
    if answer.head.type == .exception { throw try answer.body(as: ThriftApplicationException.self) }
    return try answer.body(as: Result.self)
  }

  func send<Arguments: ThriftCodable>(_ method: ThriftMethod, _ arguments: Arguments) async throws {
    _ = try await handler.answer(request(ThriftMessageHead(method.name, .oneway, sequenceID: 4), arguments))
  }

  private func request(_ head: ThriftMessageHead, _ arguments: some ThriftCodable) throws -> ThriftRequest {
    var bytes: [UInt8] = []
    try ThriftOutgoingBody.typed(arguments).write(head, to: &bytes, as: .compact)
    return ThriftRequest(try ThriftReceivedMessage(bytes, as: .compact))
  }
}

private struct Broken: Error {}

private struct Silence: Nobody {}

private final class Machine: Calculator {
  let fired = Mutex<[String]>([])

  func ping() {}

  func add(a: Int32, b: Int32) throws -> Int32 {
    if a == 7 { throw ThriftApplicationException(.unknown, "tired") }
    if a < 0 { throw NotFound(id: 1) }
    guard a != 0 || b != 0 else { throw Refused(reason: "both are 0", color: .RED) }
    return a + b
  }

  func store(everything: Everything, at place: Point?) throws {
    guard place == nil else { throw Refused(reason: "has a place", color: .GREEN) }
  }

  func fire(text: String) { fired.withLock { $0.append(text) } }

  func points(origins: [String: Point], count: Int32) -> [Point] {
    origins.values.flatMap { Array(repeating: $0, count: Int(count)) }
  }

  func shape(shape: Shape) -> Shape { .inner(shape) }

  func `internal`(extension name: String, result: String, Self_: String) -> String { name + result + Self_ }

  func echo(data: [UInt8]) throws -> [UInt8] {
    guard !data.isEmpty else { throw Broken() }
    return data
  }
}
