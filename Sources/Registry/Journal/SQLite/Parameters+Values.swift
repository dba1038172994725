internal import MusterCatalog
internal import MusterJSON
internal import MusterTiming

// How the values of the catalog are written.
extension Parameters {
  mutating func duration(_ value: Duration?) {
    if let value { integer(value.nanosecondsClamped) } else { null() }
  }

  /// A JSON array; nothing at all for an empty one.
  mutating func strings(_ values: [String]) {
    array(of: values) { writer, value in writer.string(value) }
  }

  mutating func labels(_ labels: Labels) {
    array(of: labels.pairs) { writer, pair in
      writer.string(pair.key)
      writer.string(pair.value)
    }
  }

  mutating func addresses(_ addresses: [Instance.TaggedAddress]) {
    array(of: addresses) { writer, address in
      writer.string(address.tag)
      writer.string(address.address)
      writer.integer(address.port)
    }
  }

  /// What a check looks at; its kind and TTL have columns of their own.
  mutating func target(of probe: CheckDefinition.Probe) {
    switch probe {
    case .none, .ttl: text("")
    case .tcp(let address): text(address)
    case .thrift(let target): text(target)
    case .exec(let command): strings(command)
    case .grpc(let target, let tls):
      json { writer in
        writer.string(target)
        writer.bool(tls)
      }
    case .http(let request): json { $0.elements(of: request) }
    }
  }

  private mutating func array<T>(of values: [T], _ write: (inout JSONWriter, T) -> Void) {
    guard !values.isEmpty else { return text("") }
    json { writer in
      for value in values { write(&writer, value) }
    }
  }

  private mutating func json(_ elements: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(reserving: 128)
    writer.array { elements(&$0) }
    text(writer.bytes)
  }
}

extension JSONWriter {
  fileprivate mutating func elements(of request: CheckDefinition.HTTPRequest) {
    string(request.url)
    string(request.method)
    string(request.body)
    bool(request.skipsTLSVerification)
    array { writer in
      for header in request.headers {
        writer.array { writer in
          writer.string(header.name)
          for value in header.values { writer.string(value) }
        }
      }
    }
  }
}
