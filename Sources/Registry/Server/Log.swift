internal import MusterHost
internal import MusterJSON
internal import MusterThreading
internal import MusterTiming

/// Writes lines to standard error, shaped like swift-log's `Logger` so that it can take this one's place.
public final class Log: Sendable {
  /// How much a line matters, from least to most.
  public enum Level: String, Sendable, CaseIterable, Comparable {
    /// For finding faults.
    case debug
    /// What an operator wants to have on record.
    case info
    /// Something is wrong and the server goes on.
    case warning
    /// Something has failed.
    case error

    /// Orders by weight: `debug` is least.
    public static func < (left: Level, right: Level) -> Bool {
      allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
  }

  /// What a line looks like.
  public enum Format: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// One JSON object a line.
    case json
  }

  private let level: Locked<Level>
  private let format: Format

  /// A log that passes over lines below `level`.
  public init(level: Level, format: Format) {
    self.level = Locked(level)
    self.format = format
  }

  /// Passes over lines below `level` from now on.
  public func setLevel(_ level: Level) { self.level.withLock { $0 = level } }

  /// Writes one line.
  public func log(_ level: Level, _ message: String) {
    guard level >= self.level.withLock({ $0 }) else { return }
    Host.writeToStandardError(line(level, message, at: Timestamp(milliseconds: Host.wallClockMilliseconds)))
  }

  /// The bytes of a line, with its end.
  func line(_ level: Level, _ message: String, at time: Timestamp) -> [UInt8] {
    var line: [UInt8]
    switch format {
    case .text:
      line = Array("\(time.rfc3339) \(level.rawValue) \(message)".utf8)
    case .json:
      var writer = JSONWriter()
      writer.object {
        $0.field("time", time.rfc3339)
        $0.field("level", level.rawValue)
        $0.field("message", message)
      }
      line = writer.bytes
    }
    // A message that quotes a client must not begin a line of its own.
    for index in line.indices where line[index] < 0x20 { line[index] = UInt8(ascii: " ") }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}
