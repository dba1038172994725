/// A method of a service.
///
/// Its arguments and its result are structs, as on the wire: the result has field 0 for the value and one field for each
/// declared exception.
public struct ThriftMethod: Sendable, Hashable {
  /// The name in the definition.
  public let name: String
  /// Whether nothing is answered.
  public let isOneway: Bool
  /// Whether a call may be delivered twice without harm, and so be tried again.
  public let isIdempotent: Bool

  /// Creates a method.
  ///
  /// - Parameters:
  ///   - name: the name in the definition.
  ///   - isOneway: whether nothing is answered. Default: no.
  ///   - isIdempotent: whether a call may be delivered twice without harm. Default: no.
  public init(_ name: String, isOneway: Bool = false, isIdempotent: Bool = false) {
    self.name = name
    self.isOneway = isOneway
    self.isIdempotent = isIdempotent
  }
}
