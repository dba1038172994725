public import MusterHTTPClient

/// A value could not be sent as JSON or taken from an answer.
public struct ServiceContentError: Error, Sendable, CustomStringConvertible {
  /// What kind of reason it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case unencodable, status, undecodable }
    private let value: Value

    /// The value to be sent can't be written as JSON; nothing was sent.
    public static let unencodable = Code(value: .unencodable)
    /// The answer's status is not 2xx.
    public static let status = Code(value: .status)
    /// The answer's body is not such a value.
    public static let undecodable = Code(value: .undecodable)
  }

  /// What kind of reason it is.
  public let code: Code
  /// For people.
  public let message: String
  /// The answer, if there was one.
  public let response: HTTPClientResponse?

  init(_ code: Code, _ message: String, _ response: HTTPClientResponse?) {
    self.code = code
    self.message = message
    self.response = response
  }

  /// The message.
  public var description: String { message }
}
