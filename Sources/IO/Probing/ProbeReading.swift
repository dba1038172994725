/// What a probe found.
public struct ProbeReading: Sendable, Equatable {
  /// How the target is.
  public enum Verdict: Sendable, Equatable {
    /// As it should be.
    case passing
    /// Degraded.
    case warning
    /// Not usable.
    case critical
  }

  /// How the target is.
  public let verdict: Verdict
  /// What was done and what came of it, on one line: the same as long as the target behaves the same.
  public let summary: String
  /// What the target itself said, which may be different every time.
  public let detail: String

  /// The most bytes of `output`.
  public static let outputLimit = 4_096

  /// A reading.
  public init(_ verdict: Verdict, _ summary: String, detail: String = "") {
    self.verdict = verdict
    self.summary = summary
    self.detail = detail
  }

  /// Both texts, cut to `outputLimit` bytes.
  public var output: String {
    (detail.isEmpty ? summary : "\(summary) Output: \(detail)").cut(toBytes: Self.outputLimit)
  }
}

/// What became of a probe.
public enum ProbeResult: Sendable, Equatable {
  /// It was carried out.
  case reading(ProbeReading)
  /// This machine could not carry it out, so it says nothing of the target; the reason is for people.
  case notRun(String)
}

extension String {
  /// At most so many bytes of the beginning, cut between characters.
  func cut(toBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(startIndex, offsetBy: limit)
    while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
