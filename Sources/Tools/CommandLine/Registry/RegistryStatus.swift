package import MusterJSON

/// How the registry itself does.
package struct RegistryStatus: Equatable, Sendable {
  /// The fields in the order they are shown: a title for people, the registry's name for it, and its value.
  private let fields: [Field]

  private struct Field: Equatable {
    let title: String
    let key: String
    let value: JSON
  }

  /// Reads the answer of `/v1/muster/status`.
  package init(_ answer: JSON) throws(CommandError) {
    var fields: [Field] = []
    for (title, key) in [
      ("Version", "Version"), ("Node", "Node"), ("Datacenter", "Datacenter"), ("Store", "Store"), ("Data", "DataDir"),
    ] {
      fields.append(Field(title: title, key: key, value: .string(try answer.text(key))))
    }
    for (title, key) in [
      ("Revision", "Revision"), ("Up", "UptimeSeconds"), ("Services", "Services"), ("Instances", "Instances"),
      ("Nodes", "Nodes"), ("Watchers", "Watchers"), ("Connections", "Connections"),
    ] {
      fields.append(Field(title: title, key: key, value: .integer(Int64(try answer.count(key)))))
    }
    let checks = answer["Checks"] ?? .null
    for key in ["Passing", "Warning", "Critical"] {
      let count = Int64(try checks.count(key))
      fields.append(Field(title: "Checks \(key.lowercased())", key: key, value: .integer(count)))
    }
    self.fields = fields
  }

  /// The fields for people, those without a value left out.
  package var rows: [(title: String, text: String)] {
    fields.compactMap { field in
      switch field.value {
      case .string(let text): text.isEmpty ? nil : (field.title, text)
      case .integer(let count): (field.title, field.key == "UptimeSeconds" ? Self.uptime(count) : String(count))
      default: nil
      }
    }
  }

  /// Writes it for programs.
  package func write(to writer: inout JSONWriter) {
    let checks = 3
    writer.object { writer in
      for field in fields.dropLast(checks) { Self.write(field.key, field.value, to: &writer) }
      writer.key("checks")
      writer.object { writer in
        for field in fields.suffix(checks) { Self.write(field.key, field.value, to: &writer) }
      }
    }
  }

  private static func write(_ key: String, _ value: JSON, to writer: inout JSONWriter) {
    writer.key(key.prefix(1).lowercased() + key.dropFirst())
    writer.value(value)
  }

  /// The two largest units that are not zero: `3d 4h`, `5m 6s`.
  private static func uptime(_ seconds: Int64) -> String {
    let units = [(seconds / 86400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
    let parts = units.drop { $0.0 == 0 }.prefix(2).map { "\($0.0)\($0.1)" }
    return parts.isEmpty ? "0s" : parts.joined(separator: " ")
  }
}
