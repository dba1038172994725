internal import MusterCommandLine
internal import MusterLoad

/// A server of a constant response in bare libmicrohttpd: this program again, as a child.
struct ReferenceServer {
  let child: ChildProcess
  let port: UInt16

  /// Starts one whose response has the same headers and as many bytes as one of Muster's.
  init(_ bench: Bench, like answer: Answer) throws(LoadError) {
    var command = ["\(bench.programs)/muster-bench", "reference-server", "0", String(answer.bodyBytes)]
    // The library writes these by itself.
    let own = ["date", "connection", "content-length"]
    for header in answer.headers where !own.contains(header.name.lowercased()) {
      command.append("\(header.name): \(header.value)")
    }
    (child, port) = try ServerStart.start(command, bench)
  }

  /// How many requests wait for /go.
  func parked() throws(LoadError) -> Int {
    Int(try Control(port: port).get("/parked").text) ?? 0
  }

  /// Is that child: `PORT BYTES HEADER…`.
  static func run(_ words: [String]) -> Int32 {
    guard words.count >= 2, let port = UInt16(words[0]), let bytes = Int(words[1]), bytes >= 0 else {
      StandardStream.error.note("muster-bench reference-server: PORT BYTES HEADER… are needed")
      return 2
    }
    return ConstantServer.run(port: port, bytes: bytes, headers: Array(words[2...]))
  }
}
