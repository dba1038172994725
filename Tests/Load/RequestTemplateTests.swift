internal import MusterLoad
internal import Testing

@Suite("A request template")
struct RequestTemplateTests {
  @Test(
    "writes the last seven digits of the number, and a tenth of it",
    arguments: [(0, "0000000/0000000"), (42, "0000042/0000004"), (12_345_678, "2345678/1234567")])
  func numbers(number: Int, expected: String) {
    let template = RequestTemplate("\(RequestTemplate.number)/\(RequestTemplate.tenth)")
    #expect(String(decoding: template.bytes(number), as: UTF8.self) == expected)
  }

  @Test("makes a request with the length of its body")
  func request() {
    let text = String(decoding: RequestTemplate("PUT", "/a", body: "{}").bytes(0), as: UTF8.self)
    #expect(
      text == "PUT /a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
  }
}
