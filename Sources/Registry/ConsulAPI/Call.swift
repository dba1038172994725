internal import MusterCatalog
internal import MusterFilter
internal import MusterHTTPServer

/// One request on its way through an endpoint.
struct Call {
  let request: HTTPRequest
  let parameters: Parameters
  /// The last part of the path where the endpoint takes one: a name or an id.
  let argument: String
  let api: ConsulAPI

  var datacenter: String { api.settings.datacenter }
  var node: String { api.settings.node }

  var rules: CheckRules {
    CheckRules(
      allowsExec: api.settings.allowsExecChecks, leastDeregisterAfter: api.settings.leastDeregisterAfter)
  }

  /// What the client's `filter` asks for; nil where it has none.
  func filter<Value>(_ schema: @autoclosure () -> FilterSchema<Value>) throws(APIError) -> Filter<Value>? {
    guard !parameters.filter.isEmpty else { return nil }
    do {
      return try Filter(parameters.filter, schema: schema())
    } catch {
      throw .badRequest("Failed to create boolean expression evaluator: \(error.message)")
    }
  }

  func body() throws(APIError) -> Fields { try Fields(body: request.body) }
}

extension Sequence {
  /// The elements that the filter lets through; all of them without one.
  func filtered(by filter: Filter<Element>?) -> [Element] {
    guard let filter else { return Array(self) }
    return self.filter(filter.matches)
  }
}
