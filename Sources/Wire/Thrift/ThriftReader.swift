/// What a field of a struct begins with.
public struct ThriftFieldHead: Hashable, Sendable {
  /// The field's number.
  public let id: Int16
  /// The type of its value, which follows.
  public let type: ThriftType

  /// Creates a head.
  public init(id: Int16, type: ThriftType) {
    self.id = id
    self.type = type
  }
}

/// What a list or set begins with.
public struct ThriftElementsHead: Hashable, Sendable {
  /// The type of the elements, which follow.
  public let type: ThriftType
  /// How many follow: no more than the limits allow, nor than fit in the bytes that are left.
  public let count: Int

  /// Creates a head.
  public init(type: ThriftType, count: Int) {
    self.type = type
    self.count = count
  }
}

/// What a map begins with.
public struct ThriftMapHead: Hashable, Sendable {
  /// The type of the keys.
  public let keyType: ThriftType
  /// The type of the values, each of which follows its key.
  public let valueType: ThriftType
  /// How many entries follow: no more than the limits allow, nor than fit in the bytes that are left.
  public let count: Int

  /// Creates a head.
  public init(keyType: ThriftType, valueType: ThriftType, count: Int) {
    self.keyType = keyType
    self.valueType = valueType
    self.count = count
  }
}

/// Reads values one after the other from bytes that hold the whole message.
///
/// Every step throws a ``ThriftError`` if the bytes end, are not what the protocol allows, or exceed the limits. The
/// caller passes the same bytes to each step.
public protocol ThriftReader: Sendable {
  /// The number of the byte that is read next.
  var place: Int { get }

  /// Reads what a message begins with.
  mutating func messageHead(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMessageHead
  /// Begins a struct or container; every one has to end with ``leave()``.
  mutating func enter() throws(ThriftError)
  /// Ends a struct or container.
  mutating func leave()
  /// Reads what a field begins with, or nil at the struct's end; `id` is the field before it in the same struct, and 0
  /// for the first.
  mutating func field(after id: Int16, _ bytes: Span<UInt8>) throws(ThriftError) -> ThriftFieldHead?
  /// Reads what a list or set begins with.
  mutating func elements(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftElementsHead
  /// Reads what a map begins with.
  mutating func map(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMapHead
  /// Reads a value.
  mutating func bool(_ bytes: Span<UInt8>) throws(ThriftError) -> Bool
  /// Reads a value.
  mutating func byte(_ bytes: Span<UInt8>) throws(ThriftError) -> Int8
  /// Reads a value.
  mutating func i16(_ bytes: Span<UInt8>) throws(ThriftError) -> Int16
  /// Reads a value.
  mutating func i32(_ bytes: Span<UInt8>) throws(ThriftError) -> Int32
  /// Reads a value.
  mutating func i64(_ bytes: Span<UInt8>) throws(ThriftError) -> Int64
  /// Reads a value.
  mutating func double(_ bytes: Span<UInt8>) throws(ThriftError) -> Double
  /// Reads where a string's bytes are, and passes them.
  mutating func stringRange(_ bytes: Span<UInt8>) throws(ThriftError) -> Range<Int>
}

extension ThriftReader {
  /// Reads a string that has to be valid UTF-8.
  public mutating func string(_ bytes: Span<UInt8>) throws(ThriftError) -> String {
    let range = try stringRange(bytes)
    guard let text = bytes.text(range) else {
      throw ThriftError(.malformed, "a string of \(range.count) bytes is not valid UTF-8", at: range.lowerBound)
    }
    return text
  }

  /// Reads the bytes of a string.
  public mutating func binary(_ bytes: Span<UInt8>) throws(ThriftError) -> [UInt8] {
    bytes.array(try stringRange(bytes))
  }
}
