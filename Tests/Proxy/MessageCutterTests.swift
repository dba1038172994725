import MusterThrift
import Testing

@testable import MusterProxy

@Suite("Cutting messages")
struct MessageCutterTests {
  private static let dialects: [ThriftDialect] = [
    ThriftDialect(.binary, .unframed), ThriftDialect(.binary, .framed), ThriftDialect(.binary, .header),
    ThriftDialect(.oldBinary, .unframed), ThriftDialect(.oldBinary, .framed), ThriftDialect(.compact, .unframed),
    ThriftDialect(.compact, .framed), ThriftDialect(.compact, .header), ThriftDialect(.json, .unframed),
    ThriftDialect(.json, .framed),
  ]

  private static func message(_ number: Int32, in dialect: ThriftDialect) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let header = dialect.framing == .header ? ThriftHeader(dialect.protocol, sequenceID: number) : nil
    let start = try dialect.framing.beginFrame(in: &bytes, header: header)
    let body = ThriftStruct([ThriftField(1, .i32(number)), ThriftField(2, .string("text \(number)"))])
    try ThriftMessage(ThriftMessageHead("add", .call, sequenceID: number), body).write(to: &bytes, as: dialect.protocol)
    try dialect.framing.endFrame(at: start, in: &bytes)
    return bytes
  }

  @Test("a stream of messages is cut where they end, however it arrives", arguments: dialects)
  func cutting(dialect: ThriftDialect) throws {
    let stream = try (0..<40).flatMap { try Self.message($0, in: dialect) }
    for size in [1, 7, 100, stream.count] {
      var cutter = MessageCutter(nil, messageSize: 1_000_000)
      var (pending, numbers) = (ByteQueue(), [Int32]())
      for start in stride(from: 0, to: stream.count, by: size) {
        pending.append(Array(stream[start..<min(start + size, stream.count)]).span)
        while let message = try step(&cutter, pending) {
          numbers.append(message.head.sequenceID)
          #expect(message.head.name == "add")
          #expect(message.header?.header.sequenceID ?? numbers.last == numbers.last)
          pending.drop(message.length)
        }
      }
      #expect(numbers == Array(0..<40))
      #expect(cutter.dialect == dialect)
      #expect(pending.isEmpty)
    }
  }

  private func step(_ cutter: inout MessageCutter, _ queue: ByteQueue) throws -> CutMessage? {
    let bytes = queue.withSpan { [UInt8](copying: $0) }
    return try cutter.next(bytes.span)
  }

  private func refuses(_ cutter: inout MessageCutter, _ bytes: [UInt8]) -> Bool {
    do {
      _ = try cutter.next(bytes.span)
      return false
    } catch {
      return true
    }
  }

  @Test(
    "what is no message is refused",
    arguments: [
      ("GET / HTTP/1.1\r\n", nil), ("\u{0}\u{0}\u{0}\u{0}\u{0}", nil),
      ("\u{0}\u{0}\u{0}\u{4}abcdefgh", ThriftDialect(.binary, .framed)),
      ("\u{7F}\u{7F}\u{7F}\u{7F}", ThriftDialect(.binary, .framed)), ("x", ThriftDialect(.json, .unframed)),
      ("\u{0}\u{0}\u{0}\u{1}x", ThriftDialect(.compact, .framed)),
    ] as [(String, ThriftDialect?)])
  func nonsense(text: String, dialect: ThriftDialect?) {
    var cutter = MessageCutter(dialect, messageSize: 1_000)
    let bytes = Array(text.utf8)
    #expect(refuses(&cutter, bytes))
  }

  @Test("a message that is larger than allowed is refused before it is there", arguments: dialects.prefix(3))
  func tooLarge(dialect: ThriftDialect) {
    var cutter = MessageCutter(dialect, messageSize: 1_024)
    let frame: [UInt8] = [0, 0, 8, 0, 0x80, 1, 0, 1, 0, 0, 0, 3]
    let bare: [UInt8] = [0x80, 1, 0, 1, 0, 0, 0, 1, 97, 0, 0, 0, 0, 11, 0, 1, 0, 0, 8, 0]
    let bytes = dialect.framing == .unframed ? bare : frame
    #expect(refuses(&cutter, bytes))
  }

  @Test("a change of protocol within a connection is refused")
  func change() throws {
    let first = try Self.message(1, in: ThriftDialect(.binary, .framed))
    let second = try Self.message(2, in: ThriftDialect(.compact, .framed))
    var cutter = MessageCutter(nil, messageSize: 1_000)
    #expect(!refuses(&cutter, first))
    #expect(refuses(&cutter, second))
  }

  @Test("random bytes are cut, waited for or refused, and nothing else", arguments: 1...300)
  func random(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let dialect = Self.dialects.randomElement(using: &random) ?? ThriftDialect(.binary, .framed)
    var bytes = try (0..<5).flatMap { try Self.message($0, in: dialect) }
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] = UInt8.random(in: 0...255, using: &random)
    }
    var cutter = MessageCutter(Bool.random(using: &random) ? dialect : nil, messageSize: 10_000)
    var (pending, refused) = (ByteQueue(), false)
    for byte in bytes where !refused {
      pending.append([byte].span)
      do {
        while let message = try step(&cutter, pending) {
          #expect(message.length > 0 && message.length <= pending.count)
          pending.drop(message.length)
        }
      } catch is ThriftError {
        refused = true
      }
    }
    #expect(refused || pending.count <= bytes.count)
  }

  @Test("a failure is told in the caller's dialect", arguments: dialects + [ThriftDialect(.thriftPyJSON, .unframed)])
  func failure(dialect: ThriftDialect) throws {
    let head = ThriftMessageHead("Calculator:add", .call, sequenceID: 77)
    let header = dialect.framing == .header ? ThriftHeader(dialect.protocol, sequenceID: 5, flags: 3) : nil
    let bytes = try FailureAnswer.bytes(to: head, header: header, in: dialect, saying: "calc: nobody is there äöü")
    var cutter = MessageCutter(dialect, messageSize: 10_000)
    guard let message = try cutter.next(bytes.span) else {
      Issue.record("no message: \(bytes)")
      return
    }
    #expect(message.length == bytes.count)
    #expect(message.head == ThriftMessageHead("add", .exception, sequenceID: 77))
    #expect(message.header?.header.sequenceID == header?.sequenceID)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("calc: nobody is there"))
  }

  @Test(
    "an answer must be one to its call",
    arguments: [
      (ThriftMessageHead("add", .reply, sequenceID: 4), nil),
      (ThriftMessageHead("add", .exception, sequenceID: 4), nil),
      (ThriftMessageHead("add", .reply, sequenceID: 5), "sequence id 5, not 4"),
      (ThriftMessageHead("add", .call, sequenceID: 4), "not a reply"),
    ] as [(ThriftMessageHead, String?)])
  func faults(answer: ThriftMessageHead, fault: String?) {
    let call = CallHead(
      message: ThriftMessageHead("add", .call, sequenceID: 4), header: nil, dialect: ThriftDialect(.binary, .framed))
    #expect((call.fault(in: answer) == nil) == (fault == nil))
    if let fault { #expect(call.fault(in: answer)?.contains(fault) == true) }
  }
}
