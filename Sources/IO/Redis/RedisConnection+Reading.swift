internal import CHiRedis

extension RedisConnection {
  /// Whether all that was received has been taken.
  var isReaderEmpty: Bool {
    guard let reader = unsafe context.pointee.reader else { return true }
    return unsafe reader.pointee.pos == reader.pointee.len
  }

  /// The next reply, if it is there as a whole.
  func nextReply() throws(RedisError) -> RedisReply? {
    guard let reader = unsafe context.pointee.reader else { return nil }
    try unsafe checkStart(reader)
    var raw: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &raw) == REDIS_OK else {
      throw invalid(unsafe String(cString: muster_redis_reader_error(reader)))
    }
    guard let raw = unsafe raw else { return nil }
    defer { unsafe freeReplyObject(raw) }
    guard let reply = unsafe RedisReply(raw.assumingMemoryBound(to: redisReply.self).pointee) else {
      throw invalid("an answer of an unknown type")
    }
    return reply
  }

  /// Refuses the start of anything but a text, a number or an error: hiredis would set memory aside for a list of as many
  /// elements as it is told.
  private func checkStart(_ reader: UnsafeMutablePointer<redisReader>) throws(RedisError) {
    let (start, end) = unsafe (reader.pointee.pos, reader.pointee.len)
    guard unsafe reader.pointee.ridx == -1, start < end, let bytes = unsafe reader.pointee.buf else { return }
    let first = unsafe UInt8(bitPattern: bytes[start])
    guard "+-:$".utf8.contains(first) else {
      throw invalid("byte \(first) at the start of an answer; allowed: + - : $")
    }
  }

  private func invalid(_ what: String) -> RedisError {
    RedisError(.invalidAnswer, "what is at \(address) does not answer as Redis does: \(what)")
  }
}
