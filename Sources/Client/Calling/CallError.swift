/// Why a call could not be made at all; a call that was made and failed throws what its last try threw.
public struct CallError: Error, Sendable, CustomStringConvertible {
  /// What kind of reason it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case noInstances, noneAdmitted, limited, deadline }
    private let value: Value

    /// The service has no instances, or nobody has said yet which it has.
    public static let noInstances = Code(value: .noInstances)
    /// The breakers of all its instances are open.
    public static let noneAdmitted = Code(value: .noneAdmitted)
    /// As many calls are under way as may be.
    public static let limited = Code(value: .limited)
    /// The deadline came before a try could be made.
    public static let deadline = Code(value: .deadline)
  }

  /// What kind of reason it is.
  public let code: Code
  /// For people: the service and the reason.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
