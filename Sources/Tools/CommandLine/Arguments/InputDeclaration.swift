/// One input of a command: what help, completions and the parser need to know, and where its value goes.
package struct InputDeclaration {
  /// How an input is written.
  package enum Kind: Equatable {
    /// By its place.
    case argument
    /// As `--name VALUE`.
    case option
    /// As `--name`.
    case flag
  }

  /// How it is written.
  package let kind: Kind
  /// The name of the property in lower case with dashes, such as `deregister-after`.
  package let name: String
  /// What help says.
  package let help: ArgumentHelp
  /// Whether it may be given many times.
  package let isRepeating: Bool
  /// Whether it must be given.
  package let isRequired: Bool
  /// What shells offer.
  package let completion: CompletionKind
  /// Reads and keeps a value; a flag's is empty.
  let accept: (String) throws(CommandError) -> Void

  /// What stands for the value in help, such as `N`.
  package var valueName: String {
    help.valueName ?? name.uppercased()
  }

  /// How a message calls it: `--port` or `NAME`.
  package var label: String {
    kind == .argument ? valueName : "--\(name)"
  }

  /// How usage shows it: `NAME`, `[--tag T]…`, `--port N`.
  package var synopsis: String {
    let bare =
      switch kind {
      case .argument: valueName
      case .option: "--\(name) \(valueName)"
      case .flag: "--\(name)"
      }
    return (isRequired ? bare : "[\(bare)]") + (isRepeating ? "…" : "")
  }
}

/// What the property wrappers of inputs have in common: they are found by reflection.
protocol DeclaresInputs {
  func declarations(property: String) -> [InputDeclaration]
}

extension ParsableArguments {
  /// The inputs in the order of the properties.
  ///
  /// The value and its declarations share their storage.
  var inputs: [InputDeclaration] {
    Mirror(reflecting: self).children.flatMap { child -> [InputDeclaration] in
      guard let wrapper = child.value as? any DeclaresInputs, let label = child.label else { return [] }
      return wrapper.declarations(property: label)
    }
  }
}

/// The name on the command line of a wrapped property: `_deregisterAfter` is `deregister-after`.
func inputName(property: String) -> String {
  var name = ""
  for character in property.drop(while: { $0 == "_" }) {
    if character.isUppercase { name.append("-") }
    name.append(character.lowercased())
  }
  return name
}
