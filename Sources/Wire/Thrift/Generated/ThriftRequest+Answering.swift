// What generated handlers answer with.
extension ThriftRequest {
  /// Answers with a result.
  ///
  /// - Parameters:
  ///   - type: the method's struct of arguments.
  ///   - body: gives the result, also that of an exception that the method declares.
  /// - Returns: the result; an exception if the arguments can't be read, or `body` throws.
  public func answer<Arguments: ThriftCodable, Result: ThriftCodable>(
    _ type: Arguments.Type, _ body: (Arguments) async throws -> Result
  ) async -> ThriftReply {
    let given: Arguments
    do throws(ThriftError) {
      given = try arguments(as: type)
    } catch {
      return .refusal(error)
    }
    do {
      return .result(try await body(given))
    } catch {
      return .exception(error as? ThriftApplicationException ?? ThriftApplicationException(.internalError, "\(error)"))
    }
  }

  /// Takes a oneway call. Nobody learns whether it failed.
  ///
  /// - Parameters:
  ///   - type: the method's struct of arguments.
  ///   - body: does what the method does.
  /// - Returns: what a server passes over.
  public func take<Arguments: ThriftCodable>(
    _ type: Arguments.Type, _ body: (Arguments) async throws -> Void
  ) async -> ThriftReply {
    do {
      try await body(try arguments(as: type))
      return .none
    } catch {
      return .exception(ThriftApplicationException(.internalError, "\(error)"))
    }
  }
}
