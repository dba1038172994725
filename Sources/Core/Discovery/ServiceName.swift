/// The rules for names of services.
public enum ServiceName {
  /// The longest name, in bytes.
  public static let maximumLength = 128

  /// - Throws: `.invalidArgument` unless the name has 1 … 128 bytes of letters, digits, `-`, `_` and `.`.
  public static func validate(_ name: String) throws(DiscoveryError) {
    let isAllowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard isAllowed, (1...maximumLength).contains(name.utf8.count) else {
      let shown = name.prefix(40).filter { !$0.isNewline }
      throw DiscoveryError(
        .invalidArgument,
        "the service name '\(shown)': it must have 1 to \(maximumLength) letters, digits, '-', '_' or '.'")
    }
  }
}
