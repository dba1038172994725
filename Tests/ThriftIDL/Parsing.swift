import MusterThriftIDL

extension ThriftDocument {
  init(_ text: String, limits: ThriftIDLLimits = ThriftIDLLimits()) throws(ThriftIDLError) {
    try self.init(parsing: Array(text.utf8), file: "test.thrift", limits: limits)
  }
}
