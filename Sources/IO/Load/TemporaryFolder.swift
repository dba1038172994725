internal import Glibc

/// A folder that is removed with all that is in it when the object is let go of.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Makes one in TMPDIR, else in /tmp.
  ///
  /// - Throws: `LoadError` when it can't be made.
  public init(prefix: String) throws(LoadError) {
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/\(prefix)-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw LoadError.last(.system, "can't make a folder in \(parent)")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    remove()
  }

  /// Writes a file in it.
  ///
  /// - Returns: where the file is.
  /// - Throws: `LoadError` when it can't be written.
  public func write(_ text: String, as name: String) throws(LoadError) -> String {
    let file = "\(path)/\(name)"
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw LoadError.last(.system, "can't write \(file)") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw LoadError.last(.system, "can't write \(file)")
    }
    return file
  }

  /// Removes it now; what can't be removed stays, as for any other program's temporary files.
  public func remove() {
    Self.remove(path)
  }

  private static func remove(_ path: String) {
    guard let folder = unsafe opendir(path) else { return }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      let isFolder = unsafe entry.pointee.d_type == UInt8(DT_DIR)
      if isFolder { remove("\(path)/\(name)") } else { unsafe unlink("\(path)/\(name)") }
    }
    unsafe closedir(folder)
    unsafe rmdir(path)
  }
}
