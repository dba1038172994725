internal import CMicroHTTPD

/// A connection of the library, as far as other threads may touch it: to resume it once after it was suspended.
@safe struct ConnectionHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Its socket, open at least until a suspended connection is resumed.
  var socket: Int32 {
    unsafe http_connection_socket(pointer)
  }

  /// Takes it out of the event loop; only on its own thread, within a call of the library.
  func suspend() {
    unsafe MHD_suspend_connection(pointer)
  }

  /// Puts it back; only after `suspend`, and once.
  func resume() {
    unsafe MHD_resume_connection(pointer)
  }
}
