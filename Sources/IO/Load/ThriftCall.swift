/// The one call that is measured, `add(20, 22)` in framed binary, and its answer.
public enum ThriftCall {
  /// Where the four bytes of the sequence id are, in both.
  static let sequencePlace = 4 + 8 + 3

  /// The call.
  public static let request = frame(type: 1, body: [8, 0, 1, 0, 0, 0, 20, 8, 0, 2, 0, 0, 0, 22, 0])
  /// The answer, 42.
  public static let answer = frame(type: 2, body: [8, 0, 0, 0, 0, 0, 42, 0])

  private static func frame(type: UInt8, body: [UInt8]) -> [UInt8] {
    let message: [UInt8] = [0x80, 1, 0, type, 0, 0, 0, 3] + Array("add".utf8) + [0, 0, 0, 0] + body
    return [0, 0, 0, UInt8(message.count)] + message
  }

  /// The same with a sequence id.
  static func numbered(_ bytes: [UInt8], _ number: UInt32) -> [UInt8] {
    var bytes = bytes
    for (index, shift) in [24, 16, 8, 0].enumerated() {
      bytes[sequencePlace + index] = UInt8(truncatingIfNeeded: number >> UInt32(shift))
    }
    return bytes
  }
}
