internal import Glibc

extension Host {
  /// The value of a variable of this process's environment; nil if it is not there or empty.
  public static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
    return unsafe String(cString: value)
  }
}
