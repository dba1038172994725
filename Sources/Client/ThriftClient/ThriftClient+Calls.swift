public import MusterThrift

extension ThriftClient {
  /// Calls a method and waits for its result, which may hold an exception that the method declares.
  ///
  /// - Parameters:
  ///   - method: the method; not a oneway one.
  ///   - arguments: its arguments.
  ///   - returning: the type of its result.
  /// - Returns: the result.
  /// - Throws: ``ThriftApplicationException``, ``ThriftClientError``, `CallError` or `CancellationError`.
  public func call<Arguments: ThriftCodable, Result: ThriftCodable>(
    _ method: ThriftMethod, _ arguments: Arguments, returning: Result.Type
  ) async throws -> Result {
    try await Self.read(answer(method, .typed(arguments), key: nil)) { message throws(ThriftError) in
      try message.body(as: Result.self)
    }
  }

  /// Sends a oneway call; it returns when the call has left.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - arguments: its arguments.
  /// - Throws: as `call` does.
  public func send<Arguments: ThriftCodable>(_ method: ThriftMethod, _ arguments: Arguments) async throws {
    _ = try await carry(Self.oneway(method), .typed(arguments), key: nil)
  }

  /// Calls a method with dynamic values.
  ///
  /// - Parameters:
  ///   - method: the method; not a oneway one.
  ///   - arguments: a struct with the method's arguments.
  ///   - shapes: what the arguments are, and what the result is; only the JSON protocols need them.
  ///   - key: what the call is about, for policies that send the same key to the same instance.
  /// - Returns: a struct with the value as field 0, or one of the exceptions that the method declares.
  /// - Throws: as the typed one does.
  public func call(
    _ method: ThriftMethod, _ arguments: ThriftStruct, shapes: (arguments: ThriftShapes, result: ThriftShapes)? = nil,
    key: UInt64? = nil
  ) async throws -> ThriftStruct {
    try await Self.read(answer(method, .dynamic(arguments, shapes?.arguments), key: key)) {
      message throws(ThriftError) in
      try message.body(shapes: shapes?.result)
    }
  }

  /// Sends a oneway call with dynamic values.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - arguments: a struct with the method's arguments.
  ///   - shapes: what the arguments are.
  ///   - key: what the call is about.
  /// - Throws: as the typed one does.
  public func send(
    _ method: ThriftMethod, _ arguments: ThriftStruct, shapes: ThriftShapes? = nil, key: UInt64? = nil
  ) async throws {
    _ = try await carry(Self.oneway(method), .dynamic(arguments, shapes), key: key)
  }

  private func answer(
    _ method: ThriftMethod, _ body: ThriftOutgoingBody, key: UInt64?
  ) async throws -> ThriftReceivedMessage {
    guard !method.isOneway, let answer = try await carry(method, body, key: key) else {
      throw ThriftClientError(.unwritable, "\"\(method.name)\" is oneway: it is sent, and has no answer")
    }
    return answer
  }

  private static func oneway(_ method: ThriftMethod) -> ThriftMethod {
    ThriftMethod(method.name, isOneway: true, isIdempotent: method.isIdempotent)
  }
}
