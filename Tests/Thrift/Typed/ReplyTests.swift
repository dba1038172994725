import MusterThrift
import Testing

@Suite("What answers a call")
struct ReplyTests {
  private static let call = ThriftMessageHead("library:put", .call, sequenceID: -3)

  private static func answer(_ reply: ThriftReply, as kind: ThriftProtocol) throws -> ThriftReceivedMessage {
    var bytes: [UInt8] = []
    try reply.write(answering: call, to: &bytes, as: kind)
    return try ThriftReceivedMessage(bytes, as: kind)
  }

  @Test("is a result with the call's name and number", arguments: ThriftProtocol.allCases)
  func result(_ kind: ThriftProtocol) throws {
    let typed = try Self.answer(.result(Book("a", 2)), as: kind)
    let dynamic = try Self.answer(.result(try Book("a", 2).structure(), shapes: Book.shapes), as: kind)
    for answer in [typed, dynamic] {
      #expect(answer.head == ThriftMessageHead("put", .reply, sequenceID: -3))
      #expect(try answer.body(as: Book.self) == Book("a", 2))
    }
  }

  @Test("is an exception that says why", arguments: ThriftProtocol.allCases)
  func exceptions(_ kind: ThriftProtocol) throws {
    let cases: [(ThriftReply, ThriftApplicationException)] = [
      (.unknown(method: "fly"), .init(.unknownMethod, "unknown method \"fly\"")),
      (.refusal(ThriftError(.malformed, "no", at: 3)), .init(.protocolError, "no, at byte 3")),
      (.exception(.init(.init(rawValue: 77), "odd")), .init(.init(rawValue: 77), "odd")),
    ]
    for (reply, exception) in cases {
      let answer = try Self.answer(reply, as: kind)
      #expect(answer.head == ThriftMessageHead("put", .exception, sequenceID: -3))
      #expect(try answer.body(as: ThriftApplicationException.self) == exception)
    }
  }

  @Test("is refused where ThriftPy's JSON would need a name for a field")
  func withoutShapes() {
    #expect(throws: ThriftError.self) {
      try Self.answer(.result(ThriftStruct([ThriftField(0, .i32(1))]), shapes: nil), as: .thriftPyJSON)
    }
  }

  @Test("is nothing for a oneway method")
  func nothing() throws {
    var bytes: [UInt8] = [1]
    try ThriftReply.none.write(answering: Self.call, to: &bytes, as: .binary)
    #expect(bytes == [1])
    #expect(ThriftReply.none.isNone && !ThriftReply.unknown(method: "a").isNone)
  }

  @Test("shows an exception in words")
  func descriptions() {
    #expect("\(ThriftApplicationException(.unknownMethod, "no \"a\""))" == "no \"a\" (unknown method)")
    #expect("\(ThriftApplicationException(.init(rawValue: -1), ""))" == "code -1")
  }

  @Test("knows service and method of a call", arguments: ThriftProtocol.allCases)
  func request(_ kind: ThriftProtocol) throws {
    var bytes: [UInt8] = []
    try ThriftOutgoingBody.typed(Book("a", 2)).write(
      ThriftMessageHead("library:put", .oneway), to: &bytes, as: kind)
    let request = ThriftRequest(try ThriftReceivedMessage(bytes, as: kind))
    #expect(request.method == "put")
    #expect(request.service == "library")
    #expect(request.isOneway)
    #expect(try request.arguments(as: Book.self) == Book("a", 2))
    #expect(try request.arguments(shapes: Book.shapes)[1] == .string("a"))
  }
}
