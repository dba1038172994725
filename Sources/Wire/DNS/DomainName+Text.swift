extension DomainName: CustomStringConvertible, LosslessStringConvertible {
  /// The name as written in text, with or without the dot at the end; nil if it is not a name.
  ///
  /// A dot or backslash within a label is written with a backslash before it, any byte as a backslash and three digits.
  public init?(_ text: String) {
    guard text != "." else {
      self = .root
      return
    }
    var labels: [[UInt8]] = [[]]
    var rest = Array(text.utf8)[...]
    if rest.count > 4 * Self.byteLimit { return nil }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "."):
        if !rest.isEmpty { labels.append([]) }
      case UInt8(ascii: "\\"):
        guard let escaped = Self.escaped(&rest) else { return nil }
        labels[labels.count - 1].append(escaped)
      default:
        labels[labels.count - 1].append(byte)
      }
    }
    self.init(labels: labels)
  }

  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    guard let first = rest.first else { return nil }
    guard first.isDigit else { return rest.removeFirst() }
    let digits = rest.prefix(3)
    guard digits.count == 3, digits.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(3)
    return UInt8(exactly: digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
  }

  /// The name in text, with the dot at the end.
  public var description: String {
    var text: [UInt8] = []
    for label in labels {
      for byte in label {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
        case 0x21...0x7E: text.append(byte)
        default: text += [UInt8(ascii: "\\"), 0x30 + byte / 100, 0x30 + byte / 10 % 10, 0x30 + byte % 10]
        }
      }
      text.append(UInt8(ascii: "."))
    }
    return text.isEmpty ? "." : String(decoding: text, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- 0x30 < 10 }
}
