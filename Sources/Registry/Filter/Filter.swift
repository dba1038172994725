/// A compiled filter expression of Consul's dialect: which values of a list to keep.
///
///     let filter = try Filter("Service.Meta.zone == a and canary not in Service.Tags", schema: schema)
///     let kept = instances.filter(filter.matches)
///
/// Comparisons are `selector == value`, `!=`, `contains`, `not contains`, `matches`, `not matches`,
/// `is empty`, `is not empty`, `value in selector` and `value not in selector`; they are joined by `not`, `and`, `or`,
/// which bind in that order, and by parentheses. Keywords are lower case. Values are `"quoted"` with Go's escapes,
/// `` `raw` ``, numbers, or words. Selectors are `Service.Meta.key`, `Service.Meta["key"]` or `"/Service/Meta/key"`.
/// Comparison of text is by its bytes and case-sensitive; regular expressions have RE2's syntax and take linear time.
public struct Filter<Value>: Sendable {
  private let test: @Sendable (Value) -> Bool

  /// Compiles `expression`; an empty one lets every value through.
  ///
  /// - Parameters:
  ///   - expression: At most 8 KB, with 64 levels of nesting, 256 comparisons and 8 regular expressions,
  ///     these of 1 KB together and each compiling into 256 KB.
  ///   - schema: The selectors that it may use.
  /// - Throws: What is wrong with the expression and at which column.
  public init(_ expression: String, schema: FilterSchema<Value>) throws(FilterError) {
    guard !expression.isEmpty else {
      test = { _ in true }
      return
    }
    var parser = try Parser(expression)
    var binder = Binder(schema: schema)
    test = try binder.bind(try parser.parse())
  }

  /// Whether `value` passes the filter.
  ///
  /// Safe from any number of threads at once.
  public func matches(_ value: Value) -> Bool { test(value) }
}
