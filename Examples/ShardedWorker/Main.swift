internal import Muster

/// One of several workers that share keys.
///
///     example-sharded-worker SERVICE ID KEYS
///
/// It registers itself with the registry of `MUSTER_HTTP_ADDR`, works on its share of the keys `key-0` … `key-<KEYS - 1>`, and
/// prints a line of JSON whenever that share changes.
@main
struct Main {
  static func main() async throws {
    let words = CommandLine.arguments
    guard words.count == 4, let count = Int(words[3]), 1...1_000_000 ~= count else { throw Usage() }
    try await Worker(service: words[1], id: words[2], keys: (0..<count).map { "key-\($0)" }).run()
  }
}

struct Usage: Error, CustomStringConvertible {
  var description: String { "usage: example-sharded-worker SERVICE ID KEYS, with 1 to 1000000 keys" }
}
