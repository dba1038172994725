import MusterThrift

/// Messages with values of every type, nested, from a seed.
struct RandomMessage {
  private var random: SplitMix64
  /// Whether keys may be structs and containers, for which JSON has no form.
  private let allowsAnyKey: Bool

  init(seed: UInt64, allowsAnyKey: Bool = true) {
    random = SplitMix64(seed: seed)
    self.allowsAnyKey = allowsAnyKey
  }

  mutating func next() -> ThriftMessage {
    let names = ["add", "", "Calc:add", "größe", "a\"b\\c", String(repeating: "n", count: 300)]
    let head = ThriftMessageHead(
      names[int(names.count)], ThriftMessageType.allCases[int(4)], sequenceID: Int32(truncatingIfNeeded: bits()))
    return ThriftMessage(head, structure(depth: 0))
  }

  private mutating func structure(depth: Int) -> ThriftStruct {
    var id = Int16.min
    return ThriftStruct(
      (0..<int(6)).map { index in
        id = index == 0 && int(2) == 0 ? id : Int16(Swift.max(Int(id), -40) + 1 + int(40))
        return ThriftField(id, value(type(depth), depth: depth))
      })
  }

  private mutating func type(_ depth: Int) -> ThriftType {
    // Scalars come first; below some depth there is nothing else.
    ThriftType.allCases[int(depth > 3 ? 7 : 11)]
  }

  private mutating func value(_ type: ThriftType, depth: Int) -> ThriftValue {
    switch type {
    case .bool: .bool(int(2) == 0)
    case .byte: .byte(Int8(truncatingIfNeeded: bits()))
    case .i16: .i16(Int16(truncatingIfNeeded: bits()))
    case .i32: .i32(Int32(truncatingIfNeeded: bits()))
    case .i64: .i64(Int64(bitPattern: bits()))
    case .double: .double([0, -1.5, 1e300, .infinity, -.infinity, .leastNonzeroMagnitude, Double(bits())][int(7)])
    case .string: .string(["", "a", "ü\u{0}\n\"\\/", "😀", String(repeating: "long ", count: 40)][int(5)])
    case .structure: .structure(structure(depth: depth + 1))
    case .set: .set(elements(depth: depth + 1))
    case .list: .list(elements(depth: depth + 1))
    case .map: .map(map(depth: depth + 1))
    }
  }

  private mutating func elements(depth: Int) -> ThriftElements {
    let type = type(depth)
    return ThriftElements(of: type, (0..<int(20)).map { _ in value(type, depth: depth) })
  }

  private mutating func map(depth: Int) -> ThriftMap {
    let keyType = allowsAnyKey ? type(depth) : ThriftType.allCases[int(7)]
    let valueType = type(depth)
    return ThriftMap(
      from: keyType, to: valueType,
      (0..<int(5)).map { _ in .init(value(keyType, depth: depth), value(valueType, depth: depth)) })
  }

  /// Numbers of every length, since some protocols write short ones in fewer bytes.
  private mutating func bits() -> UInt64 {
    let number = random.next() >> UInt64(int(64))
    return int(2) == 0 ? number : ~number
  }

  private mutating func int(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
}
