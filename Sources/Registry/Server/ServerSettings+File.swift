internal import MusterHost
internal import MusterJSON

extension ServerSettings {
  /// A file longer than this is not a configuration.
  private static let largestFile = 1 << 20

  /// Takes settings from a file: a JSON object whose keys are the settings' names, such as
  /// `{"http": "0.0.0.0:8500", "threads": 2}`.
  ///
  /// - Throws: `ServerError` with the file, the setting and what is allowed; then nothing was taken.
  public mutating func read(file path: String) throws(ServerError) {
    let json = try Self.json(in: path)
    guard let members = json.object else {
      throw ServerError(.badSetting, "\(path): the configuration must be a JSON object")
    }
    var changed = self
    for member in members {
      do {
        try changed.set(member.key, to: Self.text(member.value))
      } catch {
        throw ServerError(.badSetting, "\(path): \(error.message)")
      }
    }
    self = changed
  }

  private static func text(_ json: JSON) -> String {
    switch json {
    case .string(let text): return text
    default:
      var writer = JSONWriter()
      writer.value(json)
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }

  private static func json(in path: String) throws(ServerError) -> JSON {
    do {
      return try JSON(parsing: Host.contents(ofFile: path, limit: largestFile))
    } catch let error as JSONError {
      throw ServerError(.badSetting, "\(path): \(error.message)")
    } catch {
      throw ServerError(.badSetting, "\(error)")
    }
  }
}
