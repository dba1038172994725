internal import MusterCommandLine
internal import MusterJSON
internal import MusterThrift
internal import MusterThriftIDL

/// The method that is called, and what is known of it.
struct CallDefinition {
  let schema: ThriftSchema
  let service: ThriftService
  let method: ThriftService.Method

  /// Finds a method; without a service's name, there has to be only one service in the file itself.
  init(_ schema: ThriftSchema, service name: String?, method: String) throws(CommandError) {
    self.schema = schema
    let own = schema.files.last?.services ?? []
    let names = schema.services.values.map(\.shortName).sorted().joined(separator: ", ")
    if let name {
      guard
        let found = own.first(where: { $0.shortName == name })
          ?? schema.services.values.first(where: { $0.name == name || $0.shortName == name })
      else { throw CommandError(.usage, "--service: there is no service '\(name)'; there are: \(names)") }
      service = found
    } else {
      guard let only = own.first, own.count == 1 else {
        let reason = own.isEmpty ? "the definition has no service" : "the definition has several services"
        throw CommandError(.usage, "\(reason); name one with --service: \(names)")
      }
      service = only
    }
    guard let found = schema.method(method, of: service.name) else {
      let all = schema.methods(of: service.name).map(\.name)
      throw CommandError(
        .usage,
        "\(service.shortName) has no method '\(method)'\(Suggestion.question(for: method, among: all)); "
          + "it has: \(all.joined(separator: ", "))")
    }
    self.method = found
  }

  /// The arguments' struct from words that are JSON or, where they are not, text.
  func arguments(_ words: [String]) throws(CommandError) -> ThriftStruct {
    let plain = words.map { word in
      let limits = JSON.Limits(bytes: 64 << 20, depth: 64, values: 1_000_000)
      return (try? JSON(parsing: Array(word.utf8), limits: limits)).map { ThriftPlain($0) } ?? .string(word)
    }
    do throws(ThriftError) {
      return try schema.arguments(.array(plain), of: method)
    } catch {
      throw CommandError(.usage, error.description)
    }
  }
}

extension ThriftPlain {
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .double(number)
    case .string(let text): self = .string(text)
    case .array(let values): self = .array(values.map { ThriftPlain($0) })
    case .object(let members): self = .object(members.map { Member($0.key, ThriftPlain($0.value)) })
    }
  }

  /// The same as JSON.
  var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let number): .integer(number)
    case .double(let number): .number(number)
    case .string(let text): .string(text)
    case .array(let values): .array(values.map(\.json))
    case .object(let members): .object(members.map { JSON.Member(key: $0.name, value: $0.value.json) })
    }
  }
}
