extension ThriftSchema {
  /// Reads a file and all that it includes.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - limits: what the files may ask for.
  ///   - include: gives the file for a path as it is written, and the path of the file that includes it. What it throws
  ///     is said of the place where the include is written.
  /// - Throws: a ``ThriftIDLError`` that says where and what was expected.
  public init(
    _ source: ThriftSource, limits: ThriftIDLLimits = ThriftIDLLimits(),
    include: (_ path: String, _ includer: String) throws(ThriftIDLError) -> ThriftSource
  ) throws(ThriftIDLError) {
    var loader = ThriftLoader(limits: limits)
    try loader.load(source, include)
    var resolver = try ThriftResolver(loader.files, limits: limits)
    self = try resolver.schema()
  }
}

/// Files as they are written, each after those that it includes.
struct ThriftLoader {
  struct File {
    let name: String
    let path: String
    let document: ThriftDocument
    let includes: [String]
  }

  private let limits: ThriftIDLLimits
  private(set) var files: [File] = []
  /// The paths of the files whose includes are being read.
  private var open: [String] = []

  init(limits: ThriftIDLLimits) {
    self.limits = limits
  }

  mutating func load(
    _ source: ThriftSource, _ include: (String, String) throws(ThriftIDLError) -> ThriftSource
  ) throws(ThriftIDLError) {
    let document = try ThriftDocument(parsing: source.text, file: source.path, limits: limits)
    open.append(source.path)
    var includes: [String] = []
    for written in document.includes {
      do throws(ThriftIDLError) {
        let found = try include(written.path, source.path)
        try check(found)
        if !files.contains(where: { $0.path == found.path }) { try load(found, include) }
        includes.append(found.name)
      } catch {
        throw error.file == nil ? ThriftIDLError(error.code, error.message, at: written.place, in: source.path) : error
      }
    }
    open.removeLast()
    files.append(File(name: source.name, path: source.path, document: document, includes: includes))
  }

  private func check(_ source: ThriftSource) throws(ThriftIDLError) {
    if let start = open.firstIndex(of: source.path) {
      let circle = (open[start...] + [source.path]).joined(separator: " includes ")
      throw ThriftIDLError(.include, "the file includes itself: \(circle)")
    }
    guard open.count < limits.depth else {
      throw ThriftIDLError(.limit, "files include each other in a chain of more than \(limits.depth)")
    }
    guard files.count + open.count < limits.fileCount else {
      throw ThriftIDLError(.limit, "more files are included than the \(limits.fileCount) allowed")
    }
    if let other = files.first(where: { $0.name == source.name && $0.path != source.path })?.path
      ?? open.first(where: { ThriftSource(path: $0, text: []).name == source.name })
    {
      throw ThriftIDLError(
        .duplicate, "'\(source.path)' and '\(other)' both call their definitions '\(source.name).…'")
    }
  }
}
