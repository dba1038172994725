/// A refusal: the status and the sentence that the client gets.
struct APIError: Error, Sendable, Equatable {
  let status: Int
  let message: String
  /// The methods that the path takes, where another one was used.
  let allowedMethods: [String]

  init(_ status: Int, _ message: String, allowedMethods: [String] = []) {
    self.status = status
    self.message = message
    self.allowedMethods = allowedMethods
  }

  /// The request is at fault.
  static func badRequest(_ message: String) -> APIError { APIError(400, message) }
}
