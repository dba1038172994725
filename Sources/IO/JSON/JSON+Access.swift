extension JSON {
  /// The value under exactly this key, byte for byte; nil if there is none or this is not an object.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The value under this key, found as Go's decoder finds it: an exact match, else one in other letter case.
  ///
  /// - Parameter name: The key. Only ASCII letters have a case here.
  /// - Returns: The value, the last one if several keys differ in case alone; nil if there is none or this is
  ///   not an object.
  public func member(named name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return self[name] ?? members.last { $0.key.matchesIgnoringASCIICase(name) }?.value
  }

  /// The text, if this is a string.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The number, if this is one without fraction and exponent.
  public var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The truth value, if this is `true` or `false`.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The values, if this is an array.
  public var array: [JSON]? {
    if case .array(let values) = self { values } else { nil }
  }

  /// The members in order, if this is an object.
  public var object: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension String {
  fileprivate func matchesIgnoringASCIICase(_ other: String) -> Bool {
    utf8.elementsEqual(other.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
