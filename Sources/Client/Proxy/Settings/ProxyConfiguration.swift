/// What a proxy is started with: its services, and what they have in common.
public struct ProxyConfiguration: Sendable {
  /// The services.
  public var services: [ProxySettings] = []
  /// How many loops share the connections. Default 1: enough for what one core can carry.
  public var threads = 1
  /// Where metrics are served; nil, the default: nowhere.
  public var metrics: (host: String, port: UInt16)?
  /// How long calls under way get when the proxy ends. Default 10 s.
  public var drain = Duration.seconds(10)

  /// Reads the names of the idempotent methods from a file of definitions; throws what is wrong with it.
  private let idempotentMethods: @Sendable (_ path: String) throws(ProxyError) -> [String]

  /// A configuration without services.
  ///
  /// - Parameter idempotentMethods: reads the names of the idempotent methods from the file of definitions at a path, for the setting
  ///   `idl`. Without it there is no such setting.
  public init(
    idempotentMethods: @escaping @Sendable (_ path: String) throws(ProxyError) -> [String] = {
      path throws(ProxyError) in
      throw ProxyError(.badSetting, "idl: nothing here can read '\(path.prefix(80))'")
    }
  ) {
    self.idempotentMethods = idempotentMethods
  }

  /// The names of what services have in common.
  public static let names = ["threads", "metrics", "drain"]

  /// Sets one of them from text.
  ///
  /// - Throws: `ProxyError` with the name, the value and what is allowed.
  public mutating func set(_ name: String, to text: String) throws(ProxyError) {
    switch name {
    case "threads": threads = try SettingText.number(name, text, in: 1...64)
    case "metrics": metrics = try SettingText.address(name, text)
    case "drain": drain = text == "0" || text == "0s" ? .zero : try SettingText.duration(name, text)
    default:
      throw ProxyError(
        .badSetting, "'\(name.prefix(40))' is not a setting: \(Self.names.joined(separator: ", ")) or services")
    }
  }

  /// Adds a service.
  ///
  /// - Parameters:
  ///   - name: its name in the registry.
  ///   - listen: where clients connect, as `HOST:PORT`.
  ///   - settings: names and texts, of which `ProxySettings.names` has the list.
  /// - Throws: `ProxyError` with the name, the value and what is allowed.
  public mutating func add(
    service name: String, listen: String, _ settings: [(name: String, text: String)]
  ) throws(ProxyError) {
    var service = ProxySettings(service: name, listen: try SettingText.address("listen", listen))
    for setting in settings {
      if setting.name == "idl" {
        for path in setting.text.split(separator: ",") {
          for method in try idempotentMethods(String(path)) { try service.set("idempotent", to: method) }
        }
      } else {
        try service.set(setting.name, to: setting.text)
      }
    }
    try service.validate()
    services.append(service)
  }
}
