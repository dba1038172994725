internal import CReferenceClient

/// What libcurl does on its own, to compare a client with.
public enum CurlLoad {
  /// Gets a URL over and over on the calling thread.
  ///
  /// - Parameters:
  ///   - url: What to get.
  ///   - requests: How many are under way at once.
  ///   - seconds: For how long.
  /// - Returns: Answers a second.
  /// - Throws: `LoadError` when an answer is not 200.
  public static func rate(of url: String, requests: Int, seconds: Double) throws(LoadError) -> Double {
    let answered = unsafe reference_client_run(url, Int32(clamping: requests), seconds)
    guard answered >= 0 else { throw LoadError(.system, "libcurl alone got no answer of status 200 from \(url)") }
    return Double(answered) / seconds
  }
}
