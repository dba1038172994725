internal import CJansson

extension JSONError {
  /// What Jansson reports, with what is allowed added where its text doesn't say.
  init(_ error: json_error_t) {
    let (code, what) = Self.classify(error)
    self.init(code: code, what, line: Int(error.line), column: Int(error.column))
  }

  private static func classify(_ error: json_error_t) -> (Code, String) {
    var error = error
    let text = unsafe String(cString: muster_json_error_text(&error)).withVisibleControls
    switch json_error_code(rawValue: UInt32(unsafe muster_json_error_code(&error))) {
    case json_error_numeric_overflow where text.contains("integer"):
      return (.numberOutOfRange, "\(text): integers are from \(Int64.min) to \(Int64.max),")
    case json_error_numeric_overflow:
      return (.numberOutOfRange, "\(text): numbers are at most about 1.8e308,")
    case json_error_invalid_utf8: return (.invalidUTF8, "the text is not UTF-8: \(text)")
    case json_error_out_of_memory: return (.outOfMemory, "there is no memory for the values")
    default: return (.malformed, text)
    }
  }
}

extension String {
  /// Jansson quotes the text it stopped at; control characters in it must not reach a terminal or a log.
  fileprivate var withVisibleControls: String {
    var visible = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      visible.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return String(visible)
  }
}
