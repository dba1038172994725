/// The headers of an answer, in the order they came.
public struct HTTPClientHeaders: Sendable {
  /// One header.
  public struct Field: Sendable, Equatable {
    /// The name as the server wrote it.
    public let name: String
    /// The value without the white space around it.
    public let value: String
  }

  /// All headers, in the order they came.
  public private(set) var fields: [Field] = []

  /// The value of the first header with this name, in any case, or nil.
  public subscript(name: String) -> String? {
    fields.first { equalIgnoringCase($0.name, name) }?.value
  }

  /// The values of all headers with this name, in any case.
  public func all(_ name: String) -> [String] {
    fields.filter { equalIgnoringCase($0.name, name) }.map(\.value)
  }

  /// No headers.
  package init() {}

  package mutating func append(name: String, value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// Header names are ASCII (RFC 9110, 5.1), so only ASCII letters are folded.
  private func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
      && zip(left.utf8, right.utf8).allSatisfy { $0 == $1 || (lowercase($0) == lowercase($1)) }
  }

  private func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
