/// Reads the words after a command's name into its inputs.
struct InputParser {
  private let inputs: [InputDeclaration]
  private var given: Set<String> = []
  private var places: ArraySlice<InputDeclaration>

  init(inputs: [InputDeclaration]) {
    self.inputs = inputs
    places = inputs.filter { $0.kind == .argument }[...]
  }

  /// Whether the words ask for help, before a `--`.
  static func asksForHelp(_ words: some Collection<String>) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }

  /// Reads all words, or throws what is wrong with the first wrong one.
  mutating func parse(_ words: ArraySlice<String>) throws(CommandError) {
    var words = words
    var onlyArguments = false
    while let word = words.popFirst() {
      if onlyArguments || word == "-" || !word.hasPrefix("-") {
        try takeArgument(word)
      } else if word == "--" {
        onlyArguments = true
      } else {
        try takeOption(word, &words)
      }
    }
    if let missing = inputs.first(where: { $0.isRequired && !given.contains($0.name) }) {
      throw CommandError(.usage, "\(missing.label) is missing: \(missing.help.abstract)")
    }
  }

  private mutating func takeArgument(_ word: String) throws(CommandError) {
    guard let place = places.first else {
      throw CommandError(.usage, "'\(word)' is one argument too many")
    }
    if !place.isRepeating { places.removeFirst() }
    try accept(word, for: place)
  }

  private mutating func takeOption(_ word: String, _ rest: inout ArraySlice<String>) throws(CommandError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let attached = parts.count > 1 ? parts[1] : nil
    let named = inputs.filter { $0.kind != .argument }
    guard let input = named.first(where: { $0.label == parts[0] }) else {
      let known = named.map(\.label) + ["--help"]
      let question = Suggestion.question(for: parts[0], among: known)
      throw CommandError(.usage, "there is no option \(parts[0])\(question)")
    }
    if !input.isRepeating && given.contains(input.name) {
      throw CommandError(.usage, "\(input.label) is given twice")
    }
    switch (input.kind, attached) {
    case (.flag, nil): try accept("", for: input)
    case (.flag, _): throw CommandError(.usage, "\(input.label) takes no value")
    case (_, let attached?): try accept(attached, for: input)
    case (_, nil):
      guard let value = rest.first, !value.hasPrefix("--") else {
        throw CommandError(
          .usage, "\(input.label) needs a value; one that starts with -- is given as \(input.label)=VALUE")
      }
      rest.removeFirst()
      try accept(value, for: input)
    }
  }

  private mutating func accept(_ text: String, for input: InputDeclaration) throws(CommandError) {
    do {
      try input.accept(text)
    } catch {
      throw CommandError(error.code, "\(input.label): \(error.message)")
    }
    given.insert(input.name)
  }
}
