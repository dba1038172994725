import MusterDNS
import Testing

@Suite("Names and addresses")
struct NameTests {
  @Test(
    "a name is written as it was read",
    arguments: [
      ("web.service.consul", "web.service.consul."), ("consul.", "consul."), (".", "."), ("a\\.b.c", "a\\.b.c."),
      ("a\\\\b", "a\\\\b."), ("a\\032b", "a\\032b."), ("\\255", "\\255."), ("B\\097", "Ba."),
    ])
  func text(text: String, written: String) {
    #expect(DomainName(text)?.description == written)
  }

  @Test(
    "what is no name is refused",
    arguments: [
      "", "a..b", ".a", "..", String(repeating: "a", count: 64), String(repeating: "a.", count: 128), "a\\", "a\\1",
      "a\\12", "a\\256", "a\\99x",
    ])
  func badText(text: String) {
    #expect(DomainName(text) == nil)
  }

  @Test("the longest label and name are taken")
  func longest() {
    #expect(DomainName(String(repeating: "a", count: 63)) != nil)
    #expect(DomainName(String(repeating: "a.", count: 127))?.bytes.count == 255)
  }

  @Test("names without regard to case", arguments: [("WEB.Consul", "web.consul"), ("[\\128Z]", "[\\128z]")])
  func lowerCase(name: String, lowered: String) {
    #expect(DomainName(name)?.lowercased == DomainName(lowered))
  }

  @Test(
    "an address is read and written in its usual form",
    arguments: [
      ("10.0.0.1", "10.0.0.1", "0a000001"), ("255.255.255.255", "255.255.255.255", "ffffffff"),
      ("::", "::", String(repeating: "0", count: 32)), ("::1", "::1", String(repeating: "0", count: 31) + "1"),
      ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "20010db8000000000001000000000001"),
      ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8", "00010002000300040005000600070008"),
      ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "00010002000300040005000600070000"),
      ("::ffff:10.0.0.1", "::ffff:a00:1", "00000000000000000000ffff0a000001"),
    ])
  func address(text: String, written: String, digits: String) {
    let address = IPAddress(text)
    #expect(address?.description == written)
    #expect(address?.hexadecimal == Array(digits.utf8))
    #expect(IPAddress(hexadecimal: Array(digits.uppercased().utf8)) == address)
  }

  @Test(
    "what is no address is refused",
    arguments: [
      "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.1.1.1", "1.2.3.4 ", "a.b.c.d", ":", ":::", "1::2::3", "12345::",
      "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1.2.3", "1.2.3.4::", "fe80::1%eth0", "g::", "1:2:3:4:5:6:7:8::",
    ])
  func badAddress(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(
    "the address of a reverse name",
    arguments: [
      ("4.3.2.1.in-addr.arpa", "1.2.3.4"), ("4.3.2.1.IN-ADDR.ARPA", "1.2.3.4"), ("3.2.1.in-addr.arpa", nil),
      ("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "2001:db8::1"),
      ("256.3.2.1.in-addr.arpa", nil), ("x.3.2.1.in-addr.arpa", nil), ("in-addr.arpa", nil), ("1.2.3.4.arpa", nil),
    ])
  func reverse(name: String, address: String?) throws {
    let name = try #require(DomainName(name))
    #expect(IPAddress(reverse: name)?.description == address)
  }
}
