internal import MusterLoad

/// The requests of the registry's benchmarks. Instance n belongs to the service n / 10.
enum RegistryRequest {
  private static let service = "web-\(RequestTemplate.tenth)"
  private static let instance = "web-\(RequestTemplate.number)"

  /// A registration of about 350 bytes: a TTL check, two tags, two entries of metadata.
  static let register = RequestTemplate(
    "PUT", "/v1/agent/service/register", body: registration(meta: #""version":"2.14.3","zone":"eu-central-1a""#))

  /// A registration with so much metadata that ten instances make an answer of 11.6 KB.
  static let registerWide = RequestTemplate(
    "PUT", "/v1/agent/service/register",
    body: registration(
      meta: #""version":"2.14.3","zone":"eu-central-1a","commit":"9f86d081884c","#
        + #""about":"\#(String(repeating: "serves web pages; ", count: 7))""#))

  static let deregister = RequestTemplate("PUT", "/v1/agent/service/deregister/\(instance)")
  static let pass = RequestTemplate("PUT", "/v1/agent/check/pass/service:\(instance)")
  static let warn = RequestTemplate("PUT", "/v1/agent/check/warn/service:\(instance)")
  /// The healthy instances of the service with the number.
  static let query = RequestTemplate("GET", "\(queryPath)?passing")
  private static let queryPath = "/v1/health/service/web-\(RequestTemplate.number)"

  /// The target of the query for a service, as text.
  static func target(service number: Int, query: String) -> String {
    "/v1/health/service/\(name(number))?\(query)"
  }

  /// The target of the event stream of a service, as text.
  static func events(service number: Int) -> String { "/v1/muster/events/\(name(number))" }

  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return "web-" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }

  private static func registration(meta: String) -> String {
    #"{"ID":"\#(instance)","Name":"\#(service)","Address":"10.20.30.40","Port":8080,"Tags":["v2","primary"],"#
      + #""Meta":{\#(meta)},"Weights":{"Passing":10,"Warning":1},"#
      + #""Check":{"Name":"the service's own report","TTL":"24h","Status":"passing","#
      + #""DeregisterCriticalServiceAfter":"72h","Notes":"sent by the service every ten seconds"}}"#
  }
}
