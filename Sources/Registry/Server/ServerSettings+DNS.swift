internal import MusterCatalog
internal import MusterProbing
internal import MusterRegistryDNS

// Settings that have several parts, or several values with commas between them.
extension ServerSettings {
  mutating func setDNS(_ name: String, _ text: String) throws(ServerError) {
    guard text != "off" else {
      dns = nil
      return
    }
    var settings = dns ?? DNSSettings()
    (settings.host, settings.port) = try Self.address(name, text)
    dns = settings
  }

  /// A detail of DNS. Where DNS is off it is looked at, and has no effect.
  mutating func setDNSDetail(_ name: String, _ text: String) throws(ServerError) {
    var settings = dns ?? DNSSettings()
    switch name {
    case "domain": settings.domains = try Self.list(name, text)
    case "recursor": settings.recursor = try Self.recursor(name, text)
    case "dns-only-passing": settings.onlyPassing = try Self.flag(name, text)
    default: settings.ttl = try Self.duration(name, text, least: .zero)
    }
    if dns != nil { dns = settings }
  }

  private static func list(_ name: String, _ text: String) throws(ServerError) -> [String] {
    _ = try word(name, text)
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    guard !parts.contains(""), parts.count <= 64 else {
      throw refusal(name, text, "1 to 64 values with commas between them")
    }
    return parts
  }

  private static func recursor(_ name: String, _ text: String) throws(ServerError) -> DNSSettings.Recursor {
    _ = try word(name, text)
    let isBare = !text.contains(":") || text.hasSuffix("]")
    let (host, port) = try address(name, isBare ? "\(text):53" : text)
    return DNSSettings.Recursor(host: host, port: port)
  }

  static func networks(_ name: String, _ text: String) throws(ServerError) -> [NetworkRange] {
    var networks: [NetworkRange] = []
    for part in try list(name, text) {
      do {
        networks.append(try NetworkRange(part))
      } catch {
        throw ServerError(.badSetting, "\(name): \(error.message)")
      }
    }
    return networks
  }

  static func share(_ name: String, _ text: String) throws(ServerError) -> Double {
    guard let share = HealthPolicy.share(text) else { throw refusal(name, text, "a share from 0 to 1, such as 0.6") }
    return share
  }
}
