internal import CUV
internal import Glibc

/// Asks the system for the addresses of a host, on threads of its own.
public final class NameLookup {
  private let port: UInt16
  private let done: (Result<[SocketAddress], EventLoopError>) -> Void

  private init(_ port: UInt16, _ done: @escaping (Result<[SocketAddress], EventLoopError>) -> Void) {
    self.port = port
    self.done = done
  }

  /// Asks for a host's addresses.
  ///
  /// - Parameters:
  ///   - loop: whose thread gets the answer.
  ///   - host: a name; an address is its own answer.
  ///   - port: what the addresses are to be completed with.
  ///   - done: called once; at once when the system can't even be asked. The loop does not end before that.
  public static func start(
    _ loop: EventLoop, host: String, port: UInt16,
    _ done: @escaping (Result<[SocketAddress], EventLoopError>) -> Void
  ) {
    let request = UnsafeMutablePointer<uv_getaddrinfo_t>.allocate(capacity: 1)
    unsafe request.pointee.data = Unmanaged.passRetained(NameLookup(port, done)).toOpaque()
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    let result = unsafe uv_getaddrinfo(loop.raw, request, answered, host, nil, &hints)
    if result != 0 { unsafe answered(request, result, nil) }
  }

  @unsafe fileprivate func finish(_ status: Int32, _ first: UnsafeMutablePointer<addrinfo>?) {
    guard status == 0 else { return done(.failure(EventLoopError("can't find the host", status))) }
    var found: [SocketAddress] = []
    var next = unsafe first
    while let entry = unsafe next {
      if let address = unsafe entry.pointee.ai_addr.map({ unsafe SocketAddress($0) }),
        let complete = SocketAddress(host: address.host, port: port), !found.contains(complete)
      {
        found.append(complete)
      }
      unsafe next = entry.pointee.ai_next
    }
    done(.success(found))
  }
}

private func answered(
  _ request: UnsafeMutablePointer<uv_getaddrinfo_t>?, _ status: Int32, _ first: UnsafeMutablePointer<addrinfo>?
) {
  guard let request = unsafe request, let data = unsafe request.pointee.data else { return }
  let lookup = unsafe Unmanaged<NameLookup>.fromOpaque(data).takeRetainedValue()
  unsafe request.deallocate()
  unsafe lookup.finish(status, first)
  if let first = unsafe first { unsafe uv_freeaddrinfo(first) }
}
