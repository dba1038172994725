internal import Glibc
package import MusterThriftIDL

/// Files with definitions, and the text that is written.
package struct DefinitionFile {
  /// Reads a file; one that is larger than allowed is not read to its end.
  static func read(_ path: String, limit: Int) throws(ThriftIDLError) -> ThriftSource {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("can't read '\(path)'") }
    defer { close(file) }
    var text: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while text.count <= limit {
      let count = unsafe part.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("can't read '\(path)'") }
      guard count > 0 else { break }
      text += part.prefix(count)
    }
    return ThriftSource(path: path, text: text)
  }

  /// Reads a file and all that it includes.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - folders: where included files are looked for too.
  /// - Returns: the definitions.
  /// - Throws: `ThriftIDLError` that says where and what was expected.
  package static func schema(_ path: String, folders: [String]) throws(ThriftIDLError) -> ThriftSchema {
    let limits = ThriftIDLLimits()
    let source = try read(path, limit: limits.fileSize)
    return try ThriftSchema(source, limits: limits) { (path, includer) throws(ThriftIDLError) in
      try include(path, from: includer, folders: folders, limit: limits.fileSize)
    }
  }

  /// Reads the file that another one includes: next to it, or else in one of the folders.
  static func include(
    _ path: String, from includer: String, folders: [String], limit: Int
  ) throws(ThriftIDLError) -> ThriftSource {
    let home = includer.lastIndex(of: "/").map { String(includer[...$0]) } ?? ""
    let places = path.hasPrefix("/") ? [path] : [home + path] + folders.map { "\($0)/\(path)" }
    guard let found = places.first(where: { unsafe access($0, F_OK) == 0 }) else {
      throw ThriftIDLError(.include, "'\(path)' is not found; looked for \(places.joined(separator: ", "))")
    }
    return try read(normal(found), limit: limit)
  }

  /// A path without `.` and `a/..`, so that a file has one name however it is included.
  static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// Writes text anew; a file that has the same text stays as it is, so that nothing that depends on it is built again.
  package static func write(_ text: String, to path: String) throws(ThriftIDLError) {
    let bytes = Array(text.utf8)
    if let old = try? read(path, limit: bytes.count), old.text == bytes { return }
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("can't write '\(path)'") }
    defer { close(file) }
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes[start...].withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("can't write '\(path)'") }
      start += count
    }
  }

  private static func failure(_ message: String) -> ThriftIDLError {
    ThriftIDLError(.include, "\(message): \(unsafe String(cString: strerror(errno)))")
  }
}
