internal import Glibc

/// Ports for servers that can't choose one by themselves.
public enum FreePort {
  /// A port of 127.0.0.1 that nothing listens on now; something else may take it before it is used.
  ///
  /// - Throws: `LoadError` when the system has none.
  public static func next() throws(LoadError) -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LoadError.last(.system, "can't open a socket") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutableBytes(of: &address) { bytes in
      guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
      guard unsafe bind(descriptor, start, length) == 0 else { return false }
      return unsafe getsockname(descriptor, start, &length) == 0
    }
    guard bound else { throw LoadError.last(.system, "can't find a free port") }
    return UInt16(bigEndian: address.sin_port)
  }
}
