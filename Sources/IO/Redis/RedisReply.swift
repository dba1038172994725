internal import CHiRedis

/// A command: its name and arguments.
package typealias RedisCommand = [[UInt8]]

/// What Redis answered to a command. None that is used here is answered with a list.
package enum RedisReply: Sendable, Hashable {
  case status(String)
  case integer(Int64)
  case bytes([UInt8])
  /// There is none.
  case none
  /// Redis would not do it, and says why.
  case error(String)
}

extension RedisReply {
  /// Copies a reply of hiredis; nil for a type that can't be asked for.
  @safe init?(_ reply: redisReply) {
    let bytes = unsafe UnsafeRawBufferPointer(start: reply.str, count: reply.str == nil ? 0 : reply.len)
    switch unsafe reply.type {
    case REDIS_REPLY_STATUS: self = unsafe .status(Self.readable(bytes))
    case REDIS_REPLY_ERROR: self = unsafe .error(Self.readable(bytes))
    case REDIS_REPLY_STRING: self = unsafe .bytes([UInt8](bytes))
    case REDIS_REPLY_INTEGER: self = unsafe .integer(reply.integer)
    case REDIS_REPLY_NIL: self = .none
    default: return nil
    }
  }

  /// The start of a text that came from outside, on one line.
  private static func readable(_ bytes: UnsafeRawBufferPointer) -> String {
    let printable = unsafe bytes.prefix(200).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
    return String(decoding: printable, as: UTF8.self)
  }
}
