/// How an answer says that it went; those from 16 on need EDNS.
public struct ResponseCode: RawRepresentable, Sendable, Hashable {
  /// The number: four bits in the header, eight more in the OPT record.
  public let rawValue: UInt16

  /// The code of that number, cut to twelve bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue & 0xFFF
  }

  /// The question is answered, be it with nothing.
  public static let noError = ResponseCode(rawValue: 0)
  /// The query can't be understood.
  public static let formatError = ResponseCode(rawValue: 1)
  /// The server could not find out.
  public static let serverFailure = ResponseCode(rawValue: 2)
  /// There is no such name.
  public static let nameError = ResponseCode(rawValue: 3)
  /// The kind of query is not implemented.
  public static let notImplemented = ResponseCode(rawValue: 4)
  /// The server does not answer such questions.
  public static let refused = ResponseCode(rawValue: 5)
  /// The version of EDNS is not known here.
  public static let badVersion = ResponseCode(rawValue: 16)
}
