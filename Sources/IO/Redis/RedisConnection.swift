internal import CHiRedis
internal import Glibc

/// A connection to a Redis server, for one thread at a time, which it blocks.
///
/// hiredis connects, writes the protocol and reads it. Sending and receiving is done here, so that a deadline covers a whole
/// call, an answer has a limit before it is in memory, and a connection that broke raises no signal. After an error a
/// connection is of no more use.
@safe final class RedisConnection {
  let context: UnsafeMutablePointer<redisContext>
  let address: RedisAddress
  private let maximumReplyBytes: Int
  private var buffer = [UInt8](repeating: 0, count: 16_384)

  /// Connects and logs in.
  static func open(
    _ options: RedisOptions, until deadline: ContinuousClock.Instant
  ) throws(RedisError) -> RedisConnection {
    let connection = try RedisConnection(options, until: deadline)
    try connection.introduce(options, until: deadline)
    return connection
  }

  private init(_ options: RedisOptions, until deadline: ContinuousClock.Instant) throws(RedisError) {
    let patience = timeval(min(options.connectTimeout, ContinuousClock.now.duration(to: deadline)))
    let opened =
      switch options.address {
      case .tcp(let host, let port): unsafe redisConnectWithTimeout(host, Int32(clamping: port), patience)
      case .unixSocket(let path): unsafe redisConnectUnixWithTimeout(path, patience)
      }
    guard let opened = unsafe opened else { throw RedisError(.unavailable, "no memory for a connection to Redis") }
    guard unsafe opened.pointee.err == 0, unsafe opened.pointee.reader != nil else {
      let reason = unsafe String(cString: muster_redis_connect_error(opened))
      unsafe redisFree(opened)
      throw RedisError(.couldNotConnect, "can't connect to Redis at \(options.address): \(reason)")
    }
    // Programs that this process starts must not hold the connection open.
    _ = unsafe fcntl(opened.pointee.fd, F_SETFD, FD_CLOEXEC)
    unsafe context = opened
    address = options.address
    maximumReplyBytes = options.maximumReplyBytes
  }

  deinit { unsafe redisFree(context) }

  private func introduce(_ options: RedisOptions, until deadline: ContinuousClock.Instant) throws(RedisError) {
    var commands: [[String]] = []
    if let password = options.password {
      commands.append(["AUTH"] + (options.username.map { [$0] } ?? []) + [password])
    }
    if options.database != 0 { commands.append(["SELECT", "\(options.database)"]) }
    let replies = try run(commands.map { $0.map { Array($0.utf8) } }, until: deadline)
    for (command, reply) in zip(commands, replies) {
      if case .error(let text) = reply {
        throw RedisError(.refused, "Redis at \(address) refuses \(command.first ?? ""): \(text)")
      }
    }
  }

  /// Sends commands in one go and waits for all replies, in their order.
  func run(
    _ commands: [RedisCommand], until deadline: ContinuousClock.Instant
  ) throws(RedisError) -> [RedisReply] {
    try send(RedisEncoder.encode(commands), until: deadline)
    var replies: [RedisReply] = []
    var bytesLeft = maximumReplyBytes
    while replies.count < commands.count {
      if let reply = try nextReply() {
        replies.append(reply)
        continue
      }
      bytesLeft -= try receive(until: deadline)
      guard bytesLeft >= 0 else {
        throw RedisError(.tooLarge, "Redis at \(address) answers with more than \(maximumReplyBytes) bytes")
      }
    }
    guard isReaderEmpty else {
      throw RedisError(.invalidAnswer, "Redis at \(address) answers more than it was asked")
    }
    return replies
  }

  /// Feeds hiredis what the server has sent, and says how much that was.
  private func receive(until deadline: ContinuousClock.Instant) throws(RedisError) -> Int {
    let count = try receive(into: &buffer, until: deadline)
    guard unsafe redisReaderFeed(context.pointee.reader, buffer, count) == REDIS_OK else {
      throw RedisError(.unavailable, "no memory for an answer of Redis")
    }
    return count
  }
}

extension timeval {
  /// A time of at least a millisecond: none would mean without end.
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = max(duration, .milliseconds(1)).components
    self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
  }
}
