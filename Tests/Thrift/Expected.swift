import MusterThrift

/// The values of the recorded messages.
enum Expected {
  /// What ThriftPy wrote, in every protocol.
  static func thriftPy(sequenceID: Int32) -> ThriftMessage {
    ThriftMessage(ThriftMessageHead("put", .oneway, sequenceID: sequenceID), ThriftStruct([field(1, .structure(all))]))
  }

  private static let all = ThriftStruct([
    field(1, .bool(true)), field(2, .bool(false)), field(3, .byte(-5)), field(4, .i16(-300)), field(5, .i32(100_000)),
    field(6, .i64(-(1 << 60))), field(7, .double(1.5)), field(8, .string("grüße \"x\"\n")),
    field(9, .binary([0, 0xFF, 0x80])), field(10, point(1, -1)), field(11, list(.i32, [.i32(1), .i32(-2), .i32(3)])),
    field(12, .set(ThriftElements(of: .string, [.string("ab")]))),
    field(13, map(.string, .i64, .string("a"), .i64(1 << 40))),
    field(14, list(.list, [list(.i16, [.i16(1), .i16(2)]), list(.i16, []), list(.i16, [.i16(-3)])])),
    field(15, map(.i32, .structure, .i32(7), point(70, -70))),
    field(16, list(.bool, [.bool(true), .bool(false), .bool(true)])), field(40, .i32(7)),
    field(41, list(.structure, (0..<17).map { point($0, -$0) })), field(300, list(.i32, [])),
  ])

  /// What Apache's library wrote.
  static let apache = ThriftMessage(
    ThriftMessageHead("put", .call, sequenceID: 9),
    ThriftStruct([
      field(1, .bool(true)), field(2, .double(.infinity)), field(3, .string("é\u{1}/😀")),
      field(4, .binary([0, 0xFF, 0x80, 0x61])),
      field(5, map(.i32, .list, .i32(-7), list(.bool, [.bool(true), .bool(false)]))),
      field(6, .map(ThriftMap(from: .i64, to: .i64))),
      field(7, .set(ThriftElements(of: .byte, [.byte(-1), .byte(2)]))),
      field(8, map(.double, .i16, .double(0.5), .i16(4))),
    ]))

  /// The definition of what ThriftPy wrote.
  static let shapes = ThriftShapes(
    root: "put_args",
    [
      "put_args": [.init(1, "all", .structure("All"))],
      "Point": [.init(1, "x", .i32), .init(2, "y", .i32)],
      "All": [
        .init(1, "yes", .bool), .init(2, "no", .bool), .init(3, "small", .byte), .init(4, "short", .i16),
        .init(5, "medium", .i32), .init(6, "large", .i64), .init(7, "real", .double), .init(8, "text", .string),
        .init(9, "data", .binary), .init(10, "point", .structure("Point")), .init(11, "numbers", .list(.i32)),
        .init(12, "words", .set(.string)), .init(13, "sizes", .map(.string, .i64)),
        .init(14, "nested", .list(.list(.i16))), .init(15, "points", .map(.i32, .structure("Point"))),
        .init(16, "flags", .list(.bool)), .init(40, "colour", .i32), .init(41, "path", .list(.structure("Point"))),
        .init(300, "empty", .list(.i32)),
      ],
    ])

  /// The part of Apache's definition that its JSON needs.
  static let apacheShapes = ThriftShapes(root: "args", ["args": [.init(4, "data", .binary)]])

  static func field(_ id: Int16, _ value: ThriftValue) -> ThriftField { ThriftField(id, value) }

  static func list(_ type: ThriftType, _ values: [ThriftValue]) -> ThriftValue {
    .list(ThriftElements(of: type, values))
  }

  private static func map(
    _ keyType: ThriftType, _ valueType: ThriftType, _ key: ThriftValue, _ value: ThriftValue
  ) -> ThriftValue {
    .map(ThriftMap(from: keyType, to: valueType, [.init(key, value)]))
  }

  private static func point(_ x: Int32, _ y: Int32) -> ThriftValue {
    .structure(ThriftStruct([field(1, .i32(x)), field(2, .i32(y))]))
  }
}
