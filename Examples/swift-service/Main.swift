internal import Muster

/// A service that registers itself, and a program that calls it by its name.
///
///     example-swift-service serve NAME PORT ID
///     example-swift-service call NAME SECONDS
@main
struct Main {
  static func main() async throws {
    let words = CommandLine.arguments
    switch words.dropFirst().first {
    case "serve" where words.count == 5: try await Service(name: words[2], port: words[3], id: words[4]).run()
    case "call" where words.count == 4: try await Calls(service: words[2], seconds: words[3]).run()
    default: throw Usage()
    }
  }
}

struct Usage: Error, CustomStringConvertible {
  var description: String { "usage: example-swift-service serve NAME PORT ID | call NAME SECONDS" }
}
