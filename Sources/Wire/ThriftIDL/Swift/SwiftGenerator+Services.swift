extension SwiftGenerator {
  func write(_ service: ThriftService, of file: ThriftSchema.File, to text: inout SwiftText) {
    let name = SwiftNames.type(service.shortName)
    text.line()
    text.comment(service.comment)
    let parent = service.parent.map { SwiftNames.type(ThriftSchema.shortName($0)) } ?? "Sendable"
    text.block("\(prefix)protocol \(name): \(parent)") { text in
      for method in service.methods {
        text.comment(method.comment)
        text.line(Self.head(method))
      }
    }
    text.line()
    writeClient(service, name, to: &text)
    text.line()
    writeHandler(service, name, to: &text)
    text.line()
    writeCalls(service, name, of: file, to: &text)
  }

  private static func head(_ method: ThriftService.Method) -> String {
    let arguments = method.arguments.fields.map { "\(SwiftNames.label($0.name)): \(type(ofArgument: $0))" }
    let result = method.returns.map { " -> \($0.swift)" } ?? ""
    return "func \(SwiftNames.member(method.name))(\(arguments.joined(separator: ", "))) async throws\(result)"
  }

  private static func type(ofArgument field: ThriftStructure.Field) -> String {
    field.type.swift + (field.requirement == .optional ? "?" : "")
  }

  /// The struct of a method's arguments. Definitions often have a type such as `AddResult` themselves.
  static func arguments(of method: ThriftService.Method) -> String {
    "ArgumentsOf\(SwiftNames.capitalized(method.name))"
  }

  /// The struct of a method's result.
  static func result(of method: ThriftService.Method) -> String {
    "ResultOf\(SwiftNames.capitalized(method.name))"
  }

  /// The enum with the methods and their structs of the service that declares a method.
  private func calls(of method: ThriftService.Method) -> String {
    let service = method.arguments.name.split(separator: ".").dropLast(2).last.map(String.init) ?? ""
    return "\(SwiftNames.type(service))Calls"
  }

  private func writeClient(_ service: ThriftService, _ name: String, to text: inout SwiftText) {
    text.line("/// Calls a \(service.shortName).")
    text.block("\(prefix)struct \(name)Client<SomeCaller: ThriftCalling>: \(name)") { text in
      text.line("private let thriftCaller: SomeCaller")
      text.line()
      text.line("/// Creates a client that calls through a caller.")
      text.block("\(prefix)init(_ caller: SomeCaller)") { $0.line("thriftCaller = caller") }
      for method in schema.methods(of: service.name) {
        text.line()
        text.comment(method.comment)
        text.block("\(prefix)\(Self.head(method))") { writeCall(method, to: &$0) }
      }
    }
  }

  private func writeCall(_ method: ThriftService.Method, to text: inout SwiftText) {
    let calls = calls(of: method)
    let arguments = method.arguments.fields.map { "\(SwiftNames.label($0.name)): \(SwiftNames.member($0.name))" }
    let start = "\(calls).\(SwiftNames.member(method.name)), \(calls).\(Self.arguments(of: method))"
    let call = "\(start)(\(arguments.joined(separator: ", ")))"
    guard !method.isOneway else { return text.line("try await thriftCaller.send(\(call))") }
    text.line("try await thriftCaller.call(\(call), returning: \(calls).\(Self.result(of: method)).self).outcome()")
  }

  private func writeHandler(_ service: ThriftService, _ name: String, to text: inout SwiftText) {
    text.line("/// Serves a \(service.shortName).")
    text.block("\(prefix)struct \(name)Handler<Implementation: \(name)>: ThriftHandling") { text in
      text.line("private let service: Implementation")
      text.line()
      text.line("/// Creates a handler that lets a service do what is asked.")
      text.block("\(prefix)init(_ service: Implementation)") { $0.line("self.service = service") }
      text.line()
      let methods = schema.methods(of: service.name)
      text.block("\(prefix)func answer(_ request: ThriftRequest) async -> ThriftReply") { text in
        guard !methods.isEmpty else { return text.line(".unknown(method: request.method)") }
        text.line("switch request.method {")
        for method in methods { writeAnswer(method, to: &text) }
        text.line("default: .unknown(method: request.method)")
        text.line("}")
      }
    }
  }

  private func writeAnswer(_ method: ThriftService.Method, to text: inout SwiftText) {
    let calls = calls(of: method)
    let fields = method.arguments.fields
    let arguments = fields.map { "\(SwiftNames.label($0.name)): arguments.\(SwiftNames.member($0.name))" }
    let name = fields.isEmpty ? "_" : "arguments"
    let call = "try await service.\(SwiftNames.member(method.name))(\(arguments.joined(separator: ", ")))"
    text.branch("case \(SwiftNames.literal(method.name)):") { text in
      let step = method.isOneway ? "take" : "answer"
      text.block("await request.\(step)(\(calls).\(Self.arguments(of: method)).self)", taking: name) { text in
        if method.isOneway {
          text.line(call)
        } else {
          writeAnswer(method, "\(calls).\(Self.result(of: method))", call, to: &text)
        }
      }
    }
  }

  private func writeAnswer(
    _ method: ThriftService.Method, _ result: String, _ call: String, to text: inout SwiftText
  ) {
    let exceptions: [ThriftStructure.Field] = (method.result?.fields ?? []).filter { $0.id != 0 }
    guard !exceptions.isEmpty else { return writeResult(method, result, call, to: &text) }
    text.branch("do {") { writeResult(method, result, call, to: &$0) }
    for field in exceptions {
      text.branch("} catch let error as \(field.type.swift) {") { text in
        text.line("return \(result)(\(SwiftNames.label(field.name)): error)")
      }
    }
    text.line("}")
  }

  private func writeResult(_ method: ThriftService.Method, _ result: String, _ call: String, to text: inout SwiftText) {
    guard method.returns != nil else {
      text.line(call)
      return text.line("return \(result)()")
    }
    text.line("return \(result)(success: \(call))")
  }
}
