/// What shows that the program can serve.
package enum Readiness: Sendable {
  /// Each of these ports accepts connections, at one of the hosts.
  case accepts(ports: [UInt16], hosts: [String])
  /// A GET of the URL answers 2xx or 429.
  case answers(url: String)

  /// What is the matter while it is not ready.
  package var explanation: String {
    switch self {
    case .accepts(let ports, _):
      "no connection is accepted on port \(ports.map(String.init).joined(separator: " or port "))"
    case .answers(let url): "\(url) does not answer as it should"
    }
  }
}
