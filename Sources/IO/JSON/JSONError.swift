/// Why a text was not read as JSON.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of problem it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case malformed, invalidUTF8, numberOutOfRange, tooLarge, tooDeep, tooManyValues, outOfMemory }
    private var value: Value

    /// The text does not follow the grammar of JSON.
    public static let malformed = Code(value: .malformed)
    /// The text is not UTF-8.
    public static let invalidUTF8 = Code(value: .invalidUTF8)
    /// A number is too large for 64 bits.
    public static let numberOutOfRange = Code(value: .numberOutOfRange)
    /// The text has more bytes than the limit.
    public static let tooLarge = Code(value: .tooLarge)
    /// Arrays and objects are inside each other more often than the limit.
    public static let tooDeep = Code(value: .tooDeep)
    /// The text has more values than the limit.
    public static let tooManyValues = Code(value: .tooManyValues)
    /// There was no memory for the values.
    public static let outOfMemory = Code(value: .outOfMemory)
  }

  /// What kind of problem it is.
  public var code: Code
  /// What is wrong and where, for a person to read: `',' or '}' expected near 'x' at line 2, column 7`.
  public var message: String

  /// A problem that lies in the text as a whole.
  init(code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// A problem at one place of the text.
  init(code: Code, _ what: String, line: Int, column: Int) {
    self.init(code: code, "\(what) at line \(line), column \(column)")
  }

  /// The message.
  public var description: String { message }
}
