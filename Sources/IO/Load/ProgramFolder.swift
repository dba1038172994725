internal import Glibc

/// Where programs are.
public enum ProgramFolder {
  /// The folder of this program, without a slash at its end.
  ///
  /// - Throws: `LoadError` when the system does not tell.
  public static func path() throws(LoadError) -> String {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes -> Int in
      guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return -1 }
      return unsafe readlink("/proc/self/exe", start, bytes.count)
    }
    guard count > 0, let slash = buffer[..<count].lastIndex(of: UInt8(ascii: "/")) else {
      throw LoadError.last(.system, "can't tell where this program is")
    }
    return String(decoding: buffer[..<slash], as: UTF8.self)
  }

  /// The path of a program that is looked up in PATH; nil when it is not there.
  public static func find(_ program: String) -> String? {
    guard let folders = unsafe getenv("PATH").map({ unsafe String(cString: $0) }) else { return nil }
    return folders.split(separator: ":").map { "\($0)/\(program)" }.first { unsafe access($0, X_OK) == 0 }
  }
}
