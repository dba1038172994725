import MusterThrift
import Testing

@Suite("Frames")
struct FramingTests {
  private static let message = ThriftMessage(
    ThriftMessageHead("add", .call, sequenceID: 7), ThriftStruct([ThriftField(1, .i32(2)), ThriftField(2, .i32(-3))]))
  static let dialects =
    ThriftProtocol.allCases.flatMap { kind in [.unframed, .framed].map { ThriftDialect(kind, $0) } }
    + [ThriftDialect(.binary, .header), ThriftDialect(.compact, .header)]
  private static let shapes = ThriftShapes(root: "add", ["add": [.init(1, "a", .i32), .init(2, "b", .i32)]])

  /// The message in a frame.
  static func frame(_ dialect: ThriftDialect) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let header = ThriftHeader(dialect.protocol, sequenceID: 5, flags: 3, info: [.init("trace", "abc")])
    let start = try dialect.framing.beginFrame(in: &bytes, header: header)
    try message.write(to: &bytes, as: dialect.protocol, shapes: shapes)
    try dialect.framing.endFrame(at: start, in: &bytes)
    return bytes
  }

  @Test("are found one after the other, whatever the parts in which they arrive", arguments: dialects)
  func sequence(_ dialect: ThriftDialect) throws {
    let frame = try Self.frame(dialect)
    var deframer = ThriftDeframer(dialect)
    for _ in 0..<3 {
      for count in 0..<frame.count {
        guard case .needMore(let least) = try deframer.next(frame[..<count]) else {
          Issue.record("\(count) of \(frame.count) bytes were taken for the whole")
          return
        }
        #expect(least > count && least <= frame.count)
      }
      guard case .complete(let found) = try deframer.next(frame + frame) else {
        Issue.record("the frame is not found")
        return
      }
      #expect(found.length == frame.count)
      #expect((found.header != nil) == (dialect.framing == .header))
      #expect(
        try ThriftMessage(frame[found.message], as: dialect.protocol, shapes: Self.shapes) == Self.message)
    }
  }

  @Test("of ThriftPy are found")
  func thriftPy() throws {
    let bytes = Recorded.hex("0000001e80010001000000036164640000000708000100000002080002fffffffd00")
    #expect(try Self.frame(ThriftDialect(.binary, .framed)) == bytes)
  }

  @Test("of THeader are found as Apache's library writes them")
  func header() throws {
    for (kind, bytes) in [(ThriftProtocol.binary, Recorded.headerBinary), (.compact, Recorded.headerCompact)] {
      var deframer = ThriftDeframer(ThriftDialect(kind, .header))
      guard case .complete(let frame) = try deframer.next(bytes) else {
        Issue.record("the frame is not found")
        return
      }
      let header = ThriftHeader(kind, sequenceID: 5, info: [.init("trace", "abc123")])
      #expect(frame.header == header)
      let message = ThriftMessage(ThriftMessageHead("ping", .call, sequenceID: 5), ThriftStruct())
      #expect(try ThriftMessage(bytes[frame.message], as: kind) == message)
      var written: [UInt8] = []
      let start = try ThriftFraming.header.beginFrame(in: &written, header: header)
      try message.write(to: &written, as: kind)
      try ThriftFraming.header.endFrame(at: start, in: &written)
      #expect(written == bytes)
    }
  }

  @Test(
    "that are none are refused",
    arguments: [
      ("00000000", ThriftFraming.framed, ThriftError.Code.malformed), ("ffffffff", .framed, .malformed),
      ("80010001", .framed, .malformed), ("00fa0000", .framed, .limit), ("7fffffff", .header, .limit),
      ("00000004 80010001", .header, .malformed), ("0000000a 0ffe 0000 00000000 0000", .header, .malformed),
      ("0000000a 0fff 0000 00000000 0001", .header, .malformed),
      ("0000000e 0fff 0000 00000000 0001 80808080", .header, .malformed),
      ("0000000e 0fff 0000 00000000 0001 01000000", .header, .unsupported),
      ("0000000e 0fff 0000 00000000 0001 00010200", .header, .unsupported),
      ("0000000e 0fff 0000 00000000 0001 00000105", .header, .malformed),
      ("0000000e 0fff 0000 00000000 0001 02000000", .header, .malformed),
      ("00000012 0fff 0000 00000000 0002 00000101 ff010000", .header, .malformed),
    ])
  func bad(_ digits: String, _ framing: ThriftFraming, _ code: ThriftError.Code) {
    var deframer = ThriftDeframer(ThriftDialect(.binary, framing))
    let error = #expect(throws: ThriftError.self) { try deframer.next(Recorded.hex(digits)) }
    #expect(error?.code == code, "\(String(describing: error))")
  }

  @Test("of THeader with a transform are refused by its name")
  func transform() {
    var deframer = ThriftDeframer(ThriftDialect(.binary, .header))
    let error = #expect(throws: ThriftError.self) { try deframer.next(Recorded.headerZlib) }
    #expect(error?.code == .unsupported)
    #expect(error?.message == "THeader's transform 1 (zlib) is not supported: send without transforms")
  }

  @Test("of THeader have no form for JSON, nor for pairs beyond what a head can hold")
  func unwritable() {
    var bytes: [UInt8] = []
    let json = #expect(throws: ThriftError.self) {
      try ThriftFraming.header.beginFrame(in: &bytes, header: ThriftHeader(.json))
    }
    #expect(json?.code == .unsupported)
    let pair = ThriftHeader.Info("key", String(repeating: "v", count: 300_000))
    let size = #expect(throws: ThriftError.self) {
      try ThriftFraming.header.beginFrame(in: &bytes, header: ThriftHeader(.binary, info: [pair]))
    }
    #expect(size?.code == .limit)
  }
}
