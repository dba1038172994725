internal import MusterThreading

/// Hands on lines, and not more of them than anybody can read.
final class ProxyLog: Sendable {
  private struct Window: Sendable {
    var start = ContinuousClock.now
    var count = 0
    var dropped = 0
  }

  /// Lines in each span of time; errors come by the thousand when an instance dies.
  private static let most = 100
  private static let span = Duration.seconds(10)

  private let sink: @Sendable (ProxyLogLevel, String) -> Void
  private let window = Locked(Window())

  init(_ sink: @escaping @Sendable (ProxyLogLevel, String) -> Void) {
    self.sink = sink
  }

  func write(_ level: ProxyLogLevel, _ text: String) {
    let now = ContinuousClock.now
    let (isWritten, dropped) = window.withLock { window -> (Bool, Int) in
      var dropped = 0
      if now - window.start >= Self.span {
        dropped = window.dropped
        window = Window(start: now)
      }
      window.count += 1
      if window.count > Self.most { window.dropped += 1 }
      return (window.count <= Self.most, dropped)
    }
    if dropped > 0 { sink(.warning, "\(dropped) lines were left out: more than \(Self.most) in \(Self.span)") }
    if isWritten { sink(level, text) }
  }
}

/// How much a line matters.
public enum ProxyLogLevel: String, Sendable, CaseIterable {
  /// For finding faults.
  case debug
  /// What an operator wants to have on record.
  case info
  /// Something is wrong and the proxy goes on.
  case warning
}
