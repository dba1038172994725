internal import Glibc
internal import MusterThreading

/// Has signals call closures on a thread, in a process that is not prepared for them.
///
/// Unlike `Signals.hold` it needs nothing to be done before threads are started. A signal is taken once: the next of its
/// kind does what it did before, so that whoever sends a second one gets the process to end. A signal that is ignored
/// stays ignored.
public final class SignalTrap: Sendable {
  private let number: UInt64

  /// Calls `action` with the number of each of these signals, once for each; while this is held on to.
  ///
  /// - Throws: `ProcessError` if the system can't start a thread.
  public init(_ signals: [Int32], _ action: @escaping @Sendable (Int32) -> Void) throws(ProcessError) {
    do {
      number = try SignalTable.shared.add(signals, action)
    } catch {
      throw ProcessError(.system, error.message)
    }
  }

  deinit { SignalTable.shared.remove(number) }
}
