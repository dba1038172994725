extension Binder {
  /// The test of one text, before negation.
  mutating func textTest(_ comparison: Comparison) throws(FilterError) -> @Sendable (String) -> Bool {
    let wanted = comparison.value.text
    switch comparison.operation.question {
    case .equal: return { $0.hasSameBytes(as: wanted) }
    case .contains:
      let needle = Needle(wanted)
      return { needle.occurs(in: $0) }
    case .matches:
      let expression = try regularExpression(comparison.value)
      return { expression.matches($0) }
    case .empty: return { $0.isEmpty }
    }
  }

  /// The test of a list, before negation.
  mutating func listTest(_ comparison: Comparison) throws(FilterError) -> @Sendable ([String]) -> Bool {
    let wanted = comparison.value.text
    switch comparison.operation.question {
    case .contains: return { $0.contains { $0.hasSameBytes(as: wanted) } }
    case .matches:
      let expression = try regularExpression(comparison.value)
      return { $0.contains { expression.matches($0) } }
    case .empty: return { $0.isEmpty }
    case .equal:
      throw unsuitable(
        comparison, "a list: it takes in, contains, matches and is empty, each also with not")
    }
  }

  /// The test of a map, before negation.
  func mapTest(
    _ comparison: Comparison
  ) throws(FilterError) -> @Sendable ([(key: String, value: String)]) -> Bool {
    let wanted = comparison.value.text
    switch comparison.operation.question {
    case .contains: return { $0.contains { $0.key.hasSameBytes(as: wanted) } }
    case .empty: return { $0.isEmpty }
    case .equal, .matches:
      throw unsuitable(
        comparison, "a map: it takes in, contains and is empty, each also with not; name a key, as in Meta[\"key\"]")
    }
  }

  /// The number that an integer field is compared with.
  func integer(_ comparison: Comparison) throws(FilterError) -> Int {
    guard comparison.operation.question == .equal else {
      throw unsuitable(comparison, "an integer: it takes == and !=")
    }
    guard let number = Int(comparison.value.text) else {
      throw unsuitable(comparison.value, for: comparison.selector, "an integer")
    }
    return number
  }

  /// The truth value that a boolean field is compared with, in any spelling that Go's parser takes.
  func bool(_ comparison: Comparison) throws(FilterError) -> Bool {
    guard comparison.operation.question == .equal else {
      throw unsuitable(comparison, "true or false: it takes == and !=")
    }
    switch comparison.value.text {
    case "true", "True", "TRUE", "t", "T", "1": return true
    case "false", "False", "FALSE", "f", "F", "0": return false
    default: throw unsuitable(comparison.value, for: comparison.selector, "true or false")
    }
  }

  private mutating func regularExpression(_ pattern: Literal) throws(FilterError) -> RegularExpression {
    guard budget.count < FilterLimits.regularExpressions else {
      throw FilterError(
        .tooLarge, "more than \(FilterLimits.regularExpressions) regular expressions", at: pattern.column)
    }
    budget.count += 1
    budget.bytes += pattern.text.utf8.count
    guard budget.bytes <= FilterLimits.patternBytes else {
      throw FilterError(
        .tooLarge, "more than \(FilterLimits.patternBytes) bytes of regular expressions", at: pattern.column)
    }
    do {
      return try RegularExpression(pattern.text, memory: FilterLimits.regularExpressionMemory)
    } catch {
      throw FilterError(
        .regularExpression, "\(quote(pattern.text)) is not a usable regular expression: \(error.reason)",
        at: pattern.column)
    }
  }
}
