internal import Glibc

/// The environment of the process.
package enum Environment {
  /// A variable's value; nil when it is not set or empty.
  package static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
    return unsafe String(cString: value)
  }
}
