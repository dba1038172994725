internal import MusterCalling
internal import MusterDiscovery
public import MusterHTTPClient
public import MusterResilience

extension ServiceClient {
  /// Sends a request to an instance of the service.
  ///
  /// With a cache, a GET may be answered from it: not if its headers show who asks, ask for a part or say how to cache. Answers
  /// that are for one caller alone, by their headers, and those with a status that may not be kept, are not kept.
  ///
  /// - Parameters:
  ///   - method: such as `GET`.
  ///   - path: with its query, percent-encoded, from `/`; it is sent as it is, `..` too.
  ///   - headers: to send, in this order.
  ///   - body: empty for none.
  ///   - key: what the call is about, for policies that send the same key to the same instance.
  ///   - isIdempotent: whether it may be carried out twice; nil: as its method says.
  ///   - fallback: what is answered when all failed; nil: the error is thrown.
  /// - Returns: the answer, whatever its status, unless every try failed.
  /// - Throws: `CallError`, `HTTPClientError`, `CancellationError`, and ``ServiceStatusError`` when the last try was answered
  ///   with a status that counts as a failure.
  public func request(
    _ method: String, _ path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    key: UInt64? = nil, isIdempotent: Bool? = nil, fallback: Fallback<HTTPClientResponse>? = nil
  ) async throws -> HTTPClientResponse {
    guard path.hasPrefix("/") else {
      throw DiscoveryError(.invalidArgument, "the path '\(path.prefix(200))': it must begin with /")
    }
    let fetch: @Sendable () async throws -> HTTPClientResponse = {
      try await self.send(method, path, headers: headers, body: body, key: key, isIdempotent: isIdempotent)
    }
    let cached = cache.flatMap { cache in
      CachingRules.key(caller.service, method, path, headers: headers, body: body).map { (cache, $0) }
    }
    do {
      guard let (cache, cacheKey) = cached else { return try await fetch() }
      return try await Self.answer(from: cache, cacheKey, fetch)
    } catch {
      guard let fallback, !Task.isCancelled else { throw error }
      let answer = try await fallback.answer(to: error) {
        guard let (cache, cacheKey) = cached else { return nil }
        return await cache.lastAnswer(for: cacheKey).flatMap { StoredResponse.decode($0.bytes) }
      }
      observer(.fallbackUsed(fallback.kind, because: "\(error)"))
      return answer
    }
  }

  private static func answer(
    from cache: ResponseCache, _ key: String, _ fetch: @escaping @Sendable () async throws -> HTTPClientResponse
  ) async throws -> HTTPClientResponse {
    let keeps: @Sendable ([UInt8]) -> Bool = { StoredResponse.decode($0).map(CachingRules.keeps) ?? false }
    let answer = try await cache.answer(for: key, keeping: keeps) { StoredResponse.encode(try await fetch()) }
    if let response = StoredResponse.decode(answer.bytes) { return response }
    return try await fetch()
  }

  private func send(
    _ method: String, _ path: String, headers: [(name: String, value: String)], body: [UInt8], key: UInt64?,
    isIdempotent: Bool?
  ) async throws -> HTTPClientResponse {
    let isIdempotent = isIdempotent ?? Self.idempotentMethods.contains(method)
    return try await caller.call(key: key, isIdempotent: isIdempotent, classify: Self.classify) { attempt in
      let response = try await self.transport.send(
        method, self.url(attempt.instance, path), headers: headers, body: body, timeout: attempt.timeout,
        connectTimeout: attempt.timeout)
      if Self.isFailure(response.status) { throw ServiceStatusError(instance: attempt.instance, response: response) }
      return response
    }
  }

  private static let idempotentMethods: Set<String> = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"]

  private func url(_ instance: Instance, _ path: String) -> String {
    "\(instance.metadata["scheme"] ?? scheme)://\(instance.endpoint)\(path)"
  }

  private static func isFailure(_ status: Int) -> Bool { [429, 500, 502, 503, 504].contains(status) }

  private static func classify(_ error: any Error) -> CallOutcome {
    switch error {
    case let error as HTTPClientError where error.code == .invalidRequest: .refused
    case let error as HTTPClientError where !error.wasSent: .notSent
    case let error as HTTPClientError: error.code == .timedOut ? .timedOut : .failed
    case is ServiceStatusError: .failed
    default: .refused
    }
  }
}
