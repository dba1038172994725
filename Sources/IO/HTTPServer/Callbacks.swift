internal import CMicroHTTPD
internal import Glibc
internal import Synchronization

// What the library calls, on the threads that run it. `context` is the server's core, or the worker where a connection comes and
// goes; a connection's record belongs to the library from the connection's start to its end.

func acceptConnection(
  _ context: UnsafeMutableRawPointer?, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t
) -> MHD_Result {
  guard let context = unsafe context else { return .NO }
  let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  return unsafe core.admits(ClientAddress(address)) ? .YES : .NO
}

func targetArrived(
  _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context, let record = unsafe http_connection_context(connection) else { return nil }
  let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  let state = unsafe Unmanaged<Connection>.fromOpaque(record).takeUnretainedValue()
  state.isCounted = core.requestBegan()
  guard let target = unsafe target else { return unsafe record }
  let bytes = unsafe UnsafeRawBufferPointer(start: target, count: strlen(target))
  unsafe state.begin(target: bytes.assumingMemoryBound(to: UInt8.self), limit: core.limits.maxTargetBytes)
  unsafe hideQuery(of: target)
  return unsafe record
}

/// Keeps the library from taking the query apart.
///
/// It would decode each parameter into the connection's memory, which nobody reads, and a request with more of them
/// than fit there would hang: its error answer is lost. The target is in the buffer that the library itself writes to
/// right after this.
@unsafe private func hideQuery(of target: UnsafePointer<CChar>) {
  guard let mark = unsafe strchr(UnsafeMutablePointer(mutating: target), Int32(UInt8(ascii: "?"))) else { return }
  if unsafe mark[1] != 0 { unsafe mark[1] = 0 }
}

func advance(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
  _ uploadCount: UnsafeMutablePointer<Int>?, _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context = unsafe context, let connection = unsafe connection, let method = unsafe method,
    let uploadCount = unsafe uploadCount, let record = unsafe record?.pointee
  else { return .NO }
  let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  let state = unsafe Unmanaged<Connection>.fromOpaque(record).takeUnretainedValue()
  let bytes = unsafe UnsafeRawBufferPointer(start: upload, count: upload == nil ? 0 : uploadCount.pointee)
  let call = unsafe Call(
    connection: ConnectionHandle(pointer: connection), method: method, upload: bytes.assumingMemoryBound(to: UInt8.self)
  )
  if state.phase == .started, let version = unsafe version, unsafe state.isTargetCut(before: version) {
    return core.refuse(ServerCore.malformedLine, state, call) ? .YES : .NO
  }
  state.tether.worker.worked()
  guard core.advance(state, call) else { return .NO }
  unsafe uploadCount.pointee = 0
  return .YES
}

func requestCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let context = unsafe context, let record = unsafe record?.pointee else { return }
  let state = unsafe Unmanaged<Connection>.fromOpaque(record).takeUnretainedValue()
  state.end()
  state.tether.worker.worked()
  if state.isCounted { unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue().requestEnded() }
}

func connectionChanged(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ change: MHD_ConnectionNotificationCode
) {
  guard let context = unsafe context, let connection = unsafe connection, let record = unsafe record else { return }
  let worker = unsafe Unmanaged<Worker>.fromOpaque(context).takeUnretainedValue()
  let core = worker.core
  worker.worked()
  if change == .CONNECTION_NOTIFY_STARTED {
    let tether = unsafe core.tethers.add(ConnectionHandle(pointer: connection), of: worker)
    unsafe record.pointee = Unmanaged.passRetained(Connection(tether)).toOpaque()
    core.connections.add(1, ordering: .relaxed)
  } else if let held = unsafe record.pointee {
    let state = unsafe Unmanaged<Connection>.fromOpaque(held).takeRetainedValue()
    core.tethers.remove(state.tether)
    unsafe record.pointee = nil
    core.clients.leave(unsafe ClientAddress(http_connection_address(connection)))
    core.connections.subtract(1, ordering: .relaxed)
  }
}

func logMessage(_ context: UnsafeMutableRawPointer?, _ format: UnsafePointer<CChar>?, _ arguments: CVaListPointer?) {
  guard let context = unsafe context, let format = unsafe format, let arguments = unsafe arguments else { return }
  var buffer = [CChar](repeating: 0, count: 512)
  _ = unsafe vsnprintf(&buffer, buffer.count, format, arguments)
  let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.map { $0 < 0x20 ? 0x20 : $0 }
  let text = String(decoding: bytes, as: UTF8.self)
  // Its words for a connection that was closed because the server wanted so: the client had hung up.
  guard !text.hasPrefix("Application reported internal error") else { return }
  unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue().log.write(text)
}
