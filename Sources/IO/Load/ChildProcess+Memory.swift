internal import MusterHost

extension ChildProcess {
  /// The memory it holds (resident set), in bytes.
  ///
  /// - Throws: `LoadError` when the system does not tell.
  public func residentBytes() throws(LoadError) -> Int {
    let path = "/proc/\(id)/status"
    do throws(HostError) {
      let text = String(decoding: try Host.contents(ofFile: path, limit: 65_536), as: UTF8.self)
      let words = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?.split(whereSeparator: \.isWhitespace)
      if let words, words.count > 1, let kilobytes = Int(words[1]) { return kilobytes * 1_024 }
    } catch {
      throw LoadError(.system, error.message)
    }
    throw LoadError(.system, "\(path) has no VmRSS")
  }
}
