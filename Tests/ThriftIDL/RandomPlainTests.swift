import MusterThrift
import MusterThriftIDL
import Testing

@Suite("Random plain values")
struct RandomPlainTests {
  private static let names = [
    "flag", "tiny", "text", "bytes", "color", "numbers", "counts", "point", "place", "name", "tree", "shape", "shapes",
    "x", "y", "label", "value", "left", "others", "circle", "dot", "group", "inner", "everything", "at", "a", "b",
  ]

  private static func plain(_ random: inout SplitMix64, depth: Int) -> ThriftPlain {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 9), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Bool.random(using: &random) ? Int64.random(in: -2...2, using: &random) : .max)
    case 3: return .double(Double.random(in: -2...2, using: &random))
    case 4: return .string(["", "RED", "AP8=", "NaN", "7", "true"].randomElement(using: &random) ?? "")
    case 5: return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in plain(&random, depth: depth + 1) })
    default:
      let count = Int.random(in: 0..<5, using: &random)
      return .object(
        (0..<count).map { _ in .init(names.randomElement(using: &random) ?? "", plain(&random, depth: depth + 1)) })
    }
  }

  @Test("are refused, or mean the same after they have been shown")
  func roundTrip() throws {
    let schema = try ThriftSchema(Sample.everything, ["shared.thrift": Sample.shared])
    var random = SplitMix64(seed: 41)
    var taken = 0
    for _ in 0..<4_000 {
      for structure in ["test.Shape", "test.Tree", "shared.Point", "test.Set", "test.Refused"] {
        let plain = Self.plain(&random, depth: 0)
        guard let value = try? schema.structure(plain, as: structure) else { continue }
        taken += 1
        let shown = try schema.plain(value, as: structure)
        #expect(try schema.plain(schema.structure(shown, as: structure), as: structure) == shown)
        // What is taken has a form in every protocol.
        let message = ThriftMessage(ThriftMessageHead("a", .call), value)
        for kind in ThriftProtocol.allCases {
          var bytes: [UInt8] = []
          try message.write(to: &bytes, as: kind, shapes: schema.shapes(of: structure))
          let read = try ThriftMessage(reading: bytes.span, as: kind, shapes: schema.shapes(of: structure))
          #expect(try schema.plain(read.body, as: structure) == shown)
        }
      }
    }
    #expect(taken > 50)
  }
}
