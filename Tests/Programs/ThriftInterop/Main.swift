internal import Glibc
internal import MusterThrift
internal import MusterThriftClient
internal import MusterThriftServer

/// Serves `interop.thrift`, or calls it.
///
///     thrift-interop serve            prints the port
///     thrift-interop call PORT PROTOCOL FRAMING [SERVICE|-] [shallow]
///
/// With `shallow`, nothing is sent that ThriftPy's own form of Apache's JSON has no room for, lists in lists, or no time
/// for, and each call has a connection of its own.
@main
struct Main {
  static func main() async {
    let words = CommandLine.arguments.dropFirst()
    do {
      switch words.first {
      case "serve": try await serve()
      case "call" where words.count >= 4: try await call(Array(words.dropFirst()))
      default: throw Usage()
      }
    } catch {
      print("failed: \(error)")
      exit(1)
    }
  }

  private static func serve() async throws {
    let handler = InteropHandler(Service())
    let limits = ThriftLimits(messageSize: 64_000_000)
    let server = try ThriftServer(
      handler, services: ["Interop": handler], settings: ThriftServerSettings(limits: limits)
    ) { print("log: \($0)") }
    print("port \(server.port)")
    await server.run()
  }

  private static func call(_ words: [String]) async throws {
    let kinds: [String: ThriftProtocol] = [
      "binary": .binary, "old-binary": .oldBinary, "compact": .compact, "json": .json, "thriftpy-json": .thriftPyJSON,
    ]
    let framings: [String: ThriftFraming] = ["buffered": .unframed, "framed": .framed, "header": .header]
    guard let port = UInt16(words[0]), let kind = kinds[words[1]], let framing = framings[words[2]] else {
      throw Usage()
    }
    let isShallow = words.last == "shallow"
    let settings = ThriftClientSettings(
      dialect: ThriftDialect(kind, framing), service: words.count > 3 && words[3] != "-" ? words[3] : nil,
      limits: ThriftLimits(messageSize: 64_000_000), idleTimeout: isShallow ? .zero : .seconds(60))
    try await Caller(port: port, settings: settings, isShallow: isShallow).run()
    print("all right")
  }

  private struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: thrift-interop serve | call PORT PROTOCOL FRAMING [SERVICE|-] [shallow]" }
  }
}
