extension SwiftGenerator {
  /// The methods of a service, and the structs that their arguments and results are.
  func writeCalls(_ service: ThriftService, _ name: String, of file: ThriftSchema.File, to text: inout SwiftText) {
    text.line("/// The methods of \(service.shortName), with the structs that calls and answers consist of.")
    text.block("\(prefix)enum \(name)Calls") { text in
      for method in service.methods {
        var arguments = [SwiftNames.literal(method.name)]
        if method.isOneway { arguments.append("isOneway: true") }
        if method.isIdempotent { arguments.append("isIdempotent: true") }
        let name = SwiftNames.member(method.name)
        text.line("\(prefix)static let \(name) = ThriftMethod(\(arguments.joined(separator: ", ")))")
      }
      for method in service.methods {
        text.line()
        writeStructure(method.arguments, named: Self.arguments(of: method), isArguments: true, of: file, to: &text)
        guard let result = method.result else { continue }
        text.line()
        writeStructure(result, named: Self.result(of: method), of: file, to: &text) { text in
          text.line()
          writeOutcome(method, result, to: &text)
        }
      }
    }
  }

  private func writeOutcome(_ method: ThriftService.Method, _ result: ThriftStructure, to text: inout SwiftText) {
    text.line("/// What the method returned, or throws what it threw.")
    text.block("\(prefix)func outcome() throws\(method.returns.map { " -> \($0.swift)" } ?? "")") { text in
      for field in result.fields where field.id != 0 {
        text.line("if let error = self.\(SwiftNames.member(field.name)) { throw error }")
      }
      guard method.returns != nil else { return }
      let message = SwiftNames.literal("\(method.name) returned nothing")
      text.line(
        "guard let success = self.success else { throw ThriftApplicationException(.missingResult, \(message)) }")
      text.line("return success")
    }
  }
}
