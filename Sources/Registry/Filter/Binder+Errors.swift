extension Binder {
  /// The error for a selector that the schema doesn't have; it offers what was probably meant, else all there is.
  func unknown(_ selector: Selector) -> FilterError {
    let wanted = selector.text.lowercased()
    let near = schema.paths.filter {
      let path = $0.lowercased()
      return path == wanted || path.hasSuffix(".\(wanted)") || wanted.hasSuffix(".\(path)")
    }
    let advice =
      near.isEmpty
      ? "known are \(schema.paths.joined(separator: ", "))" : "did you mean \(near.joined(separator: " or "))?"
    return FilterError(.unknownSelector, "unknown selector \(quote(selector.text)); \(advice)", at: selector.column)
  }

  /// The error for an operator that the field's kind does not have.
  func unsuitable(_ comparison: Comparison, _ kind: String) -> FilterError {
    FilterError(
      .unsuitableOperator,
      "\(quote(comparison.operation.spelling)) does not apply to \(comparison.selector.text), which is \(kind)",
      at: comparison.operation.column)
  }

  /// The error for a value that the field can't have.
  func unsuitable(_ value: Literal, for selector: Selector, _ kind: String) -> FilterError {
    FilterError(
      .unsuitableValue, "\(selector.text) is \(kind) and can't be compared with \(quote(value.text))", at: value.column)
  }
}
