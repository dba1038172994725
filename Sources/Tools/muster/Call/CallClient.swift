internal import MusterCalling
internal import MusterCommandLine
internal import MusterDiscovery
internal import MusterThreading
internal import MusterThrift
internal import MusterThriftClient
internal import MusterThriftIDL

/// Makes one call.
struct CallClient {
  /// An instance.
  struct Target {
    let id: String
    let endpoint: Endpoint

    init(id: String, host: String, port: UInt16) {
      self.id = id
      endpoint = Endpoint(host: host, port: port)
    }

    /// `HOST:PORT`, an IPv6 address in brackets.
    init(address: String) throws(CommandError) {
      guard let colon = address.lastIndex(of: ":"), colon > address.startIndex else {
        throw CommandError(.usage, "--address: '\(TextWidth.cut(address, to: 80))' is not HOST:PORT")
      }
      var host = address[..<colon]
      if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
      let port = try PortNumber(argument: String(address[address.index(after: colon)...]))
      self.init(id: address, host: String(host), port: UInt16(clamping: port.value))
    }
  }

  /// What came of a call.
  enum Outcome: Sendable {
    case outcome(ThriftOutcome)
    /// A oneway call has left.
    case sent
    case error(String)
  }

  private let client: ThriftClient

  init(
    name: String, endpoints: [Target], protocol kind: CallProtocol, framing: CallFraming, service: String?,
    timeout: TimeSpan
  ) throws(CommandError) {
    let settings = ThriftClientSettings(dialect: ThriftDialect(kind.value, framing.value), service: service)
    let instances = endpoints.map { Instance(id: $0.id, service: name, endpoint: $0.endpoint) }
    do {
      client = try ThriftClient(
        name, settings: CallSettings(deadline: timeout.duration, attemptTimeout: timeout.duration),
        connection: settings)
    } catch {
      throw CommandError(.usage, "\(error)")
    }
    client.caller.update(Snapshot(service: name, instances: instances))
  }

  /// Makes the call and waits for what comes of it.
  func call(_ definition: CallDefinition, _ arguments: ThriftStruct) -> Outcome {
    let done = Mailbox<Outcome>(capacity: 1)
    // The program's own thread has nothing else to do than to wait.
    Task { done.push(await self.answer(definition, arguments)) }
    return done.takeAll(upTo: 1, until: nil).first ?? .error("the call was not made")
  }

  private func answer(_ definition: CallDefinition, _ arguments: ThriftStruct) async -> Outcome {
    let (schema, method) = (definition.schema, definition.method)
    let shapes = schema.shapes(of: method.arguments.name)
    do {
      guard let result = method.result else {
        try await client.send(method.method, arguments, shapes: shapes)
        return .sent
      }
      let answer = try await client.call(
        method.method, arguments, shapes: (shapes, schema.shapes(of: result.name)))
      return .outcome(try schema.outcome(answer, of: method))
    } catch let exception as ThriftApplicationException {
      return .error("the service answered: \(exception)")
    } catch {
      return .error("\(error)")
    }
  }
}
