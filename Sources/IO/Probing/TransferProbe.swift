/// A probe that libcurl carries out: one type for each kind.
protocol TransferProbe: Sendable {
  /// So many bytes of an answer's body are read; then it is cut off.
  var bodyLimit: Int { get }

  /// Sets what is special to the kind.
  func configure(_ handle: EasyHandle) throws(ProbeSetupError)

  /// What the answer means.
  func reading(of answer: TransferAnswer) -> ProbeReading

  /// A critical reading.
  func failure(_ problem: String) -> ProbeReading
}

/// Why a probe can't be carried out as it is described.
struct ProbeSetupError: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }
}
