internal import MusterHTTPClient

/// An answer as bytes, for a cache: version, status, the number of headers, each header's name and value behind their lengths,
/// and the body. Numbers are big-endian.
///
/// A shared cache is outside: its bytes may be anybody's.
enum StoredResponse {
  private static let version: UInt8 = 1
  private static let mostHeaders = 1_000

  static func encode(_ response: HTTPClientResponse) -> [UInt8] {
    var bytes = [version]
    bytes.reserveCapacity(response.body.count + 1_024)
    append(UInt16(clamping: response.status), to: &bytes)
    let fields = response.headers.fields.prefix(mostHeaders)
    append(UInt16(clamping: fields.count), to: &bytes)
    for text in fields.lazy.flatMap({ [$0.name, $0.value] }) {
      append(UInt32(clamping: text.utf8.count), to: &bytes)
      bytes.append(contentsOf: text.utf8)
    }
    bytes.append(contentsOf: response.body)
    return bytes
  }

  /// The answer; nil if the bytes are not one.
  static func decode(_ bytes: [UInt8]) -> HTTPClientResponse? {
    var rest = bytes[...]
    guard rest.popFirst() == version, let status = number(2, &rest), (100...999).contains(status),
      let count = number(2, &rest), count <= mostHeaders
    else { return nil }
    var headers = HTTPClientHeaders()
    for _ in 0..<count {
      guard let name = text(&rest), let value = text(&rest) else { return nil }
      headers.append(name: name, value: value)
    }
    return HTTPClientResponse(status: status, headers: headers, body: Array(rest))
  }

  private static func append(_ number: some FixedWidthInteger & UnsignedInteger, to bytes: inout [UInt8]) {
    for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  private static func number(_ size: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.count >= size else { return nil }
    defer { rest.removeFirst(size) }
    return rest.prefix(size).reduce(0) { $0 << 8 | Int($1) }
  }

  private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let size = number(4, &rest), size <= rest.count else { return nil }
    defer { rest.removeFirst(size) }
    return String(validating: rest.prefix(size), as: UTF8.self)
  }
}
