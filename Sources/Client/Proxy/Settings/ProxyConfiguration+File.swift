internal import MusterJSON

extension ProxyConfiguration {
  /// More services than this are a mistake.
  private static let mostServices = 1_000

  /// Adds what a file says: a JSON object such as
  ///
  /// ```json
  /// {"metrics": "127.0.0.1:9102",
  ///  "services": [{"service": "calc", "listen": "127.0.0.1:6000", "balance": "p2c", "idempotent": ["add", "get*"]}]}
  /// ```
  ///
  /// Its keys are the names of the options.
  ///
  /// - Parameters:
  ///   - bytes: the file's.
  ///   - path: its name, for messages.
  /// - Throws: `ProxyError` with the file, the setting and what is allowed; then nothing was taken.
  public mutating func read(_ bytes: [UInt8], path: String) throws(ProxyError) {
    var changed = self
    do {
      let json = try JSON(parsing: bytes)
      guard let members = json.object else { throw ProxyError(.badSetting, "the configuration must be a JSON object") }
      for member in members where member.key != "services" {
        try changed.set(member.key, to: Self.text(member.key, member.value))
      }
      guard case .array(let services)? = members.last(where: { $0.key == "services" })?.value, !services.isEmpty else {
        throw ProxyError(.badSetting, "services: a list of at least one service is missing")
      }
      guard services.count <= Self.mostServices else {
        throw ProxyError(
          .badSetting, "services: there are \(services.count), and at most \(Self.mostServices) are possible")
      }
      for (index, service) in services.enumerated() { try changed.add(service, at: index) }
    } catch let error as ProxyError {
      throw ProxyError(error.code, "\(path): \(error.message)")
    } catch {
      throw ProxyError(.badSetting, "\(path): \(error)")
    }
    self = changed
  }

  private mutating func add(_ json: JSON, at index: Int) throws(ProxyError) {
    guard let members = json.object else { throw ProxyError(.badSetting, "services[\(index)]: it must be an object") }
    var (name, listen) = ("", "")
    var settings: [(name: String, text: String)] = []
    for member in members {
      let text = try Self.text("services[\(index)].\(member.key)", member.value)
      switch member.key {
      case "service": name = text
      case "listen": listen = text
      default: settings.append((member.key, text))
      }
    }
    do throws(ProxyError) {
      guard !name.isEmpty else { throw ProxyError(.badSetting, "service: the service's name is missing") }
      try add(service: name, listen: listen, settings)
    } catch {
      throw ProxyError(error.code, "services[\(index)]: \(error.message)")
    }
  }

  private static func text(_ name: String, _ value: JSON) throws(ProxyError) -> String {
    switch value {
    case .string(let text): return text
    case .integer(let number): return String(number)
    case .bool(let flag): return String(flag)
    case .array(let list):
      var words: [String] = []
      for element in list { words.append(try text(name, element)) }
      return words.joined(separator: ",")
    default:
      throw ProxyError(.badSetting, "\(name): the value must be a text, a whole number, true, false or a list of texts")
    }
  }
}
