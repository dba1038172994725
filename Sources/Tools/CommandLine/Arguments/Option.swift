/// An input written as `--name VALUE` or `--name=VALUE`.
///
/// An optional type or one with a default may be absent; an array may be given many times.
@propertyWrapper
package struct Option<Value>: DeclaresInputs {
  private let slot: Slot<Value>
  private let help: ArgumentHelp
  private let completion: CompletionKind
  private let isRepeating: Bool
  private let isRequired: Bool
  private let accept: (String) throws(CommandError) -> Void

  /// The value, once the command line is parsed.
  package var wrappedValue: Value {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }

  /// Declares an option that must be given.
  package init(help: ArgumentHelp, completion: CompletionKind = .default) where Value: ExpressibleByArgument {
    let slot = Slot<Value>(nil)
    self.init(slot, help, Self.offer(completion, Value.self), isRequired: true) { text throws(CommandError) in
      slot.value = try Value(argument: text)
    }
  }

  /// Declares an option with a default.
  package init(wrappedValue: Value, help: ArgumentHelp, completion: CompletionKind = .default)
  where Value: ExpressibleByArgument {
    let slot = Slot<Value>(wrappedValue)
    self.init(slot, help, Self.offer(completion, Value.self), isRequired: false) { text throws(CommandError) in
      slot.value = try Value(argument: text)
    }
  }

  /// Declares an option that may be absent.
  package init<Wrapped: ExpressibleByArgument>(help: ArgumentHelp, completion: CompletionKind = .default)
  where Value == Wrapped? {
    let slot = Slot<Value>(.some(nil))
    self.init(slot, help, Self.offer(completion, Wrapped.self), isRequired: false) { text throws(CommandError) in
      slot.value = try Wrapped(argument: text)
    }
  }

  /// Declares an option that may be given many times.
  package init<Element: ExpressibleByArgument>(
    wrappedValue: [Element] = [], help: ArgumentHelp, completion: CompletionKind = .default
  ) where Value == [Element] {
    let slot = Slot<Value>(wrappedValue)
    let offered = Self.offer(completion, Element.self)
    self.init(slot, help, offered, isRequired: false, isRepeating: true) { text throws(CommandError) in
      slot.value.append(try Element(argument: text))
    }
  }

  private init(
    _ slot: Slot<Value>, _ help: ArgumentHelp, _ completion: CompletionKind, isRequired: Bool,
    isRepeating: Bool = false, accept: @escaping (String) throws(CommandError) -> Void
  ) {
    self.slot = slot
    self.help = help
    self.completion = completion
    self.isRequired = isRequired
    self.isRepeating = isRepeating
    self.accept = accept
  }

  func declarations(property: String) -> [InputDeclaration] {
    [
      InputDeclaration(
        kind: .option, name: inputName(property: property), help: help, isRepeating: isRepeating,
        isRequired: isRequired, completion: completion, accept: accept)
    ]
  }

  private static func offer(
    _ completion: CompletionKind, _ type: (some ExpressibleByArgument).Type
  ) -> CompletionKind {
    completion == .default && !type.allValueStrings.isEmpty ? .list(type.allValueStrings) : completion
  }
}
