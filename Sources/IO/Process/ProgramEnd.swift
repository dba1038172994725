/// How a program ended.
public enum ProgramEnd: Hashable, Sendable {
  /// By itself, with this code.
  case exited(Int32)
  /// By a signal with this number.
  case killed(signal: Int32)

  /// What a shell would report: the code, or 128 and the signal's number.
  public var code: Int32 {
    switch self {
    case .exited(let code): code
    case .killed(let signal): 128 + signal
    }
  }

  /// Reads what `waitpid` gives for a program that has ended: the signal in the low seven bits, else the code above them.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xFF) : .killed(signal: signal)
  }
}
