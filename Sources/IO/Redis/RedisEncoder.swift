internal import CHiRedis

/// Writes commands as Redis reads them.
enum RedisEncoder {
  static func encode(_ commands: [RedisCommand]) throws(RedisError) -> [UInt8] {
    var bytes: [UInt8] = []
    for command in commands { bytes += try encode(command) }
    return bytes
  }

  private static func encode(_ command: RedisCommand) throws(RedisError) -> [UInt8] {
    let lengths = command.map(\.count)
    var flat: [UInt8] = []
    flat.reserveCapacity(lengths.reduce(1, +))
    for part in command { flat += part }
    // At least a byte, so that there is an address.
    flat.append(0)
    var encoded: UnsafeMutablePointer<CChar>?
    let count = unsafe flat.withUnsafeBytes { all -> Int32 in
      var offset = 0
      var starts = unsafe lengths.map { length -> UnsafePointer<CChar>? in
        defer { offset += length }
        return unsafe all.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
      }
      return unsafe redisFormatCommandArgv(&encoded, Int32(clamping: command.count), &starts, lengths)
    }
    defer { unsafe redisFreeCommand(encoded) }
    guard count >= 0, let encoded = unsafe encoded else {
      throw RedisError(.unavailable, "no memory for a command to Redis")
    }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: encoded, count: Int(count)))
  }
}
