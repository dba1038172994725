internal import Glibc

/// The descriptors of this process beyond the standard streams.
public struct Descriptors: Sendable {
  /// The system gives the lowest free number, so a process with few open descriptors has none from here on.
  static let limit: Int32 = 1_024

  let open: Set<Int32>

  /// Those that are open now: what this process inherited, when it is asked for before anything else is opened.
  public static func openNow() -> Descriptors {
    Descriptors(open: Set((3..<limit).filter { fcntl($0, F_GETFD) >= 0 }))
  }
}
