/// An input written as `--name`: true when it is given.
@propertyWrapper
package struct Flag: DeclaresInputs {
  private let slot: Slot<Bool>
  private let help: ArgumentHelp

  /// Whether it was given.
  package var wrappedValue: Bool {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }

  /// Declares a flag.
  package init(wrappedValue: Bool = false, help: ArgumentHelp) {
    slot = Slot(wrappedValue)
    self.help = help
  }

  func declarations(property: String) -> [InputDeclaration] {
    [
      InputDeclaration(
        kind: .flag, name: inputName(property: property), help: help, isRepeating: false, isRequired: false,
        completion: .default, accept: { [slot] _ in slot.value = true })
    ]
  }
}
