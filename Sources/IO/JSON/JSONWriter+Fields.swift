extension JSONWriter {
  /// Writes a member whose value is a string.
  @_disfavoredOverload
  public mutating func field(_ key: String, _ value: String) {
    self.key(key)
    string(value)
  }

  /// Writes a member whose key is a literal and whose value is a string.
  public mutating func field(_ key: StaticString, _ value: String) {
    self.key(key)
    string(value)
  }

  /// Writes a member whose value is an integer.
  @_disfavoredOverload
  @inlinable
  public mutating func field(_ key: String, _ value: some FixedWidthInteger) {
    self.key(key)
    integer(value)
  }

  /// Writes a member whose key is a literal and whose value is an integer.
  @inlinable
  public mutating func field(_ key: StaticString, _ value: some FixedWidthInteger) {
    self.key(key)
    integer(value)
  }

  /// Writes a member whose value is `true` or `false`.
  @_disfavoredOverload
  public mutating func field(_ key: String, _ value: Bool) {
    self.key(key)
    bool(value)
  }

  /// Writes a member whose key is a literal and whose value is `true` or `false`.
  public mutating func field(_ key: StaticString, _ value: Bool) {
    self.key(key)
    bool(value)
  }

  /// Writes a value with all that is in it.
  public mutating func value(_ json: JSON) {
    switch json {
    case .null: null()
    case .bool(let value): bool(value)
    case .integer(let value): integer(value)
    case .number(let value): number(value)
    case .string(let value): string(value)
    case .array(let values):
      array { writer in
        for value in values { writer.value(value) }
      }
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(member.key)
          writer.value(member.value)
        }
      }
    }
  }
}
