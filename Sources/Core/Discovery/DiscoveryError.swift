/// Why a registry could not do what it was asked to.
public struct DiscoveryError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case invalidArgument, notRegistered, notSupported, refused, unavailable, invalidResponse }
    private let value: Value

    /// A value breaks a rule; the message names it and says what is allowed.
    public static let invalidArgument = Code(value: .invalidArgument)
    /// The registry does not know the instance.
    public static let notRegistered = Code(value: .notRegistered)
    /// The provider can't do that at all.
    public static let notSupported = Code(value: .notSupported)
    /// The registry understood and said no.
    public static let refused = Code(value: .refused)
    /// The registry did not answer, or said that it can't at the moment: worth another try.
    public static let unavailable = Code(value: .unavailable)
    /// The registry's answer makes no sense.
    public static let invalidResponse = Code(value: .invalidResponse)
  }

  /// What kind of failure it is.
  public let code: Code
  /// For people: what failed, with which value, and what to do.
  public let message: String
  /// What lies behind it.
  public let cause: (any Error)?

  /// An error of this kind.
  public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  /// The message.
  public var description: String { message }
}
