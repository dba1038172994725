internal import CRE2

/// A compiled regular expression of RE2's syntax, which matches in time linear in the text.
///
/// Unchecked, since the compiler can't see into C++: RE2 promises that a compiled expression may be used by several
/// threads at once, and nothing here changes it until the last owner frees it.
@safe
final class RegularExpression: @unchecked Sendable {
  /// Why a pattern could not be compiled, in RE2's words.
  struct Failure: Error {
    var reason: String
  }

  private let pattern: OpaquePointer

  /// Compiles `text`, allowing it `memory` bytes for its program and for what it keeps to match faster.
  init(_ text: String, memory: Int64) throws(Failure) {
    var text = text
    var reason = [CChar](repeating: 0, count: 256)
    let compiled = text.withUTF8 { text in
      unsafe reason.withUnsafeMutableBufferPointer { reason in
        unsafe cre2_compile(text.baseAddress, text.count, memory, reason.baseAddress, reason.count)
      }
    }
    guard let compiled = unsafe compiled else {
      let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Failure(reason: printable(String(decoding: bytes, as: UTF8.self)))
    }
    unsafe pattern = compiled
  }

  deinit {
    unsafe cre2_free(pattern)
  }

  /// Whether the expression occurs anywhere in `text`.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { unsafe cre2_matches(pattern, $0.baseAddress, $0.count) }
  }
}
