/// Why a definition can't be used.
public struct ThriftIDLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of an error.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The text is not what the grammar allows.
    public static let syntax = Code("syntax")
    /// The text exceeds one of the ``ThriftIDLLimits``.
    public static let limit = Code("limit")
    /// A file that is included can't be read, or includes itself.
    public static let include = Code("include")
    /// A name stands for nothing, or not for what is needed there.
    public static let name = Code("name")
    /// A name or number is given twice.
    public static let duplicate = Code("duplicate")
    /// A value is not one of its type.
    public static let value = Code("value")
    /// The grammar allows it, but it is not carried here.
    public static let unsupported = Code("unsupported")

    /// The code in one word.
    public let description: String

    private init(_ description: String) {
      self.description = description
    }
  }

  /// The kind of the error.
  public let code: Code
  /// What is wrong, and what is allowed.
  public let message: String
  /// The file that it is in, as it was named.
  public internal(set) var file: String?
  /// Where in the file.
  public internal(set) var place: ThriftPlace?

  /// Creates an error that belongs to no place, such as one about a file that can't be read.
  public init(_ code: Code, _ message: String) {
    self.init(code, message, at: nil)
  }

  init(_ code: Code, _ message: String, at place: ThriftPlace?, in file: String? = nil) {
    self.code = code
    self.message = message
    self.place = place
    self.file = file
  }

  /// `FILE:LINE:COLUMN: message`.
  public var description: String {
    var text = file.map { "\($0):" } ?? ""
    if let place { text += "\(place.line):\(place.column):" }
    return text.isEmpty ? message : "\(text) \(message)"
  }

  /// The same in a file, unless it names one already.
  func within(_ file: String) -> ThriftIDLError {
    self.file == nil ? ThriftIDLError(code, message, at: place, in: file) : self
  }
}
