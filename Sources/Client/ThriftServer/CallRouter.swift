internal import MusterThrift

/// Finds who answers a call.
struct CallRouter: Sendable {
  let handler: (any ThriftHandling)?
  let services: [String: any ThriftHandling]

  func answer(_ request: ThriftRequest) async -> ThriftReply {
    if let service = request.service {
      guard let handler = services[service] else {
        return .exception(ThriftApplicationException(.unknownMethod, "unknown service \"\(service)\""))
      }
      return await handler.answer(request)
    }
    guard let handler else {
      let names = services.keys.sorted().joined(separator: ", ")
      return .exception(
        ThriftApplicationException(
          .unknownMethod, "\"\(request.method)\" names no service; there are: \(names.isEmpty ? "none" : names)"))
    }
    return await handler.answer(request)
  }
}
