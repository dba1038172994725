/// A health check as `--check` takes it: `http:URL,interval=10s,timeout=2s`.
package struct CheckSpecification: Equatable, Sendable {
  /// What is checked.
  package enum Kind: Equatable, Sendable {
    /// A GET of a URL answers 2xx.
    case http(url: String)
    /// A connection to `HOST:PORT` is accepted.
    case tcp(address: String)
    /// The service reports within this time.
    case ttl(TimeSpan)
    /// gRPC's health service at `HOST:PORT` or `HOST:PORT/SERVICE` says that it serves.
    case grpc(address: String)
    /// A Thrift method without arguments returns: `METHOD` of the instance itself, or `HOST:PORT/METHOD`.
    case thrift(method: String)
    /// A shell command exits with 0; 1 is a warning.
    case exec(command: String)
  }

  /// What is checked.
  package var kind: Kind
  /// How often, 10 s by default; without a meaning for TTL checks.
  package var interval = TimeSpan.seconds(10)
  /// How long one check may take; the registry's default when nil.
  package var timeout: TimeSpan?
  /// How long the check is critical until the instance is removed; never when nil.
  package var deregisterAfter: TimeSpan?
  /// Whether it passes until it is found out to fail; it is critical at first otherwise.
  package var startsPassing = false

  /// Makes a check with the default interval.
  package init(_ kind: Kind) {
    self.kind = kind
  }

  /// Whether the service reports by itself.
  package var isTTL: Bool {
    if case .ttl = kind { true } else { false }
  }

  /// What it does, for a person.
  package var summary: String {
    switch kind {
    case .http(let url): "GET \(url) every \(interval.text)"
    case .tcp(let address): "a connection to \(address) every \(interval.text)"
    case .ttl(let span): "a report at least every \(span.text)"
    case .grpc(let address): "gRPC health of \(address) every \(interval.text)"
    case .thrift(let method): "a Thrift call of \(method) every \(interval.text)"
    case .exec(let command): "'\(command)' every \(interval.text)"
    }
  }
}
