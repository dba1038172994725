/// How a selector's value is read from what is filtered; its kind decides which operators apply.
public enum FilterField<Value>: Sendable {
  /// Text. Takes every operator; `in` and `contains` look for a part of it.
  case string(@Sendable (Value) -> String)
  /// A whole number. Takes `==` and `!=`.
  case integer(@Sendable (Value) -> Int)
  /// Takes `==` and `!=` with `true` or `false`.
  case bool(@Sendable (Value) -> Bool)
  /// Several texts, such as tags. `in` and `contains` look for a whole element; `matches` is true when any element
  /// matches.
  case list(@Sendable (Value) -> [String])
  /// Texts by name, such as metadata. `in` and `contains` look for a key; `Path.key` and `Path["key"]` select a text.
  ///
  /// For an absent key `!=`, `not in`, `not contains`, `not matches` and `is empty` are true, and the rest false.
  /// Given under a path with a `*` in it, such as `TaggedAddresses.*.Address`, the key takes the star's place.
  case map(@Sendable (Value) -> [(key: String, value: String)])
  /// A field of any kind of the elements of a list of structures, such as `Checks.Status`; made by
  /// `FilterSchema.liftedFromElements`. It takes the operators of its kind, and is true when it holds for any element:
  /// `Checks.Status != passing` means that some check is not passing.
  case element(ElementField<Value>)

  /// The same field of a value that has this one's value as a part.
  func lifted<Outer>(_ part: @escaping @Sendable (Outer) -> Value) -> FilterField<Outer> {
    switch self {
    case .string(let read): .string { read(part($0)) }
    case .integer(let read): .integer { read(part($0)) }
    case .bool(let read): .bool { read(part($0)) }
    case .list(let read): .list { read(part($0)) }
    case .map(let read): .map { read(part($0)) }
    case .element(let field): .element(field.lifted(part))
    }
  }
}
