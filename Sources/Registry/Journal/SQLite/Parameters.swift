/// The values for a statement's parameters, in order.
///
/// All text stands in one buffer that is used again and again, so that a statement's parameters cost no memory of their
/// own and SQLite has no need to copy them.
struct Parameters {
  enum Value {
    case null
    case integer(Int64)
    case text(Range<Int>)
  }

  private(set) var bytes: [UInt8] = []
  private(set) var values: [Value] = []

  init() {
    bytes.reserveCapacity(1 << 12)
    values.reserveCapacity(1 << 5)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  mutating func null() { values.append(.null) }

  mutating func integer(_ value: Int64) { values.append(.integer(value)) }

  mutating func integer(_ value: Int) { values.append(.integer(Int64(value))) }

  mutating func revision(_ value: UInt64) { values.append(.integer(Int64(clamping: value))) }

  mutating func text(_ value: String) {
    let start = bytes.count
    bytes.append(contentsOf: value.utf8)
    values.append(.text(start..<bytes.count))
  }

  mutating func text(_ value: String?) {
    if let value { text(value) } else { null() }
  }

  mutating func text(_ utf8: [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: utf8)
    values.append(.text(start..<bytes.count))
  }

}
