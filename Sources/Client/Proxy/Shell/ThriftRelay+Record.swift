internal import MusterCalling

extension ThriftRelay {
  /// A client or an instance has sent what is not to be understood.
  func complain(_ text: String) {
    tallies.update { $0.faults += 1 }
    log.write(.warning, "\(service): \(text)")
  }

  func note(_ text: String) { log.write(.debug, "\(service): \(text)") }

  func answered(after time: Duration) { tallies.update { $0.answered(after: time) } }

  func failed(_ text: String, after time: Duration) {
    tallies.update { $0.failed(after: time) }
    log.write(.info, text)
  }

  func retried() { tallies.update { $0.retries += 1 } }

  func hedged() { tallies.update { $0.hedges += 1 } }

  /// Why a call could not be tried, without the service's name that is said anyway.
  func explain(_ error: CallError) -> String {
    let prefix = "\(service): "
    let text = error.message.hasPrefix(prefix) ? String(error.message.dropFirst(prefix.count)) : error.message
    guard error.code == .noInstances else { return text }
    return tallies.read { $0.registryTrouble }.map { "\(text), and the registry does not answer: \($0)" } ?? text
  }
}
