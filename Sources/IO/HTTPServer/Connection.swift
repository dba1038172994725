internal import Synchronization

/// What the server keeps for a connection, from one request to the next; only touched on the connection's thread.
final class Connection {
  let tether: Tether
  enum Phase {
    /// A request line was read.
    case started
    /// The header was read, the body may follow.
    case receiving
    /// The body is read to its end but not kept; `refusal` is the answer.
    case refusing
    /// An exchange was made of the request.
    case waiting
  }

  var phase = Phase.started
  /// Whether stopping the server waits for the request.
  var isCounted = false
  /// The raw target.
  ///
  /// Copied, since the library decodes its own in place; the memory is used again.
  private(set) var target: [UInt8] = []
  private(set) var isTargetTooLong = false
  /// Where the target ends in the library's memory.
  private var targetEnd: UInt = 0
  private(set) var body: [UInt8] = []
  private(set) var skippedBytes = 0
  private(set) var refusal: HTTPResponse?
  var exchange: HTTPExchange?
  var stream: HTTPStream?

  init(_ tether: Tether) {
    self.tether = tether
  }

  /// A request line was read.
  @unsafe func begin(target bytes: UnsafeBufferPointer<UInt8>, limit: Int) {
    phase = .started
    isTargetTooLong = bytes.count > limit
    target.removeAll(keepingCapacity: true)
    if !isTargetTooLong { unsafe target.append(contentsOf: bytes) }
    targetEnd = UInt(bitPattern: bytes.baseAddress) + UInt(bytes.count)
  }

  /// Whether more than one space lies between the target and the version that follows it: a NUL byte in the request line
  /// would cut the target short, and so name something else than the client did.
  @unsafe func isTargetCut(before version: UnsafePointer<CChar>) -> Bool {
    let start = UInt(bitPattern: version)
    return start > targetEnd && start - targetEnd < 1 << 20 && start - targetEnd != 1
  }

  /// A piece of the body was read.
  @unsafe func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe body.append(contentsOf: bytes)
  }

  /// Makes room for a body of announced length.
  func reserve(_ count: Int) {
    body.reserveCapacity(count)
  }

  /// From now on the body is read but not kept, and `response` is the answer in the end.
  func refuse(_ response: HTTPResponse) {
    phase = .refusing
    refusal = response
    body = []
  }

  /// Counts bytes that were read and not kept.
  func skip(_ count: Int) {
    skippedBytes += count
  }

  /// Gives the body away.
  func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }

  /// The request is done with.
  func end() {
    tether.received.store(-1, ordering: .relaxed)
    stream?.connectionEnded()
    stream = nil
    exchange = nil
    refusal = nil
    body = []
    skippedBytes = 0
  }
}
