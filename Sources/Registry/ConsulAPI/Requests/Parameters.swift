internal import MusterTiming

/// The query parameters that all look-ups share.
struct Parameters: Sendable {
  enum Consistency: String {
    case leader, stale, consistent
  }

  /// The index that the client has seen; 0 asks for an answer at once.
  let index: UInt64
  /// How long it is willing to wait.
  let wait: Duration
  let consistency: Consistency
  let isPretty: Bool
  /// All of these tags must be there.
  let tags: [String]
  /// All of these pairs must be in the node's metadata.
  let nodeMeta: [(key: String, value: String)]
  /// The filter expression; empty for none.
  let filter: String
  private let items: [(name: String, value: String)]

  static let defaultWait = Duration.seconds(300)
  static let longestWait = Duration.seconds(600)

  init(_ items: [(name: String, value: String)], datacenter: String) throws(APIError) {
    self.items = items
    func first(_ name: String) -> String? { items.first { $0.name == name }?.value }
    if let asked = first("dc"), !asked.isEmpty, asked != datacenter { throw .noPath(toDatacenter: asked) }
    index = try Self.index(first("index") ?? "")
    wait = try Self.wait(first("wait") ?? "")
    consistency = try Self.consistency(items)
    isPretty = first("pretty").map { $0 != "0" && $0 != "false" } ?? false
    tags = items.filter { $0.name == "tag" && !$0.value.isEmpty }.map(\.value)
    nodeMeta = Self.nodeMeta(items)
    filter = first("filter") ?? ""
  }

  /// The value of the first parameter of that name.
  subscript(name: String) -> String? { items.first { $0.name == name }?.value }

  /// A parameter that is on when it is there, unless it says `0` or `false`.
  func flag(_ name: String) throws(APIError) -> Bool {
    guard let text = self[name] else { return false }
    switch text {
    case "", "1", "t", "T", "true", "True", "TRUE": return true
    case "0", "f", "F", "false", "False", "FALSE": return false
    default:
      throw .badRequest("Invalid value for ?\(name): \(text.shortened.debugDescription) is neither true nor false")
    }
  }

  private static func index(_ text: String) throws(APIError) -> UInt64 {
    guard !text.isEmpty else { return 0 }
    guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let index = UInt64(text) else {
      throw .badRequest(
        "Invalid index: \(text.shortened.debugDescription) is not a whole number from 0 to \(UInt64.max)")
    }
    return index
  }

  private static func wait(_ text: String) throws(APIError) -> Duration {
    guard !text.isEmpty else { return defaultWait }
    do {
      let wait = try Duration(goText: text)
      guard wait >= .zero else {
        throw APIError.badRequest("Invalid wait time: \(text.shortened.debugDescription) is negative")
      }
      return wait == .zero ? defaultWait : min(wait, longestWait)
    } catch let error as APIError {
      throw error
    } catch {
      throw .badRequest(
        "Invalid wait time: \(text.shortened.debugDescription) is not a duration such as \"10s\" or \"5m\"")
    }
  }

  private static func consistency(_ items: [(name: String, value: String)]) throws(APIError) -> Consistency {
    let names = Set(items.map(\.name))
    if names.contains("consistent") {
      for other in ["stale", "cached"] where names.contains(other) {
        throw .badRequest("Cannot specify ?\(other) with ?consistent: they ask for opposite things")
      }
      return .consistent
    }
    return names.contains("stale") ? .stale : .leader
  }

  private static func nodeMeta(
    _ items: [(name: String, value: String)]
  ) -> [(key: String, value: String)] {
    items.filter { $0.name == "node-meta" }.map { item in
      guard let colon = item.value.firstIndex(of: ":") else { return (item.value, "") }
      return (String(item.value[..<colon]), String(item.value[item.value.index(after: colon)...]))
    }
  }
}
