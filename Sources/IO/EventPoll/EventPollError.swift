internal import Glibc

/// The system has no files for an event queue.
package struct EventPollError: Error, Sendable, CustomStringConvertible {
  /// A sentence for a person.
  package let message: String

  init(_ what: String, _ number: Int32) {
    message = unsafe "\(what): \(String(cString: strerror(number)))"
  }

  /// The message.
  package var description: String { message }
}
