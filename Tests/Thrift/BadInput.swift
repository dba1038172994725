import MusterThrift
import Testing

/// Bytes that are no message, and why.
struct BadInput: Sendable, CustomTestStringConvertible {
  let what: String
  let kind: ThriftProtocol
  let bytes: [UInt8]
  let code: ThriftError.Code

  var testDescription: String { "\(kind): \(what)" }

  private init(_ what: String, _ kind: ThriftProtocol, _ body: String, _ code: ThriftError.Code, isHead: Bool = false) {
    let heads: [ThriftProtocol: String] = [
      .binary: "80010001 00000001 61 00000000", .oldBinary: "00000001 61 01 00000000", .compact: "8221 00 01 61",
    ]
    self.what = what
    self.kind = kind
    bytes = Recorded.hex((isHead ? "" : heads[kind] ?? "") + body)
    self.code = code
  }

  /// Limits that the table's sizes exceed.
  static let limits = ThriftLimits(messageSize: 4096, stringSize: 1000, containerCount: 100, depth: 8)

  static let heads = [
    BadInput("another version", .binary, "80020001 00000001 61 00000000 00", .malformed, isHead: true),
    BadInput("no message type", .binary, "80010005 00000001 61 00000000 00", .malformed, isHead: true),
    BadInput("message type 0", .binary, "80010000 00000001 61 00000000 00", .malformed, isHead: true),
    BadInput("a negative name", .binary, "80010001 ffffffff 61 00000000 00", .limit, isHead: true),
    BadInput("a name of 2 GB", .binary, "80010001 7fffffff 61 00000000 00", .limit, isHead: true),
    BadInput("a name that is not UTF-8", .binary, "80010001 00000001 ff 00000000 00", .malformed, isHead: true),
    BadInput("no message type", .oldBinary, "00000001 61 09 00000000 00", .malformed, isHead: true),
    BadInput("a name of 1 GB", .oldBinary, "40000001 61 01 00000000 00", .limit, isHead: true),
    BadInput("another protocol", .compact, "8121 00 01 61 00", .malformed, isHead: true),
    BadInput("another version", .compact, "8222 00 01 61 00", .malformed, isHead: true),
    BadInput("no message type", .compact, "82a1 00 01 61 00", .malformed, isHead: true),
    BadInput("a sequence ID of 40 bits", .compact, "8221 8080808080 01 01 61 00", .malformed, isHead: true),
    BadInput("a name of 4 GB", .compact, "8221 00 ffffffff0f 61 00", .limit, isHead: true),
    BadInput("a name that is not UTF-8", .compact, "8221 00 01 ff 00", .malformed, isHead: true),
  ]

  static let values = [
    BadInput("type 1", .binary, "01 0001 00 00", .malformed),
    BadInput("type 16", .binary, "10 0001 00 00", .malformed),
    BadInput("type 255", .binary, "ff 0001 00 00", .malformed),
    BadInput("a negative string", .binary, "0b 0001 ffffffff 00", .malformed),
    BadInput("a string beyond the limit", .binary, "0b 0001 000003e9 00", .limit),
    BadInput("a string of 2 GB", .oldBinary, "0b 0001 7fffffff 00", .limit),
    BadInput("a negative list", .binary, "0f 0001 08 80000000 00", .malformed),
    BadInput("a list beyond the limit", .binary, "0f 0001 08 00000065 00", .limit),
    BadInput("a list of no type", .binary, "0f 0001 05 00000001 00 00", .malformed),
    BadInput("a negative set", .binary, "0e 0001 02 fffffffe 00", .malformed),
    BadInput("a map of 2 billion entries", .binary, "0d 0001 08 08 7fffffff 00", .limit),
    BadInput("a negative map", .binary, "0d 0001 08 08 ffffffff 00", .malformed),
    BadInput("a map from no type", .binary, "0d 0001 00 08 00000001 00", .malformed),
    BadInput("a map to no type", .binary, "0d 0001 08 00 00000001 00", .malformed),
    BadInput("structs without end", .binary, String(repeating: "0c 0001", count: 100), .limit),
    BadInput("lists without end", .binary, "0f 0001" + String(repeating: "0f 00000001", count: 100), .limit),
    BadInput("maps without end", .binary, "0d 0001" + String(repeating: "0d 0d 00000001", count: 100), .limit),
    BadInput("type 13", .compact, "1d 00 00", .malformed),
    BadInput("type 15", .compact, "1f 00 00", .malformed),
    BadInput("a string beyond the limit", .compact, "18 e907 00", .limit),
    BadInput("a string of 4 GB", .compact, "18 ffffffff0f 00", .limit),
    BadInput("a string with a size of 42 bits", .compact, "18 ffffffffff0f 00", .malformed),
    BadInput("an i16 of 17 bits", .compact, "14 808008 00", .malformed),
    BadInput("an i32 of 33 bits", .compact, "15 8080808010 00", .malformed),
    BadInput("an i64 of 65 bits", .compact, "16 8080808080808080 8002 00", .malformed),
    BadInput("an i64 without end", .compact, "16" + String(repeating: "80", count: 20), .malformed),
    BadInput("a field's number of 17 bits", .compact, "05 808008 00 00", .malformed),
    BadInput("a list beyond the limit", .compact, "19 f5 65 00", .limit),
    BadInput("a list of no type", .compact, "19 10 00 00", .malformed),
    BadInput("a map of 4 billion entries", .compact, "1b ffffffff0f 55 00", .limit),
    BadInput("a map from no type", .compact, "1b 01 05 00 00", .malformed),
    BadInput("structs without end", .compact, String(repeating: "1c", count: 100), .limit),
    BadInput("lists without end", .compact, "19" + String(repeating: "19", count: 100), .limit),
    BadInput("maps without end", .compact, "1b" + String(repeating: "01bb", count: 100), .limit),
  ]
}
