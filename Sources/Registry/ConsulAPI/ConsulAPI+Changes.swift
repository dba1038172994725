internal import MusterCatalog
internal import MusterEngine
internal import MusterHTTPServer

extension ConsulAPI {
  /// Hands a change to the registry and answers when it is durable.
  func carryOut(_ submission: Submission) -> HTTPReply {
    metrics.countWrite()
    return .later { [self] exchange in
      registry.submit(submission.command) { [self] result in
        _ = exchange.answer(response(to: result, submission))
      }
    }
  }

  private func response(to result: Result<Outcome, RegistryError>, _ submission: Submission) -> HTTPResponse {
    let done: HTTPResponse = submission.reply == .yes ? .yes : .empty
    switch result {
    case .success:
      return done
    case .failure(.rejected(let rejection)):
      if rejection.code == .notFound, submission.forgivesUnknown { return done }
      metrics.countRefusal()
      return .text(rejection.code == .notFound ? 404 : 400, rejection.message)
    case .failure(let error):
      metrics.countRefusal()
      return .text(error == .overloaded || error == .stopping ? 503 : 500, error.message)
    }
  }
}
