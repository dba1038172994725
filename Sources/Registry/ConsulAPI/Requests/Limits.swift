/// How much of anything a registration may have. Where Consul has a limit, it is the same one.
enum Limits {
  /// Bytes of a name or an id.
  static let name = 256
  /// Bytes of a name or an id in a path: the ids of checks that are made from a service's are longer than it.
  static let argument = 512
  static let tags = 64
  static let tag = 256
  static let metaPairs = 64
  static let metaKey = 128
  static let metaValue = 512
  static let taggedAddresses = 16
  static let address = 256
  static let checks = 64
  static let notes = 4_096
  /// Bytes of a check's output that are kept.
  static let output = 4_096
  static let headers = 64
  static let arguments = 64
  /// Bytes of a URL, a header's value, a body or a command's argument.
  static let probeText = 4_096
  static let weight = 65_535
  static let longestDuration = Duration.seconds(366 * 86_400)
}
