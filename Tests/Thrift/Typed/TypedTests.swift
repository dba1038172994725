import MusterThrift
import Testing

@Suite("Types of a definition")
struct TypedTests {
  private static var shelf: Shelf {
    var shelf = Shelf("grüße \"x\"\n")
    shelf.cover = [0, 0xFF, 0x80]
    shelf.books = [Book("a", 1.5), Book("", -0.25)]
    shelf.counts = ["a": 1 << 40, "ü": -1]
    shelf.years = [1999, 2026, -5]
    shelf.isOpen = true
    return shelf
  }

  private static func bytes(_ body: ThriftOutgoingBody, as kind: ThriftProtocol) throws(ThriftError) -> [UInt8] {
    var bytes: [UInt8] = []
    try body.write(ThriftMessageHead("library:put", .call, sequenceID: 7), to: &bytes, as: kind)
    return bytes
  }

  @Test("are read as they were written, in every protocol", arguments: ThriftProtocol.allCases)
  func roundTrip(_ kind: ThriftProtocol) throws {
    for shelf in [Self.shelf, Shelf("")] {
      let bytes = try Self.bytes(.typed(shelf), as: kind)
      let message = try ThriftReceivedMessage(bytes, as: kind)
      #expect(message.head == ThriftMessageHead("library:put", .call, sequenceID: 7))
      #expect(try message.body(as: Shelf.self) == shelf)
      let structure = try message.body(shapes: Shelf.shapes)
      #expect(try Shelf(structure) == shelf)
      let again = try Self.bytes(.dynamic(structure, Shelf.shapes), as: kind)
      #expect(try ThriftReceivedMessage(again, as: kind).body(as: Shelf.self) == shelf)
    }
  }

  @Test("skip fields that they do not know, also those of another type", arguments: [ThriftProtocol.binary, .compact])
  func unknownFields(_ kind: ThriftProtocol) throws {
    var structure = try Self.shelf.structure()
    structure.fields.insert(ThriftField(3, .map(ThriftMap(from: .i32, to: .i32))), at: 0)
    structure.fields.append(ThriftField(99, .structure(try Self.shelf.structure())))
    let bytes = try Self.bytes(.dynamic(structure, nil), as: kind)
    #expect(try ThriftReceivedMessage(bytes, as: kind).body(as: Shelf.self) == Self.shelf)
  }

  @Test(
    "are refused without a required field, and with elements of another type",
    arguments: [
      (ThriftStruct(), "the field \"name\" of \"Shelf\" is required and not there"),
      (
        ThriftStruct([ThriftField(5, .set(ThriftElements(of: .i64, [.i64(1)])))]),
        "elements of type i64 were found where i32 was expected"
      ),
      (
        ThriftStruct([ThriftField(4, .map(ThriftMap(from: .string, to: .i32, [.init(.string("a"), .i32(1))])))]),
        "elements of type i32 were found where i64 was expected"
      ),
    ])
  func refused(_ structure: ThriftStruct, _ message: String) {
    let error = #expect(throws: ThriftError.self) { try Shelf(structure) }
    #expect(error?.message == message)
    #expect(error?.code == .malformed)
  }

  @Test("are refused beyond the limits")
  func limits() throws {
    let bytes = try Self.bytes(.typed(Self.shelf), as: .binary)
    for limits in [ThriftLimits(stringSize: 11), ThriftLimits(containerCount: 1), ThriftLimits(depth: 2)] {
      let message = try ThriftReceivedMessage(bytes, as: .binary, limits: limits)
      #expect(throws: ThriftError.self) { try message.body(as: Shelf.self) }
    }
  }

  @Test("are read or refused, whatever the bytes are")
  func noise() throws {
    var random = SplitMix64(seed: 51)
    for kind in ThriftProtocol.allCases {
      let good = try Self.bytes(.typed(Self.shelf), as: kind)
      for _ in 0..<2000 {
        var bytes = good
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        bytes.removeLast(Int.random(in: 0..<4, using: &random))
        guard let message = try? ThriftReceivedMessage(bytes, as: kind) else { continue }
        if let shelf = try? message.body(as: Shelf.self) { #expect(shelf.books.count <= bytes.count) }
      }
    }
  }
}
