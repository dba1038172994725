/// Why Redis was not asked, or what it answered is of no use.
public struct RedisError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of failure, to decide on.
  public struct Code: Sendable, Hashable {
    private enum Kind {
      case invalidSetting, invalidArgument, couldNotConnect, timedOut, connectionLost, invalidAnswer, refused, tooLarge
      case invalidValue, overloaded, paused, unavailable
    }

    private let kind: Kind

    /// A setting is out of range, or the text of it can't be read.
    public static let invalidSetting = Code(kind: .invalidSetting)
    /// What is to be stored or looked for can't be.
    public static let invalidArgument = Code(kind: .invalidArgument)
    /// Nobody accepted the connection.
    public static let couldNotConnect = Code(kind: .couldNotConnect)
    /// The answer was not there in time.
    public static let timedOut = Code(kind: .timedOut)
    /// The connection ended before the answer did.
    public static let connectionLost = Code(kind: .connectionLost)
    /// The answer is not Redis' protocol, or not an answer to what was asked.
    public static let invalidAnswer = Code(kind: .invalidAnswer)
    /// Redis answered with an error, such as for a wrong password or a key of another type.
    public static let refused = Code(kind: .refused)
    /// A value or an answer has more bytes than is allowed.
    public static let tooLarge = Code(kind: .tooLarge)
    /// What Redis has under the key was not written by this library, or by a version of it that is not known here.
    public static let invalidValue = Code(kind: .invalidValue)
    /// As many commands wait already as may.
    public static let overloaded = Code(kind: .overloaded)
    /// Redis failed a short while ago, and is left alone until it is tried again.
    public static let paused = Code(kind: .paused)
    /// The system could not give what it takes, such as memory or a thread.
    public static let unavailable = Code(kind: .unavailable)
  }

  /// The kind of failure.
  public let code: Code
  /// What went wrong and with which value, for a person.
  public let message: String

  /// The message.
  public var description: String { message }

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
