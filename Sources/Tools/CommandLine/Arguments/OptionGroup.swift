/// Inputs that several commands share.
@propertyWrapper
package struct OptionGroup<Group: ParsableArguments>: DeclaresInputs {
  /// The group, once the command line is parsed.
  package let wrappedValue: Group

  /// Declares the inputs of the group as the command's own.
  package init() {
    wrappedValue = Group()
  }

  func declarations(property: String) -> [InputDeclaration] {
    wrappedValue.inputs
  }
}
