/// The selectors that a filter over `Value` may use.
public struct FilterSchema<Value>: Sendable {
  private let fields: [String: FilterField<Value>]

  /// A schema of `fields` by their path, such as `Service.Meta`.
  ///
  /// Paths are case-sensitive.
  public init(_ fields: [String: FilterField<Value>]) {
    self.fields = fields
  }

  /// The schema of an outer value that has a `Value` as a part: each path gets `prefix` and a dot in front, or stays
  /// as it is where `prefix` is empty.
  public func lifted<Outer>(
    under prefix: String, _ part: @escaping @Sendable (Outer) -> Value
  ) -> FilterSchema<Outer> {
    var outer: [String: FilterField<Outer>] = [:]
    for (path, field) in fields {
      outer[prefix.isEmpty ? path : "\(prefix).\(path)"] = field.lifted(part)
    }
    return FilterSchema<Outer>(outer)
  }

  /// The schema of an outer value that has a list of `Value`: each path gets `prefix` and a dot in front, and its field
  /// holds when it does for any element. An entry of an element's map can't be selected.
  public func liftedFromElements<Outer>(
    under prefix: String, _ elements: @escaping @Sendable (Outer) -> [Value]
  ) -> FilterSchema<Outer> {
    var outer: [String: FilterField<Outer>] = [:]
    for (path, field) in fields {
      outer["\(prefix).\(path)"] = field.liftedFromElements(elements)
    }
    return FilterSchema<Outer>(outer)
  }

  /// The fields of both; where both have a path, the other's field counts.
  public func merging(_ other: FilterSchema<Value>) -> FilterSchema<Value> {
    FilterSchema(fields.merging(other.fields) { $1 })
  }
}

extension FilterSchema {
  /// What a selector refers to.
  enum Target {
    case field(FilterField<Value>)
    /// The text under a key of a map.
    case entry(key: String, of: @Sendable (Value) -> [(key: String, value: String)])
  }

  /// Finds what the names of a selector refer to: a field, a map's entry, or an entry by a path with a star.
  func target(of names: [String]) -> Target? {
    guard names.count <= FilterLimits.selectorNames else { return nil }
    if !names.contains("*"), let field = fields[names.joined(separator: ".")] {
      return .field(field)
    }
    if let key = names.last, case .map(let read) = fields[names.dropLast().joined(separator: ".")] {
      return .entry(key: key, of: read)
    }
    for (index, key) in names.enumerated() {
      var starred = names
      starred[index] = "*"
      if case .map(let read) = fields[starred.joined(separator: ".")] { return .entry(key: key, of: read) }
    }
    return nil
  }

  /// The known paths as a person would write them, in order.
  var paths: [String] {
    fields.map { path, field in
      guard case .map = field, !path.contains("*") else { return path }
      return "\(path)[\"key\"]"
    }.sorted()
  }
}
