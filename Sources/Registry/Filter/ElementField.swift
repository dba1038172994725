/// A field of the elements of a list that the value has, such as `Checks.Status`: it is bound as the element's own
/// field, and holds when it does for any element.
public struct ElementField<Value>: Sendable {
  typealias Bind = @Sendable (Comparison, inout PatternBudget) throws(FilterError) -> @Sendable (Value) -> Bool

  let bind: Bind

  /// The same field of a value that has this one's value as a part.
  func lifted<Outer>(_ part: @escaping @Sendable (Outer) -> Value) -> ElementField<Outer> {
    ElementField<Outer> { [bind] comparison, budget throws(FilterError) in
      let test = try bind(comparison, &budget)
      return { test(part($0)) }
    }
  }
}

extension FilterField {
  /// This field of any of the elements that an outer value has.
  func liftedFromElements<Outer>(_ elements: @escaping @Sendable (Outer) -> [Value]) -> FilterField<Outer> {
    .element(
      ElementField<Outer> { comparison, budget throws(FilterError) in
        var binder = Binder<Value>(schema: FilterSchema([:]), budget: budget)
        let test = try binder.bind(self, comparison)
        budget = binder.budget
        return { elements($0).contains(where: test) }
      })
  }
}
