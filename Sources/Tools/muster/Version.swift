/// The version of this program, as `muster version` and the server tell it.
enum Version {
  /// Semantic versioning (semver.org).
  static let current = "0.1.0"
}
