import MusterThrift
import Testing

/// A recorded message and how it speaks.
struct Recording: Sendable, CustomTestStringConvertible {
  let kind: ThriftProtocol
  let bytes: [UInt8]
  let message: ThriftMessage
  let shapes: ThriftShapes?
  let library: String

  var testDescription: String { "\(library), \(kind)" }

  static let all = [
    Recording(
      kind: .binary, bytes: Recorded.binary, message: Expected.thriftPy(sequenceID: -1), shapes: nil,
      library: "ThriftPy"),
    Recording(
      kind: .oldBinary, bytes: Recorded.oldBinary, message: Expected.thriftPy(sequenceID: -1), shapes: nil,
      library: "ThriftPy"),
    Recording(
      kind: .compact, bytes: Recorded.compact, message: Expected.thriftPy(sequenceID: 70_000), shapes: nil,
      library: "ThriftPy"),
    Recording(
      kind: .thriftPyJSON, bytes: Recorded.thriftPyJSON, message: Expected.thriftPy(sequenceID: -1),
      shapes: Expected.shapes, library: "ThriftPy"),
    Recording(kind: .binary, bytes: Recorded.apacheBinary, message: Expected.apache, shapes: nil, library: "Apache"),
    Recording(kind: .compact, bytes: Recorded.apacheCompact, message: Expected.apache, shapes: nil, library: "Apache"),
    Recording(
      kind: .json, bytes: Recorded.apacheJSON, message: Expected.apache, shapes: Expected.apacheShapes,
      library: "Apache"),
    Recording(
      kind: .json, bytes: Array(#"[1,"add",1,7,{"1":{"i32":2},"2":{"i32":-3}}]"#.utf8),
      message: ThriftMessage(
        ThriftMessageHead("add", .call, sequenceID: 7),
        ThriftStruct([ThriftField(1, .i32(2)), ThriftField(2, .i32(-3))])), shapes: nil, library: "ThriftPy"),
  ]
}

@Suite("What other libraries write")
struct RecordedTests {
  @Test("is read as what it means", arguments: Recording.all)
  func read(_ recording: Recording) throws {
    let message = try ThriftMessage(recording.bytes, as: recording.kind, shapes: recording.shapes)
    #expect(message == recording.message)
  }

  @Test("is what is written here, byte for byte in the protocols that leave no choice", arguments: Recording.all)
  func write(_ recording: Recording) throws {
    var bytes: [UInt8] = [0xAA]
    try recording.message.write(to: &bytes, as: recording.kind, shapes: recording.shapes)
    #expect(bytes.removeFirst() == 0xAA)
    let message = try ThriftMessage(bytes, as: recording.kind, shapes: recording.shapes)
    #expect(message == recording.message)
    if recording.kind != .thriftPyJSON, recording.bytes != Recorded.apacheJSON { #expect(bytes == recording.bytes) }
  }

  @Test("is scanned to its end, and no part of it is taken for the whole", arguments: Recording.all)
  func scan(_ recording: Recording) throws {
    var scanner = ThriftScanner(recording.kind)
    for count in 0..<recording.bytes.count {
      guard case .needMore(let least) = try scanner.scan(recording.bytes[..<count]) else {
        Issue.record("\(count) of \(recording.bytes.count) bytes were taken for the whole")
        return
      }
      #expect(least > count && least <= recording.bytes.count)
    }
    let more = recording.bytes + recording.bytes
    #expect(try scanner.scan(more) == .complete(recording.bytes.count))
    #expect(scanner.head?.head == recording.message.head)
    var second = ThriftScanner(recording.kind)
    #expect(try second.scan(more) == .complete(recording.bytes.count))
  }

  @Test("is refused by a reader at whatever byte it ends", arguments: Recording.all)
  func truncated(_ recording: Recording) {
    for count in 0..<recording.bytes.count {
      let error = #expect(throws: ThriftError.self) {
        try ThriftMessage(recording.bytes[..<count], as: recording.kind, shapes: recording.shapes)
      }
      #expect(error?.code == .truncated, "\(count) bytes: \(String(describing: error))")
    }
  }

  @Test("keeps its body when its head is replaced", arguments: Recording.all)
  func replace(_ recording: Recording) throws {
    let place = try #require(try recording.kind.place(in: recording.bytes))
    #expect(place.head == recording.message.head)
    let head = ThriftMessageHead("Other:a much longer name", .call, sequenceID: -70_000)
    let bytes = recording.kind.replacingHead(place, in: recording.bytes.span, with: head)
    let message = try ThriftMessage(bytes, as: recording.kind, shapes: recording.shapes)
    #expect(message == ThriftMessage(head, recording.message.body))
  }

  @Test("gets another sequence ID in place where the protocol has a place for it", arguments: Recording.all)
  func sequence(_ recording: Recording) throws {
    let place = try #require(try recording.kind.place(in: recording.bytes))
    var bytes = recording.bytes
    var span = bytes.mutableSpan
    let isSet = place.setSequenceID(0x0102_0304, in: &span)
    #expect(isSet == [.binary, .oldBinary].contains(recording.kind))
    var expected = recording.message
    if isSet { expected.head.sequenceID = 0x0102_0304 }
    #expect(try ThriftMessage(bytes, as: recording.kind, shapes: recording.shapes) == expected)
  }
}
