public import MusterEngine
public import MusterHTTPServer

/// The discovery part of Consul's HTTP API, and a few endpoints of Muster's own, in front of a registry.
public final class ConsulAPI: HTTPHandler {
  let registry: Registry
  let settings: APISettings
  let hooks: APIHooks
  let cache: ResponseCache
  let metrics: APIMetrics
  let events: EventStreams
  private let router = Router(ConsulAPI.routes)

  /// - Parameters:
  ///   - registry: where everything is looked up and changed.
  ///   - settings: what the API says of the registry itself.
  ///   - hooks: what only the program around it can do.
  public init(registry: Registry, settings: APISettings, hooks: APIHooks = APIHooks()) {
    self.registry = registry
    self.settings = settings
    self.hooks = hooks
    metrics = APIMetrics(start: hooks.now())
    let cache = ResponseCache(bytes: settings.cacheBytes)
    let events = EventStreams(datacenter: settings.datacenter) { [unowned registry] in registry.catalog }
    (self.cache, self.events) = (cache, events)
    registry.observe { topics in
      cache.invalidate(topics)
      events.changed(topics)
    }
  }

  /// An answer that is ready and still true, found by nothing but the target's bytes.
  public func quick(target: Span<UInt8>, acceptsGzip: Bool) -> HTTPResponse? {
    guard let response = cache.find(target) else { return nil }
    metrics.countRead()
    return response
  }

  /// Finds the endpoint and runs it; whatever is wrong with the request becomes a plain-text answer.
  public func handle(_ request: HTTPRequest) -> HTTPReply {
    do throws(APIError) {
      let (route, argument) = try router.find(request)
      try Fields.verify(argument, as: "the last part of the path", limit: Limits.argument)
      let parameters = try Parameters(request.query, datacenter: settings.datacenter)
      let call = Call(request: request, parameters: parameters, argument: argument, api: self)
      switch route {
      case .view(let makeView): return try answer(try makeView(call), to: call)
      case .change(let makeSubmission): return carryOut(try makeSubmission(call))
      case .custom(let run): return try run(call)
      }
    } catch {
      metrics.countRefusal()
      return .now(.refusal(error))
    }
  }
}
