internal import MusterJSON

extension CheckSpecification {
  /// Writes the check as a registration has it.
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      switch kind {
      case .http(let url): writer.field("HTTP", url)
      case .tcp(let address): writer.field("TCP", address)
      case .ttl(let span): writer.field("TTL", span.text)
      case .grpc(let address): writer.field("GRPC", address)
      case .thrift(let method): writer.field("Thrift", method)
      case .exec(let command):
        writer.key("Args")
        writer.array { writer in
          for word in ["/bin/sh", "-c", command] { writer.string(word) }
        }
      }
      if !isTTL { writer.field("Interval", interval.text) }
      if startsPassing { writer.field("Status", "passing") }
      if let timeout { writer.field("Timeout", timeout.text) }
      if let deregisterAfter { writer.field("DeregisterCriticalServiceAfter", deregisterAfter.text) }
    }
  }
}
