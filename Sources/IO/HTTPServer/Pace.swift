/// How long a thread waits between two turns of the library, which may have something that it can't do and would be run for ever.
struct Pace {
  /// So many turns still mean nothing.
  private static let (mostQuiet, mostVain) = (64, 4)
  /// Milliseconds.
  private static let rest: Int32 = 5

  /// Turns in a row in which nothing was called back.
  private var quiet = 0
  /// Turns in a row that the library asked for at once though nothing had happened.
  private var vain = 0

  /// Whether the library goes on trying something in vain.
  var isStuck: Bool { vain > Self.mostVain }

  /// Whether the thread must pause even though something has happened, which the library can't do anything about: it may be that the system
  /// has no files for a connection.
  var mustPause: Bool { quiet > Self.mostQuiet }

  /// Microseconds of a pause.
  static let pause = UInt32(rest) * 1_000

  /// How long to wait for an event when the library wants to be run again after so many milliseconds; -1 for ever.
  func wait(_ patience: Int32) -> Int32 {
    patience == 0 && isStuck ? Self.rest : patience
  }

  /// The library has called back.
  mutating func worked() { quiet = 0 }

  /// The thread has waited as the library wanted, and so many files were ready then.
  mutating func waited(_ patience: Int32, ready: Int32) {
    quiet = mustPause ? 0 : quiet + 1
    if patience != 0 { vain = 0 } else if ready == 0, !isStuck { vain += 1 }
  }
}
