/// A refusal: the status and the sentence that the client gets.
struct APIError: Error, Sendable, Equatable {
  let status: Int
  let message: String

  init(_ status: Int, _ message: String) {
    self.status = status
    self.message = message
  }

  /// The request is at fault.
  static func badRequest(_ message: String) -> APIError { APIError(400, message) }
}
