/// Why a request got no answer.
///
/// An answer with a status such as 500 is an answer, not an error.
public struct HTTPClientError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure, to decide on.
  public struct Code: Hashable, Sendable {
    private enum Kind {
      case invalidRequest, couldNotResolve, couldNotConnect, timedOut, cancelled
      case responseTooLarge, invalidResponse, connectionLost, unavailable
    }

    private let kind: Kind

    /// The method, the URL or a header can't be sent.
    public static let invalidRequest = Code(kind: .invalidRequest)
    /// The host has no address.
    public static let couldNotResolve = Code(kind: .couldNotResolve)
    /// Nobody accepted the connection.
    public static let couldNotConnect = Code(kind: .couldNotConnect)
    /// The answer was not there in time.
    public static let timedOut = Code(kind: .timedOut)
    /// The request's ``HTTPCancellation`` was cancelled.
    public static let cancelled = Code(kind: .cancelled)
    /// The answer is over one of the limits in ``HTTPClient/Limits``.
    public static let responseTooLarge = Code(kind: .responseTooLarge)
    /// The answer is not HTTP.
    public static let invalidResponse = Code(kind: .invalidResponse)
    /// The connection ended before the answer did.
    public static let connectionLost = Code(kind: .connectionLost)
    /// The HTTP library could not do its work, for lack of memory as an example.
    public static let unavailable = Code(kind: .unavailable)
  }

  /// The kind of failure.
  public let code: Code
  /// What went wrong and with which value, for a person.
  public let message: String

  /// False when certainly nothing of the request went out, so that it can be sent again whatever it asks for.
  public internal(set) var wasSent = false

  /// The message.
  public var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
