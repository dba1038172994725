import MusterThrift
import Testing

@Suite("The first bytes of a connection")
struct DetectionTests {
  @Test("tell how it speaks", arguments: FramingTests.dialects)
  func detect(_ dialect: ThriftDialect) throws {
    let frame = try FramingTests.frame(dialect)
    let enough = try #require(try (0...frame.count).first { try ThriftDialect.detect(frame[..<$0]) != nil })
    #expect(enough <= (dialect.framing == .header ? 15 : 9))
    for count in enough...frame.count { #expect(try ThriftDialect.detect(frame[..<count]) == dialect) }
  }

  @Test("are recognised in what other libraries write", arguments: Recording.all)
  func recorded(_ recording: Recording) throws {
    #expect(try ThriftDialect.detect(recording.bytes) == ThriftDialect(recording.kind, .unframed))
  }

  @Test(
    "are refused if nothing of Thrift begins so",
    arguments: [
      "474554202f20485454502f312e31", "160301020001000001fc", "00000000", "ffffffffffffffff", "8221", "50524920",
      "00000010 00000000 00", "00000010 00000011 00", "00000014 0fff 0000 00000000 0001 07",
    ])
  func unknown(_ digits: String) throws {
    let bytes = Recorded.hex(digits)
    guard bytes.count >= 4 else {
      #expect(try ThriftDialect.detect(bytes) == nil)
      return
    }
    #expect(throws: ThriftError.self) { try ThriftDialect.detect(bytes) }
  }

  @Test("are shown where they are refused")
  func message() {
    let error = #expect(throws: ThriftError.self) { try ThriftDialect.detect(Array("GET / HTTP/1.1".utf8)) }
    #expect(error?.description == "no protocol of Thrift begins with the bytes 47 45 54 20 2f 20 48 54, at byte 0")
  }
}
