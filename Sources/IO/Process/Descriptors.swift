internal import Glibc

/// The descriptors of this process beyond the standard streams, below a limit that keeps looking at them cheap.
public struct Descriptors: Sendable {
  static let limit: Int32 = 1_024

  let open: Set<Int32>

  /// Those that are open now: what this process inherited, when it is asked for before anything else is opened.
  public static func openNow() -> Descriptors {
    Descriptors(open: Set((3..<limit).filter { fcntl($0, F_GETFD) >= 0 }))
  }
}
