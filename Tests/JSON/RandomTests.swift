import MusterJSON
import Testing

@Suite("Random JSON")
struct RandomTests {
  @Test("is read back as it was written, plain and pretty", arguments: 1...8 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let json = JSON.random(depth: 4, using: &random)
      for pretty in [false, true] {
        var writer = JSONWriter(pretty: pretty)
        writer.value(json)
        let parsed = try JSON(parsing: writer.bytes)
        #expect(parsed == json)
        var again = JSONWriter(pretty: pretty)
        again.value(parsed)
        #expect(again.bytes == writer.bytes)
      }
    }
  }

  @Test("with bytes changed, cut or repeated is read or refused, and what is read can be written")
  func mutations() {
    var random = SplitMix64(seed: 21)
    var accepted = 0
    for _ in 0..<3000 {
      var writer = JSONWriter()
      writer.value(.random(depth: 3, using: &random))
      var bytes = writer.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes.insert(contentsOf: bytes[..<index], at: index)
        default: bytes.removeSubrange((index + 1)...)
        }
      }
      accepted += Self.readsBack(bytes) ? 1 : 0
    }
    #expect(accepted > 10)
  }

  @Test("made of random bytes and of random tokens is read or refused")
  func noise() {
    var random = SplitMix64(seed: 22)
    let tokens = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "1", "-", ".", "e", "null", "true", " ", "\n", "\0", "é",
    ]
    var accepted = 0
    for _ in 0..<5000 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      accepted += Self.readsBack(bytes) ? 1 : 0
      let text = (0..<count / 5).map { _ in tokens[Int.random(in: tokens.indices, using: &random)] }.joined()
      accepted += Self.readsBack(Array(text.utf8)) ? 1 : 0
    }
    #expect(accepted > 10)
  }

  /// Whether the bytes are JSON; if they are, writing and reading them again must give the same value.
  private static func readsBack(_ bytes: [UInt8]) -> Bool {
    let json: JSON
    do {
      json = try JSON(parsing: bytes)
    } catch {
      // The parser and the search for the place must agree on what is wrong.
      #expect(error.message.contains(" at line ") || error.message.hasPrefix("the text is empty"), "\(error.message)")
      return false
    }
    var writer = JSONWriter()
    writer.value(json)
    #expect((try? JSON(parsing: writer.bytes)) == json)
    return true
  }
}
