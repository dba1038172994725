// What text may look like before it gets into the catalog.
extension Fields {
  /// A text of so many bytes without control characters.
  func text(_ name: String, or other: String = "", limit: Int) throws(APIError) -> String {
    let text = try string(name, or: other)
    try Self.verify(text, as: path(of: name), limit: limit)
    return text
  }

  /// A text that must be there.
  func required(_ name: String, or other: String = "", limit: Int) throws(APIError) -> String {
    let text = try self.text(name, or: other, limit: limit)
    guard !text.isEmpty else { throw .badRequest("\(path(of: name)) is missing or empty") }
    return text
  }

  static func verify(
    _ text: String, as name: @autoclosure () -> String, limit: Int, allowsControl: Bool = false
  ) throws(APIError) {
    let length = text.utf8.count
    guard length <= limit else {
      throw .badRequest(
        "\(name()): \(text.shortened.debugDescription) has \(length) bytes: at most \(limit) are allowed")
    }
    guard allowsControl || !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .badRequest("\(name()): \(text.shortened.debugDescription) has a control character, which is not allowed")
    }
  }

  /// An address that others can reach: an IP or a host name.
  func address(_ name: String) throws(APIError) -> String {
    let address = try text(name, limit: Limits.address)
    try Self.verify(address: address, as: path(of: name))
    return address
  }

  static func verify(address: String, as name: String) throws(APIError) {
    guard !address.contains(where: { $0 == " " || $0 == "/" }) else {
      throw .badRequest("\(name): \(address.shortened.debugDescription) is neither an IP address nor a host name")
    }
    guard address != "0.0.0.0", address != "::", address != "[::]" else {
      throw .badRequest("\(name): \(address.debugDescription) can't be reached by others: give an address of this host")
    }
  }
}
