internal import MusterFilter
internal import Testing

/// SplitMix64, so that a failure can be run again from its seed.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Filters of random input")
struct FilterRandomTests {
  /// What an expression did: the error, or the answers for two values.
  private func outcome(_ expression: String) -> String {
    do {
      let filter = try Filter(expression, schema: Sample.schema)
      return "\(filter.matches(Sample())) \(filter.matches(.bare))"
    } catch {
      return error.message
    }
  }

  private static let pieces = [
    "Service.Port", "Service.Tags", "Service.Meta", "Service.Meta.zone", "Service.Meta[\"a\"]", "Checks",
    "Checks.Status",
    "Service.EnableTagOverride", "Nope", "\"/Service/Port\"", "==", "!=", "in", "not", "contains", "matches", "is",
    "empty",
    "and", "or", "(", ")", "8080", "-1", "1.5", "true", "\"web\"", "`[a-z]+`", "\"(\"", "\"", "`", "[", "]", ".", "\\",
    "é",
  ]

  @Test("bytes give an answer or a message, and the same one again", arguments: 1...20 as ClosedRange<UInt64>)
  func bytes(seed: UInt64) {
    var random = Seeded(state: seed)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let expression = String(decoding: bytes, as: UTF8.self)
      let first = outcome(expression)
      #expect(!first.isEmpty)
      #expect(first == outcome(expression))
    }
  }

  @Test("sequences of the language's tokens compile sometimes and never crash")
  func tokens() {
    var random = Seeded(state: 2026)
    var compiled = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...6, using: &random)
      let expression = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined(separator: " ")
      let first = outcome(expression)
      #expect(first == outcome(expression))
      compiled += first.hasPrefix("filter") ? 0 : 1
    }
    // A test that only ever met errors would say little.
    #expect(compiled > 20 && compiled < 10_000, "\(compiled)")
  }

  @Test(
    "a changed, cut or doubled character of a good expression never crashes", arguments: 1...20 as ClosedRange<UInt64>)
  func mutations(seed: UInt64) {
    let good = #"not (Service.Meta["zone"] matches "^e\u0075-" or Service.Port != 80) and `v1` in "/Service/Tags""#
    var random = Seeded(state: seed)
    for _ in 0..<500 {
      var bytes = Array(good.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...127, using: &random)
        case 1: bytes.remove(at: index)
        default: bytes.insert(bytes[index], at: index)
        }
      }
      let expression = String(decoding: bytes, as: UTF8.self)
      #expect(outcome(expression) == outcome(expression))
    }
  }

  @Test("random trees of true and false come out as computed beside them", arguments: 1...20 as ClosedRange<UInt64>)
  func trees(seed: UInt64) throws {
    var random = Seeded(state: seed)
    for _ in 0..<100 {
      let (expression, expected) = tree(depth: 5, &random)
      #expect(try Filter(expression, schema: Sample.schema).matches(Sample()) == expected, "\(expression)")
    }
  }

  private func tree(depth: Int, _ random: inout Seeded) -> (String, Bool) {
    switch depth == 0 ? 0 : Int.random(in: 0...3, using: &random) {
    case 0:
      let truth = Bool.random(using: &random)
      return ("Service.Port \(truth ? "==" : "!=") 8080", truth)
    case 1:
      let (text, truth) = tree(depth: depth - 1, &random)
      return ("not (\(text))", !truth)
    case 2:
      let (left, right) = (tree(depth: depth - 1, &random), tree(depth: depth - 1, &random))
      return ("(\(left.0)) and (\(right.0))", left.1 && right.1)
    default:
      let (left, right) = (tree(depth: depth - 1, &random), tree(depth: depth - 1, &random))
      return ("(\(left.0)) or (\(right.0))", left.1 || right.1)
    }
  }

  @Test("a part is found exactly where a plain search finds it")
  func parts() throws {
    var random = Seeded(state: 7)
    let schema = FilterSchema<String>(["S": .string { $0 }])
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in Bool.random(using: &random) ? "a" : "b" }
        .joined()
      let part = (0..<Int.random(in: 0...5, using: &random)).map { _ in Bool.random(using: &random) ? "a" : "b" }
        .joined()
      let expected = part.isEmpty || text.indices.contains { text[$0...].hasPrefix(part) }
      #expect(try Filter("S contains \"\(part)\"", schema: schema).matches(text) == expected, "\(part) in \(text)")
    }
  }
}
