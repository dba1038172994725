/// Ties a parsed expression to a schema: finds its fields, checks kinds and values, and makes the test to run.
struct Binder<Value> {
  typealias Test = @Sendable (Value) -> Bool

  let schema: FilterSchema<Value>
  var budget: PatternBudget

  init(schema: FilterSchema<Value>, budget: PatternBudget = PatternBudget()) {
    self.schema = schema
    self.budget = budget
  }

  mutating func bind(_ expression: Expression) throws(FilterError) -> Test {
    switch expression {
    case .not(let inner):
      let test = try bind(inner)
      return { !test($0) }
    case .all(let parts):
      let tests = try bind(parts)
      return { value in tests.allSatisfy { $0(value) } }
    case .any(let parts):
      let tests = try bind(parts)
      return { value in tests.contains { $0(value) } }
    case .comparison(let comparison):
      return try bind(comparison)
    }
  }

  private mutating func bind(_ parts: [Expression]) throws(FilterError) -> [Test] {
    var tests: [Test] = []
    for part in parts { tests.append(try bind(part)) }
    return tests
  }

  private mutating func bind(_ comparison: Comparison) throws(FilterError) -> Test {
    switch schema.target(of: comparison.selector.names) {
    case .field(let field): return try bind(field, comparison)
    case .entry(let key, let read): return try bind(entry: key, of: read, comparison)
    case nil: throw unknown(comparison.selector)
    }
  }

  mutating func bind(_ field: FilterField<Value>, _ comparison: Comparison) throws(FilterError) -> Test {
    let negated = comparison.operation.negated
    switch field {
    case .string(let read):
      let test = try textTest(comparison)
      return { test(read($0)) != negated }
    case .integer(let read):
      let wanted = try integer(comparison)
      return { (read($0) == wanted) != negated }
    case .bool(let read):
      let wanted = try bool(comparison)
      return { (read($0) == wanted) != negated }
    case .list(let read):
      let test = try listTest(comparison)
      return { test(read($0)) != negated }
    case .map(let read):
      let test = try mapTest(comparison)
      return { test(read($0)) != negated }
    case .element(let field):
      // Negation is for each element, not for all of them: some check may be other than passing.
      return try field.bind(comparison, &budget)
    }
  }

  private mutating func bind(
    entry key: String, of read: @escaping @Sendable (Value) -> [(key: String, value: String)],
    _ comparison: Comparison
  ) throws(FilterError) -> Test {
    let test = try textTest(comparison)
    let negated = comparison.operation.negated
    let whenAbsent = comparison.operation.question == .empty
    return { value in
      let entry = read(value).first { $0.key.hasSameBytes(as: key) }
      return (entry.map { test($0.value) } ?? whenAbsent) != negated
    }
  }
}
