import MusterThrift
import Testing

@Suite("Random bytes")
struct RandomInputTests {
  private static let limits = ThriftLimits(messageSize: 2000, stringSize: 500, containerCount: 50, depth: 6)
  private static let marks: [[UInt8]] = [
    [], [0x80, 0x01, 0, 1, 0, 0, 0, 1, 0x61, 0, 0, 0, 0], [0, 0, 0, 1, 0x61, 1, 0, 0, 0, 0], [0x82, 0x21, 0, 1, 0x61],
    Array(#"[1,"a",1,0,"#.utf8), [0, 0, 0, 40, 0x0F, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 50, 0x7B],
  ]

  @Test("are read or refused by everything, and never more than the limits allow", arguments: ThriftProtocol.allCases)
  func noise(_ kind: ThriftProtocol) {
    var random = SplitMix64(seed: 21)
    for _ in 0..<4000 {
      var bytes = Self.marks[Int.random(in: 0..<Self.marks.count, using: &random)]
      // Small numbers are types, sizes and ends more often than large ones.
      let top: UInt8 = Bool.random(using: &random) ? 16 : 255
      for _ in 0..<Int.random(in: 0..<120, using: &random) { bytes.append(UInt8.random(in: 0...top, using: &random)) }
      check(bytes, kind)
    }
  }

  @Test("within messages are read or refused by everything", arguments: ThriftProtocol.allCases)
  func damaged(_ kind: ThriftProtocol) throws {
    var random = SplitMix64(seed: 22)
    var messages = RandomMessage(seed: 23, allowsAnyKey: false)
    for _ in 0..<1500 {
      var bytes =
        kind == .thriftPyJSON ? Recorded.thriftPyJSON : try messages.next().bytes(as: kind)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      check(bytes, kind)
    }
  }

  /// A reader and a scanner have to agree about what a message is, where JSON's brackets are not all that counts.
  private func check(_ bytes: [UInt8], _ kind: ThriftProtocol) {
    let message = try? ThriftMessage(bytes, as: kind, limits: Self.limits, shapes: Expected.shapes)
    var scanner = ThriftScanner(kind, limits: Self.limits)
    let progress = try? scanner.scan(bytes)
    if let message {
      #expect(Self.isWithinLimits(.structure(message.body), depth: 1))
      if bytes.count <= Self.limits.messageSize {
        guard case .complete(let length) = progress else {
          Issue.record("read but not scanned: \(bytes)")
          return
        }
        #expect(length <= bytes.count)
        #expect((try? ThriftMessage(bytes[..<length], as: kind, limits: Self.limits, shapes: Expected.shapes)) != nil)
      }
    } else if kind == .binary || kind == .compact, case .complete = progress {
      // A field's number beyond the last one is all that a scanner lets pass.
      #expect(kind == .compact)
    }
    for framing in ThriftFraming.allCases {
      var deframer = ThriftDeframer(ThriftDialect(kind, framing), limits: Self.limits)
      if case .complete(let frame) = try? deframer.next(bytes) {
        #expect(frame.length <= bytes.count && frame.message.upperBound == frame.length)
      }
    }
    _ = try? ThriftDialect.detect(bytes)
  }

  private static func isWithinLimits(_ value: ThriftValue, depth: Int) -> Bool {
    switch value {
    case .string(let text): text.utf8.count <= limits.stringSize
    case .binary(let bytes): bytes.count <= limits.stringSize
    case .structure(let value):
      depth <= limits.depth && value.fields.allSatisfy { isWithinLimits($0.value, depth: depth + 1) }
    case .list(let value), .set(let value):
      depth <= limits.depth && value.values.count <= limits.containerCount
        && value.values.allSatisfy { isWithinLimits($0, depth: depth + 1) }
    case .map(let map):
      depth <= limits.depth && map.entries.count <= limits.containerCount
        && map.entries.allSatisfy {
          isWithinLimits($0.key, depth: depth + 1) && isWithinLimits($0.value, depth: depth + 1)
        }
    default: true
    }
  }
}
