import MusterThrift
import Testing

@Suite("Multiplexed names")
struct MultiplexingTests {
  @Test(
    "are split at the first colon",
    arguments: [
      ("add", nil, "add"), ("Calc:add", "Calc", "add"), ("a:b:c", "a", "b:c"), (":add", "", "add"), ("", nil, ""),
    ] as [(String, String?, String)])
  func split(_ name: String, _ service: String?, _ method: String) {
    let head = ThriftMessageHead(name, .call)
    #expect(head.service.map(String.init) == service)
    #expect(head.method == method)
  }

  @Test("are joined in place of another service's, or without one")
  func join() {
    let head = ThriftMessageHead("Calc:add", .call, sequenceID: 3)
    #expect(head.multiplexed(for: "Other") == ThriftMessageHead("Other:add", .call, sequenceID: 3))
    #expect(head.multiplexed(for: nil) == ThriftMessageHead("add", .call, sequenceID: 3))
  }
}
