import MusterThriftIDL

extension ThriftDocument {
  init(_ text: String, limits: ThriftIDLLimits = ThriftIDLLimits()) throws(ThriftIDLError) {
    try self.init(parsing: Array(text.utf8), file: "test.thrift", limits: limits)
  }
}

extension ThriftSchema {
  /// The definitions of `test.thrift`, and of other files by their paths.
  init(
    _ text: String, _ others: [String: String] = [:], limits: ThriftIDLLimits = ThriftIDLLimits()
  ) throws(ThriftIDLError) {
    let source = ThriftSource(path: "test.thrift", text: Array(text.utf8))
    try self.init(source, limits: limits) { (path, _) throws(ThriftIDLError) in
      guard let text = others[path] else { throw ThriftIDLError(.include, "'\(path)' is not there") }
      return ThriftSource(path: path, text: Array(text.utf8))
    }
  }
}
