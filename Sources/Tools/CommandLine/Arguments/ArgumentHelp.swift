/// What help says about an input.
package struct ArgumentHelp: ExpressibleByStringLiteral {
  /// One sentence without a full stop.
  package var abstract: String
  /// What stands for the value in help; the input's name in capitals when nil.
  package var valueName: String?

  /// Makes a help text.
  package init(_ abstract: String, valueName: String? = nil) {
    self.abstract = abstract
    self.valueName = valueName
  }

  /// Makes a help text of one sentence.
  package init(stringLiteral value: String) {
    self.init(value)
  }
}

/// What a shell offers for a value.
package enum CompletionKind: Equatable {
  /// The value's own words, where its type has them; else nothing.
  case `default`
  /// These words.
  case list([String])
  /// Names of files.
  case file
  /// Names of folders.
  case directory
  /// The words a shell command prints. It is a part of the script: it must be a constant, never a user's text.
  case shellCommand(String)
}
