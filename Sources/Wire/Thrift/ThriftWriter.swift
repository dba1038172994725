/// Writes values one after the other.
public protocol ThriftWriter: Sendable {
  /// What is written so far.
  var bytes: [UInt8] { get set }

  /// Writes what a message begins with.
  mutating func messageHead(_ head: ThriftMessageHead)
  /// Writes what a field begins with; a Boolean one has ``boolField(_:after:_:)`` instead.
  ///
  /// - Parameters:
  ///   - id: the field's number.
  ///   - previous: the field before it in the same struct; 0 for the first.
  ///   - type: the type of its value, which has to follow.
  mutating func field(_ id: Int16, after previous: Int16, _ type: ThriftType)
  /// Writes a Boolean field as a whole.
  mutating func boolField(_ id: Int16, after previous: Int16, _ value: Bool)
  /// Ends a struct.
  mutating func stop()
  /// Writes what a list or set begins with.
  mutating func elements(_ type: ThriftType, count: Int)
  /// Writes what a map begins with.
  mutating func map(_ keyType: ThriftType, _ valueType: ThriftType, count: Int)
  /// Writes an element, key or value.
  mutating func bool(_ value: Bool)
  /// Writes a value.
  mutating func byte(_ value: Int8)
  /// Writes a value.
  mutating func i16(_ value: Int16)
  /// Writes a value.
  mutating func i32(_ value: Int32)
  /// Writes a value.
  mutating func i64(_ value: Int64)
  /// Writes a value.
  mutating func double(_ value: Double)
  /// Writes text.
  mutating func string(_ value: String)
  /// Writes bytes.
  mutating func binary(_ value: [UInt8])
}
