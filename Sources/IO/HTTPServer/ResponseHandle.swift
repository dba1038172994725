internal import CMicroHTTPD
internal import Glibc

/// One reference to a response object of the library, which counts them itself and locks where it must.
@safe struct ResponseHandle: @unchecked Sendable {
  let pointer: OpaquePointer
  /// The body that the library sends, in memory of its own; valid as long as the reference is held.
  let body: UnsafeRawBufferPointer

  private init(
    pointer: OpaquePointer, body: UnsafeRawBufferPointer = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  ) {
    unsafe self.pointer = unsafe pointer
    unsafe self.body = unsafe body
  }

  /// Copies a body into a response; nil if there is no memory for it.
  static func make(headers: [(String, String)], body: Span<UInt8>) -> ResponseHandle? {
    guard let copy = unsafe malloc(max(1, body.count)) else { return nil }
    unsafe body.withUnsafeBytes { source in
      if let start = source.baseAddress { unsafe memcpy(copy, start, source.count) }
    }
    guard let pointer = unsafe http_response_owning(copy, body.count) else {
      unsafe free(copy)
      return nil
    }
    let handle = unsafe ResponseHandle(
      pointer: pointer, body: UnsafeRawBufferPointer(start: copy, count: body.count))
    handle.add(headers)
    return handle
  }

  /// Makes a response that reads its body from a stream, and keeps the stream until it is sent.
  static func make(headers: [(String, String)], stream: HTTPStream) -> ResponseHandle? {
    let context = unsafe Unmanaged.passRetained(stream)
    guard let pointer = unsafe http_response_streaming(readStream, context.toOpaque(), endStream) else {
      unsafe context.release()
      return nil
    }
    let handle = unsafe ResponseHandle(pointer: pointer)
    handle.add(headers)
    return handle
  }

  private func add(_ headers: [(String, String)]) {
    for (name, value) in headers {
      _ = unsafe MHD_add_response_header(pointer, name, value)
    }
  }

  /// Gives the reference back.
  func release() {
    unsafe MHD_destroy_response(pointer)
  }
}

/// Whether HTTP can carry such a header field.
func isValidHeader(name: String, value: String) -> Bool {
  !name.isEmpty && !value.isEmpty && name.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ":") }
    && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
}

private func readStream(
  _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ space: Int
) -> Int {
  guard let context = unsafe context, let buffer = unsafe buffer else { return http_stream_error() }
  let stream = unsafe Unmanaged<HTTPStream>.fromOpaque(context).takeUnretainedValue()
  let target = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: space)
  return unsafe stream.read(into: target)
}

private func endStream(_ context: UnsafeMutableRawPointer?) {
  guard let context = unsafe context else { return }
  unsafe Unmanaged<HTTPStream>.fromOpaque(context).release()
}
