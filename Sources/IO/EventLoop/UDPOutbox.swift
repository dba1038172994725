internal import CUV
internal import Glibc

/// Packets that leave together, with one call of the system: a call for each costs more than all else about it.
@safe final class UDPOutbox {
  private let socket: Int32
  private let messages: UnsafeMutablePointer<outgoing_message>
  private let parts: UnsafeMutablePointer<iovec>
  private let addresses: UnsafeMutablePointer<SocketAddress>
  private let bytes: UnsafeMutableRawPointer
  private var count = 0
  private var used = 0
  private(set) var dropped: UInt64 = 0

  private static let capacity = 64
  private static let byteCapacity = 2 * EventLoop.packetSpace

  init(_ socket: Int32) {
    self.socket = socket
    unsafe messages = .allocate(capacity: Self.capacity)
    unsafe messages.initialize(repeating: outgoing_message(), count: Self.capacity)
    unsafe parts = .allocate(capacity: Self.capacity)
    unsafe parts.initialize(repeating: iovec(), count: Self.capacity)
    unsafe addresses = .allocate(capacity: Self.capacity)
    unsafe bytes = .allocate(byteCount: Self.byteCapacity, alignment: 64)
    for index in 0..<Self.capacity {
      unsafe messages[index].header.msg_iov = parts + index
      unsafe messages[index].header.msg_iovlen = 1
      unsafe messages[index].header.msg_name = UnsafeMutableRawPointer(addresses + index)
    }
  }

  deinit {
    unsafe messages.deallocate()
    unsafe parts.deallocate()
    unsafe addresses.deallocate()
    unsafe bytes.deallocate()
  }

  /// Adds a packet; what is longer than a packet can be is dropped.
  func add(_ packet: [UInt8], _ address: SocketAddress) {
    guard packet.count < EventLoop.packetSpace else {
      dropped += 1
      return
    }
    if count == Self.capacity || used + packet.count > Self.byteCapacity { flush() }
    let place = unsafe bytes + used
    unsafe packet.withUnsafeBytes { from in
      if let start = from.baseAddress { unsafe place.copyMemory(from: start, byteCount: from.count) }
    }
    unsafe parts[count] = iovec(iov_base: place, iov_len: packet.count)
    unsafe (addresses + count).initialize(to: address)
    unsafe messages[count].header.msg_namelen = socklen_t(address.size)
    count += 1
    used += packet.count
  }

  /// Sends all that is here. A packet that can't be sent is dropped, as it could be anywhere on its way.
  func flush() {
    var next = 0
    while next < count {
      let sent = unsafe send_messages(socket, messages + next, UInt32(count - next))
      if sent > 0 {
        next += Int(sent)
      } else if sent < 0, errno == EINTR {
        continue
      } else if sent < 0, errno == EAGAIN {
        dropped += UInt64(count - next)
        break
      } else {
        dropped += 1
        next += 1
      }
    }
    (count, used) = (0, 0)
  }
}
