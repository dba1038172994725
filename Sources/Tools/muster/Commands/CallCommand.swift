internal import MusterCommandLine
internal import MusterDefinitionFiles
internal import MusterThriftIDL

/// `muster call`.
struct CallCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "call", abstract: "Call a method of a Thrift service and print what it answers",
      discussion: """
        Arguments are JSON, in the order of the definition; a word that is not JSON is text. Enums are given by name or \
        number and bytes as Base64. The result is printed as JSON; an exception is printed to the standard error, and \
        the exit status is 1.

          muster call calculator add 1 2 --idl calculator.thrift
          muster call users find '{"name": "ada", "tags": ["admin"]}' --idl users.thrift

        With --json one object is printed whatever comes of the call: with the member result, or exception (its name) \
        and fields, or error.
        """)
  }

  @Argument(help: "the service's name", completion: ServiceName.completion) var name: String
  @Argument(help: "the method") var method: String
  @Argument(help: "the method's arguments") var argument: [String]
  @Option(help: ArgumentHelp("the Thrift definition of the service", valueName: "FILE"), completion: .file)
  var idl: String?
  @Option(help: ArgumentHelp("a folder with files that it includes; may be repeated", valueName: "FOLDER"))
  var include: [String]
  @Option(help: ArgumentHelp("the service in the definition; needed where there are several", valueName: "S"))
  var service: String?
  @Flag(help: "put the service's name before the method's, for servers with several services") var multiplexed
  @Option(help: ArgumentHelp("call this instance; the registry is not asked", valueName: "HOST:PORT"))
  var address: String?
  @Option(help: ArgumentHelp("how values are written", valueName: "PROTOCOL")) var `protocol` = CallProtocol.binary
  @Option(help: ArgumentHelp("what stands around messages", valueName: "FRAMING")) var framing = CallFraming.buffered
  @Option(help: ArgumentHelp("how long it may take, with all tries; default 10s", valueName: "D"))
  var timeout = TimeSpan.seconds(10)
  @Flag(help: "print one JSON object, also for exceptions and errors") var json
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    if name.isEmpty { throw CommandError(.usage, "NAME: a service's name can't be empty") }
    if idl == nil { throw CommandError(.usage, "--idl is missing: the file with the service's Thrift definition") }
  }

  func run() throws(CommandError) {
    let definition = try definition()
    let arguments = try definition.arguments(argument)
    let client = try CallClient(
      name: name, endpoints: endpoints(), protocol: self.protocol, framing: framing,
      service: multiplexed ? definition.service.shortName : nil, timeout: timeout)
    try CallOutput(json: json, name: "\(definition.service.shortName).\(method)").print(
      client.call(definition, arguments))
  }

  private func definition() throws(CommandError) -> CallDefinition {
    let schema: ThriftSchema
    do throws(ThriftIDLError) {
      schema = try DefinitionFile.schema(idl ?? "", folders: include)
    } catch {
      throw CommandError(.usage, error.description)
    }
    return try CallDefinition(schema, service: service, method: method)
  }

  private func endpoints() throws(CommandError) -> [CallClient.Target] {
    if let address { return [try CallClient.Target(address: address)] }
    let path = RequestPath("/v1/health/service", name).adding("passing", "1")
    let instances = try registry.client().instances(path)
    guard !instances.isEmpty else {
      throw CommandError(
        .notFound, "no instance of \(name) passes its checks; 'muster instances \(name) --all' lists them")
    }
    return instances.map { CallClient.Target(id: $0.id, host: $0.address, port: UInt16(clamping: $0.port)) }
  }
}
