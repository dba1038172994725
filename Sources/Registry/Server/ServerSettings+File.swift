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
        try changed.set(member.key, to: Self.text(member))
      } catch {
        throw ServerError(.badSetting, "\(path): \(error.message)")
      }
    }
    self = changed
  }

  private static func text(_ member: JSON.Member) throws(ServerError) -> String {
    switch member.value {
    case .string(let text): return text
    case .integer(let number): return String(number)
    case .number(let number): return String(number)
    case .bool(let flag): return String(flag)
    case .null, .array, .object:
      throw ServerError(.badSetting, "\(member.key): the value must be a text, a number, or true or false")
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
