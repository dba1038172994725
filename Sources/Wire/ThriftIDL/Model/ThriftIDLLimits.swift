/// How much a definition may ask for.
public struct ThriftIDLLimits: Hashable, Sendable {
  /// The most bytes of a file. Default: 4 MiB.
  public var fileSize: Int
  /// How deep types and values may nest, and how long a chain of includes may be. Default: 64, as deep as values may
  /// nest in a message.
  public var depth: Int
  /// The most definitions, fields, types and values of all files together. Default: 1,000,000.
  public var partCount: Int
  /// The most files. Default: 1,000.
  public var fileCount: Int

  /// Creates limits; `depth` is cut to 256, since reading goes one call deeper for each.
  public init(fileSize: Int = 4_194_304, depth: Int = 64, partCount: Int = 1_000_000, fileCount: Int = 1_000) {
    self.fileSize = fileSize
    self.depth = min(max(depth, 1), 256)
    self.partCount = partCount
    self.fileCount = fileCount
  }
}
