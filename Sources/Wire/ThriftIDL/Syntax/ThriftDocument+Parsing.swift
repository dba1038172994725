extension ThriftDocument {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - text: the file, in UTF-8.
  ///   - file: how it is named in errors.
  ///   - limits: what it may ask for.
  /// - Throws: a ``ThriftIDLError`` that says where and what was expected.
  public init(
    parsing text: [UInt8], file: String, limits: ThriftIDLLimits = ThriftIDLLimits()
  ) throws(ThriftIDLError) {
    do throws(ThriftIDLError) {
      var parser = try ThriftParser(text, limits: limits)
      self = try parser.document()
    } catch {
      throw error.within(file)
    }
  }
}

extension ThriftParser {
  fileprivate mutating func document() throws(ThriftIDLError) -> ThriftDocument {
    var document = ThriftDocument()
    while try header(&document) { try acceptSeparator() }
    while token.kind != .end {
      document.definitions.append(try definition())
      try acceptSeparator()
    }
    return document
  }

  /// Reads one of what stands before definitions; whether there is one.
  private mutating func header(_ document: inout ThriftDocument) throws(ThriftIDLError) -> Bool {
    guard case .identifier(let word) = token.kind, ["namespace", "include", "cpp_include"].contains(word) else {
      return false
    }
    try count()
    try advance()
    switch word {
    case "namespace": document.namespaces.append(try namespace())
    case "include":
      let place = token.place
      document.includes.append(.init(path: try text("the path of a file in quotes"), place: place))
    default: _ = try text("the path of a C++ header in quotes")
    }
    return true
  }

  private mutating func namespace() throws(ThriftIDLError) -> ThriftDocument.Namespace {
    let scope = try accept("*") ? "*" : try path("a language or '*'")
    let name = try path("a package's name")
    _ = try annotations()
    return .init(scope: scope, name: name)
  }

  /// Reads `(key = "value", …)`, if it is there.
  mutating func annotations() throws(ThriftIDLError) -> [ThriftAnnotation] {
    var annotations: [ThriftAnnotation] = []
    guard try accept("(") else { return annotations }
    while try !accept(")") {
      try count()
      let name = try path("an annotation's name or ')'")
      annotations.append(.init(name: name, value: try accept("=") ? try text("an annotation's value in quotes") : "1"))
      try acceptSeparator()
    }
    return annotations
  }
}
