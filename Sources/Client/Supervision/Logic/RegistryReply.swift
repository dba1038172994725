/// What became of a request to the registry.
package enum RegistryReply: Hashable, Sendable {
  /// It was carried out.
  case done
  /// The registry knows nothing of what the request is about.
  case unknown
  /// There was no answer, or none that says anything; the reason is for a person.
  case away(String)
  /// It will not do it; the reason is for a person.
  case refused(String)

  /// Reads an answer.
  ///
  /// Registries differ on a report for a check that is gone: it is 404, or 500 with words.
  package init(status: Int, text: String) {
    let reason = "status \(status)" + (text.isEmpty ? "" : ": \(text)")
    switch status {
    case 200...299: self = .done
    case 404: self = .unknown
    case 500 where text.contains("does not have associated TTL") || text.contains("nknown check"): self = .unknown
    // Overloaded, starting, or without a leader for a moment.
    case 429, 500...: self = .away(reason)
    default: self = .refused(reason)
    }
  }
}
