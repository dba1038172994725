/// An HTTP answer as it came over a raw connection.
public struct RawAnswer: Sendable {
  /// The status code; 0 when what came is not HTTP.
  public let status: Int
  /// Header fields, names in lower case.
  public let headers: [String: String]
  /// The body.
  public let body: [UInt8]

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// Takes answers apart that follow each other on one connection.
  public static func all(in bytes: [UInt8]) -> [RawAnswer] {
    var answers: [RawAnswer] = []
    var rest = bytes[...]
    while let answer = take(from: &rest) { answers.append(answer) }
    return answers
  }

  private static func take(from rest: inout ArraySlice<UInt8>) -> RawAnswer? {
    guard !rest.isEmpty else { return nil }
    var lines: [String] = []
    while let end = rest.firstIndex(of: 0x0A) {
      let line = String(decoding: rest[..<end], as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" }
      rest = rest[(end + 1)...]
      if line.isEmpty { break }
      lines.append(line)
    }
    let start = lines.first?.split(separator: " ") ?? []
    guard start.count >= 2, start[0].hasPrefix("HTTP/1."), let status = Int(start[1]) else {
      rest = []
      return RawAnswer(status: 0, headers: [:], body: [])
    }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    let length = min(headers["content-length"].flatMap { Int($0) } ?? rest.count, rest.count)
    let body = Array(rest.prefix(length))
    rest = rest.dropFirst(length)
    return RawAnswer(status: status, headers: headers, body: body)
  }
}
