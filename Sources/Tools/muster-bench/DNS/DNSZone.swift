/// The services that DNS is asked for, as registrations and as the records that another server answers with.
struct DNSZone {
  /// How many instances each service has; `web-N` is the one of N.
  static let sizes = [10, 200]

  /// A service's name in DNS.
  static func name(_ size: Int) -> String { "web-\(size).service.consul" }

  /// A registration for each instance.
  static var registrations: [[UInt8]] {
    sizes.flatMap { size in
      (0..<size).map { index in
        let body = """
          {"Name":"web-\(size)","ID":"web-\(size)-\(index)","Address":"\(address(index))","Port":8080,\
          "Check":{"TTL":"24h","Status":"passing"}}
          """
        return Array(
          """
          PUT /v1/agent/service/register HTTP/1.1\r
          Host: 127.0.0.1\r
          Content-Length: \(body.utf8.count)\r
          \r
          \(body)
          """.utf8)
      }
    }
  }

  /// The same as a zone of `consul` in the form of RFC 1035.
  static var records: String {
    var lines = [
      "$ORIGIN consul.", "$TTL 0", "@ SOA ns.consul. hostmaster.consul. 1 3600 600 86400 0", "@ NS ns",
      "ns A 127.0.0.1",
    ]
    for index in 0..<(sizes.max() ?? 0) { lines.append("\(target(index)) A \(address(index))") }
    for size in sizes {
      for index in 0..<size {
        lines.append("\(name(size)). A \(address(index))")
        lines.append("\(name(size)). SRV 1 1 8080 \(target(index))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func address(_ index: Int) -> String { "10.20.30.\(index + 1)" }

  private static func target(_ index: Int) -> String {
    let digits = String(index + 1, radix: 16)
    return "0a141e\(digits.count == 1 ? "0" : "")\(digits).addr.dc1.consul."
  }
}
