/// What calls a service.
///
/// A generated client needs no more than this, so a test can put anything in the place of a connection.
public protocol ThriftCalling: Sendable {
  /// Calls a method and waits for its answer.
  ///
  /// - Parameters:
  ///   - method: the method; not a oneway one.
  ///   - arguments: its arguments.
  ///   - returning: the type of its result.
  /// - Returns: the result, which may hold an exception that the method declares.
  /// - Throws: ``ThriftApplicationException`` if the service answers with one; else what kept the call from being
  ///   answered.
  func call<Arguments: ThriftCodable, Result: ThriftCodable>(
    _ method: ThriftMethod, _ arguments: Arguments, returning: Result.Type
  ) async throws -> Result

  /// Sends a oneway call.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - arguments: its arguments.
  /// - Throws: what kept the call from being sent. Whether it arrived is not known.
  func send<Arguments: ThriftCodable>(_ method: ThriftMethod, _ arguments: Arguments) async throws
}
