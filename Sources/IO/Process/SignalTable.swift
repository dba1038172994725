internal import Glibc
internal import MusterThreading
internal import Synchronization

/// Who waits for which signals in this process.
///
/// The handler may do next to nothing: it notes the signal's number and wakes the thread that calls everybody.
final class SignalTable: Sendable {
  static let shared = SignalTable()

  fileprivate struct Entry {
    let signals: [Int32]
    let action: @Sendable (Int32) -> Void
  }

  fileprivate struct State {
    var entries: [UInt64: Entry] = [:]
    var lastNumber: UInt64 = 0
    /// What was done before with the signals that are taken.
    var earlier: [Int32: sigaction] = [:]
    var thread: WorkerThread?
  }

  private let state = Locked(State())

  func add(
    _ signals: [Int32], _ action: @escaping @Sendable (Int32) -> Void
  ) throws(ThreadingError) -> UInt64 {
    try state.withLock { state throws(ThreadingError) in
      // The thread stays: it sleeps until the next signal.
      if state.thread == nil { state.thread = try WorkerThread(name: "signals") { Self.shared.deliver() } }
      for signal in signals where state.earlier[signal] == nil { state.take(signal) }
      state.lastNumber += 1
      state.entries[state.lastNumber] = Entry(signals: signals, action: action)
      return state.lastNumber
    }
  }

  func remove(_ number: UInt64) {
    state.withLock { state in
      guard let entry = state.entries.removeValue(forKey: number) else { return }
      for signal in entry.signals where !state.entries.values.contains(where: { $0.signals.contains(signal) }) {
        state.giveBack(signal)
      }
    }
  }

  private func deliver() {
    while true {
      SignalNote.wait()
      for signal in SignalNote.takeAll() {
        let actions = state.withLock { state in
          state.giveBack(signal)
          return state.entries.values.filter { $0.signals.contains(signal) }.map(\.action)
        }
        for action in actions { action(signal) }
      }
    }
  }
}

extension SignalTable.State {
  fileprivate mutating func take(_ signal: Int32) {
    var earlier = sigaction()
    guard unsafe sigaction(signal, nil, &earlier) == 0 else { return }
    // The address 1 is the system's way to say that it is ignored.
    if unsafe unsafeBitCast(earlier.__sigaction_handler.sa_handler, to: Int.self) == 1 { return }
    SignalNote.prepare()
    var new = sigaction()
    unsafe new.__sigaction_handler.sa_handler = { SignalNote.add($0) }
    new.sa_flags = SA_RESTART
    if unsafe sigaction(signal, &new, nil) == 0 { self.earlier[signal] = earlier }
  }

  fileprivate mutating func giveBack(_ signal: Int32) {
    guard var earlier = earlier.removeValue(forKey: signal) else { return }
    unsafe sigaction(signal, &earlier, nil)
  }
}

/// What the handler writes: nothing here takes a lock or memory once `prepare` was called.
private enum SignalNote {
  /// A bit for each signal that has come.
  private static let bits = Atomic<UInt64>(0)
  nonisolated(unsafe) private static let semaphore: UnsafeMutablePointer<sem_t> = {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, 0)
    return unsafe semaphore
  }()

  /// Makes what the handler uses, which must not be made by it.
  static func prepare() {
    _ = bits.load(ordering: .relaxed)
    _ = unsafe semaphore
  }

  static func add(_ signal: Int32) {
    bits.bitwiseOr(1 << UInt64(truncatingIfNeeded: signal & 63), ordering: .releasing)
    unsafe sem_post(semaphore)
  }

  static func wait() {
    while unsafe sem_wait(semaphore) != 0 {}
  }

  static func takeAll() -> [Int32] {
    let taken = bits.exchange(0, ordering: .acquiring)
    return (0..<64).filter { taken & 1 << UInt64($0) != 0 }
  }
}
