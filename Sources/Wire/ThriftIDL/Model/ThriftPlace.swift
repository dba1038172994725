/// A place in a file, counted from 1.
public struct ThriftPlace: Hashable, Sendable {
  /// The line.
  public let line: Int
  /// The character in the line.
  public let column: Int

  /// Creates a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
