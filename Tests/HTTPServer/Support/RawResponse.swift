/// A response as it came over the wire.
struct RawResponse {
  let status: Int
  let headers: [(name: String, value: String)]
  var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }

  init(header: [UInt8]) throws {
    let lines = String(decoding: header, as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count > 1, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw RawClient.Failure(description: "not a response: \(lines)")
    }
    self.status = status
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (line[..<colon].lowercased(), String(line[colon...].dropFirst().drop { $0 == " " }))
    }
  }

  /// The value of a field, by its name in small letters.
  func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}
