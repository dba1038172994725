/// The messages of the gRPC health service, by hand: one call with one field each way.
///
/// Framing: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, messages:
/// https://github.com/grpc/grpc/blob/master/doc/health-checking.md
enum GRPCHealth {
  /// What the service says.
  enum Status: Int {
    case unknown = 0
    case serving = 1
    case notServing = 2
    case serviceUnknown = 3
  }

  /// A `HealthCheckRequest` in its frame: a flag for compression and the length in 4 bytes before the message.
  static func request(service: String) -> [UInt8] {
    var message: [UInt8] = []
    if !service.isEmpty {
      message = [0x0A] + varint(service.utf8.count) + service.utf8
    }
    let length = UInt32(clamping: message.count)
    return [0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + message
  }

  /// The status in a framed `HealthCheckResponse`; nil if the bytes are none.
  static func status(in frame: [UInt8]) -> Status? {
    guard frame.count >= 5, frame[0] == 0 else { return nil }
    let length = frame[1..<5].reduce(0) { $0 << 8 | Int($1) }
    guard frame.count - 5 == length else { return nil }
    var rest = frame[5...]
    var status = 0
    while !rest.isEmpty {
      guard let key = takeVarint(&rest) else { return nil }
      switch (key >> 3, key & 7) {
      case (1, 0):
        guard let value = takeVarint(&rest) else { return nil }
        status = Int(clamping: value)
      case (1, _): return nil
      default: guard skip(wireType: key & 7, &rest) else { return nil }
      }
    }
    // Values that are added to the protocol later are no reason to send traffic.
    return Status(rawValue: status) ?? .unknown
  }

  /// A status of a call that failed, by name where it has one.
  static func describe(status: String) -> String {
    let names = [
      "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
      "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
      "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ]
    guard let code = Int(status), names.indices.contains(code) else {
      return "gRPC status \(status.cut(toBytes: 16))"
    }
    return "gRPC status \(code) \(names[code])"
  }

  private static func varint(_ number: Int) -> [UInt8] {
    var rest = UInt64(clamping: number)
    var bytes: [UInt8] = []
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(truncatingIfNeeded: rest)]
  }

  private static func takeVarint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    return nil
  }

  private static func skip(wireType: UInt64, _ bytes: inout ArraySlice<UInt8>) -> Bool {
    let length: UInt64
    switch wireType {
    case 0: return takeVarint(&bytes) != nil
    case 1: length = 8
    case 2:
      guard let given = takeVarint(&bytes) else { return false }
      length = given
    case 5: length = 4
    default: return false
    }
    guard length <= bytes.count else { return false }
    bytes.removeFirst(Int(length))
    return true
  }
}
