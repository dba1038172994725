internal import MusterCatalog
internal import MusterJSON

/// The answer to a look-up as a function of the catalog: it can be made again whenever the topic changes, and one body
/// serves everybody who asks the same.
struct View: Sendable {
  /// What the answer depends on; nil when it has to be made anew every time.
  let topic: Topic?
  /// Whether a client can wait for a change, and learns the index.
  let isIndexed: Bool
  /// Whether everybody who sends the same target gets the same answer until the topic changes.
  var isShared = true
  let render: @Sendable (Catalog, inout JSONWriter) -> Status

  /// What goes with the body.
  struct Status: Sendable {
    var code = 200
    /// A body that replaces the JSON, as plain text.
    var text: String?
    /// Further headers.
    var headers: [(String, String)] = []

    static let ok = Status()
  }

  /// A look-up that clients can wait on.
  static func indexed(
    _ topic: Topic, isShared: Bool = true, render: @escaping @Sendable (Catalog, inout JSONWriter) -> Void
  ) -> View {
    View(topic: topic, isIndexed: true, isShared: isShared) { catalog, writer in
      render(catalog, &writer)
      return .ok
    }
  }

  /// Something of the agent's own, which Consul does not index.
  static func plain(_ topic: Topic?, render: @escaping @Sendable (Catalog, inout JSONWriter) -> Void) -> View {
    View(topic: topic, isIndexed: false) { catalog, writer in
      render(catalog, &writer)
      return .ok
    }
  }
}
