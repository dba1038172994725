internal import CMicroHTTPD
internal import Glibc

/// A connection of the library. Other threads than its own may only ask for its socket.
@safe struct ConnectionHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Its socket, open at least until a suspended connection is resumed.
  var socket: Int32 {
    unsafe http_connection_socket(pointer)
  }

  /// Ends it in both directions, which has the library close it; only on its own thread.
  func cutOff() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Takes it out of the event loop; only on its own thread, within a call of the library.
  func suspend() {
    unsafe MHD_suspend_connection(pointer)
  }

  /// Puts it back; only on its own thread, after `suspend`, and once.
  func resume() {
    unsafe MHD_resume_connection(pointer)
  }
}
