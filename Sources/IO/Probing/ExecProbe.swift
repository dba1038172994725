internal import MusterTiming

/// A command: exit code 0 is passing, 1 is warning, anything else is critical.
public struct ExecProbe: Sendable, Equatable {
  /// The program and its arguments; the program is looked for in PATH unless it is a path.
  public let arguments: [String]

  /// A command.
  public init(arguments: [String]) {
    self.arguments = arguments
  }

  /// How a command has ended.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
    case timeout(Duration)
    case flood(Int)
  }

  func reading(of end: End, output: [UInt8]) -> ProbeReading {
    let said = String(decoding: output, as: UTF8.self)
    return switch end {
    case .exit(0): ProbeReading(.passing, "\(action): exit code 0", detail: said)
    case .exit(1): ProbeReading(.warning, "\(action): exit code 1", detail: said)
    case .exit(let code): ProbeReading(.critical, "\(action): exit code \(code)", detail: said)
    case .signal(let number): ProbeReading(.critical, "\(action): ended by signal \(number)", detail: said)
    case .timeout(let time): ProbeReading(.critical, "\(action): killed after \(time.goText)", detail: said)
    case .flood(let limit):
      ProbeReading(.critical, "\(action): killed, since it printed more than \(limit) bytes", detail: said)
    }
  }

  func failure(_ problem: String) -> ProbeReading { ProbeReading(.critical, "\(action): \(problem)") }

  private var action: String { "exec \((arguments.first ?? "").cut(toBytes: 128))" }
}
