/// Where a property wrapper keeps its value: shared by the command and its declarations, filled by the parser.
final class Slot<Value> {
  private var stored: Value?

  init(_ initial: Value?) {
    stored = initial
  }

  var isEmpty: Bool { stored == nil }

  var value: Value {
    get {
      guard let stored else {
        // The parser refuses a command line without its required inputs, so this is a command that was never parsed.
        preconditionFailure("an input was read before the command line was parsed")
      }
      return stored
    }
    set { stored = newValue }
  }
}
