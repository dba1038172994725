internal import MusterThrift

/// A call of a Thrift method without arguments: passing when it is answered, also with an exception that it declares.
///
/// Binary and compact, buffered and framed are tried one after the other, and what a target speaks is remembered.
public struct ThriftProbe: Sendable, Equatable {
  /// The target, `host:port/method`; the method of one of several services is `service:method`.
  public let target: String

  /// A call to `target`.
  public init(target: String) {
    self.target = target
  }

  /// The dialects that are tried, the usual ones first.
  static let dialects = [
    ThriftDialect(.binary, .unframed), ThriftDialect(.binary, .framed), ThriftDialect(.compact, .framed),
    ThriftDialect(.compact, .unframed),
  ]
  /// More is no answer to such a call.
  static let limits = ThriftLimits(messageSize: 1 << 20)

  /// Where and what is called.
  func parts() throws(ProbeSetupError) -> (host: String, port: UInt16, method: String) {
    let parts = target.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ProbeSetupError("the target must be HOST:PORT/METHOD")
    }
    let address = try HostAndPort(parts[0]).text
    guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]) else {
      throw ProbeSetupError("the target must be HOST:PORT/METHOD")
    }
    var host = address[..<colon]
    if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
    return (String(host), port, String(parts[1]))
  }

  /// The call as bytes.
  static func call(_ method: String, in dialect: ThriftDialect) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(ThriftError) {
      let start = try dialect.framing.beginFrame(in: &bytes)
      try ThriftMessage(ThriftMessageHead(method, .call, sequenceID: 1), ThriftStruct())
        .write(to: &bytes, as: dialect.protocol)
      try dialect.framing.endFrame(at: start, in: &bytes)
      return bytes
    } catch {
      // A call without arguments has a form in each of the dialects.
      return []
    }
  }

  /// What an answer says; nil if it is not one.
  func reading(of message: ThriftReceivedMessage) -> ProbeReading? {
    switch message.head.type {
    case .reply: return ProbeReading(.passing, "\(action): answered")
    case .exception:
      let exception = try? message.body(as: ThriftApplicationException.self)
      guard let exception else { return failure("an exception that can't be read") }
      return ProbeReading(.critical, "\(action): \(exception.code)", detail: exception.message)
    default: return nil
    }
  }

  func failure(_ problem: String) -> ProbeReading { ProbeReading(.critical, "\(action): \(problem)") }

  private var action: String { "Thrift \(target)" }
}
