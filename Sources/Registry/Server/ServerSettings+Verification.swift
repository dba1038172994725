internal import MusterHTTPServer

extension ServerSettings {
  /// Looks at settings that are each right and do not fit each other.
  ///
  /// - Throws: `ServerError` with both names and values.
  func verify() throws(ServerError) {
    guard limits.maxTargetBytes <= limits.maxHeaderBytes else {
      throw ServerError(
        .badSetting,
        "max-target-bytes: \(limits.maxTargetBytes) is more than max-header-bytes, which is \(limits.maxHeaderBytes): "
          + "a target is a part of the header")
    }
    if let threads, threads > limits.maxConnections {
      throw ServerError(
        .badSetting,
        "threads: \(threads) is more than max-connections, which is \(limits.maxConnections): "
          + "every thread needs a connection")
    }
  }
}
