import MusterThriftIDL
import Testing

@Suite("Random definitions")
struct RandomFileTests {
  /// Refused, or good enough to be written as Swift.
  private func check(_ text: [UInt8]) {
    let limits = ThriftIDLLimits(depth: 16, partCount: 5_000)
    let source = ThriftSource(path: "test.thrift", text: text)
    do throws(ThriftIDLError) {
      let schema = try ThriftSchema(source, limits: limits) { (path, _) throws(ThriftIDLError) in
        guard path == "shared.thrift" else { throw ThriftIDLError(.include, "'\(path)' is not there") }
        return ThriftSource(path: path, text: Array(Sample.shared.utf8))
      }
      guard let file = schema.files.last else { return }
      let swift = try SwiftGenerator(schema).source(for: file)
      #expect(!swift.isEmpty)
    } catch {
      #expect(error.file == "test.thrift" && !error.message.isEmpty)
    }
  }

  @Test("that are damaged good ones are taken or refused with a place")
  func damaged() {
    var random = SplitMix64(seed: 31)
    let good = Array(Sample.everything.utf8)
    for _ in 0..<600 {
      var text = good
      for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&text, &random) }
      check(text)
    }
  }

  private func damage(_ text: inout [UInt8], _ random: inout SplitMix64) {
    let start = Int.random(in: 0..<text.count, using: &random)
    let end = min(start + Int.random(in: 1...20, using: &random), text.count)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: text.removeSubrange(start..<end)
    case 1: text.insert(contentsOf: text[start..<end], at: Int.random(in: 0..<text.count, using: &random))
    case 2: text[start] = UInt8.random(in: 0...255, using: &random)
    default: text[start] = "{}()<>[]:;,=\"'/*#-.0x9 \n".utf8.randomElement(using: &random) ?? 0
    }
  }

  @Test("that are words in any order are taken or refused with a place")
  func words() {
    var random = SplitMix64(seed: 32)
    let words = [
      "struct", "union", "enum", "service", "const", "typedef", "exception", "A", "B", "A.B", "i32", "list", "map", "<",
      ">", "{", "}", "(", ")", "[", "]", ",", ":", "=", "1", "-1", "2.5", "\"a\"", "required", "throws", "oneway",
      "extends", "void", "/*", "*/", "//", "\n", "namespace", "include", "true",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
      check(Array(text.joined(separator: " ").utf8))
    }
  }
}
