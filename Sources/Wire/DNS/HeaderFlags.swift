/// The second word of a packet's header: what kind of message it is.
public struct HeaderFlags: RawRepresentable, OptionSet, Sendable, Hashable {
  /// The bits as in the packet.
  public let rawValue: UInt16

  /// The flags of those bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The message is an answer.
  public static let response = HeaderFlags(rawValue: 0x8000)
  /// The answer comes from whoever is in charge of the name.
  public static let authoritative = HeaderFlags(rawValue: 0x0400)
  /// Something did not fit.
  public static let truncated = HeaderFlags(rawValue: 0x0200)
  /// The client wants other servers asked too.
  public static let recursionDesired = HeaderFlags(rawValue: 0x0100)
  /// The server asks other servers.
  public static let recursionAvailable = HeaderFlags(rawValue: 0x0080)
  /// The client does not want signatures checked.
  public static let checkingDisabled = HeaderFlags(rawValue: 0x0010)

  /// What kind of query it is: 0 for a plain one.
  public var operation: UInt16 { rawValue >> 11 & 0xF }

  /// The four bits of the response code that are in the header.
  public var responseCode: ResponseCode { ResponseCode(rawValue: rawValue & 0xF) }

  /// The flags of an answer to a query with these: what must be repeated, and nothing else.
  public func answering(_ code: ResponseCode, _ more: HeaderFlags = []) -> HeaderFlags {
    HeaderFlags(rawValue: rawValue & 0x7910 | code.rawValue & 0xF).union(.response).union(more)
  }
}
