/// A method, or several: `add`, `get*`, `Users:get*`.
///
/// `*` stands for any text, also none. Without a colon it is about the method's name whatever its service; with one, about the
/// name as it is sent, which begins with the service's where several share a connection.
public struct MethodPattern: Sendable, Hashable, CustomStringConvertible {
  /// The pattern as it was given.
  public let text: String
  private let bytes: [UInt8]
  private let namesService: Bool

  /// A pattern.
  ///
  /// - Throws: `ProxyError` if it is empty, longer than 200 bytes or contains spaces or control characters.
  public init(_ text: String) throws(ProxyError) {
    let bytes = Array(text.utf8)
    guard 1...200 ~= bytes.count, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw ProxyError(
        .badSetting,
        "the method '\(text.prefix(40))': it must have 1 to 200 bytes and no spaces, such as get* or Users:get")
    }
    self.text = text
    self.bytes = bytes
    namesService = bytes.contains(UInt8(ascii: ":"))
  }

  /// The pattern as it was given.
  public var description: String { text }

  /// Whether a method is meant, by its name as it is sent.
  public func matches(_ name: String) -> Bool {
    var name = Array(name.utf8)[...]
    if !namesService, let colon = name.firstIndex(of: UInt8(ascii: ":")) { name = name[(colon + 1)...] }
    return matches(name)
  }

  /// One step for each byte, and back to the last `*` where the text after it does not fit: never more than the product of both
  /// lengths.
  private func matches(_ name: ArraySlice<UInt8>) -> Bool {
    var (place, at) = (0, name.startIndex)
    var star: (after: Int, from: Int)?
    while at < name.endIndex {
      if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
        place += 1
        star = (place, at)
      } else if place < bytes.count, bytes[place] == name[at] {
        place += 1
        at += 1
      } else if let last = star {
        place = last.after
        at = last.from + 1
        star = (last.after, at)
      } else {
        return false
      }
    }
    return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
