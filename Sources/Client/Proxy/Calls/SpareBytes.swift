/// Arrays that calls have used and don't need any more: to fill one again costs less than to make one.
struct SpareBytes: Sendable {
  private var arrays: [[UInt8]] = []

  private static let most = 64
  private static let largest = 8_192

  /// A copy of bytes.
  mutating func copy(_ bytes: Span<UInt8>) -> [UInt8] {
    guard !bytes.isEmpty, var array = arrays.popLast() else { return [UInt8](copying: bytes) }
    array.append(addingCapacity: bytes.count) { output in
      for index in bytes.indices { output.append(bytes[index]) }
    }
    return array
  }

  /// Takes an array away for a later copy, unless it is unusually large.
  mutating func take(_ array: inout [UInt8]) {
    guard array.capacity > 0, array.capacity <= Self.largest, arrays.count < Self.most else { return }
    array.removeAll(keepingCapacity: true)
    arrays.append(array)
    array = []
  }
}
