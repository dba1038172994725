package import MusterJSON

/// One event in a service's history.
package struct HistoryEntry: Equatable, Sendable {
  /// The registry's revision that it made.
  package var revision: Int
  /// When, in RFC 3339.
  package var time: String
  /// What happened.
  package var kind: String
  /// The instance, or empty.
  package var instance: String
  /// The node.
  package var node: String
  /// The check, or empty.
  package var check: String
  /// Why.
  package var cause: String

  /// Reads an element of `/v1/muster/history/NAME`.
  package init(_ entry: JSON) throws(CommandError) {
    revision = try entry.count("Revision")
    time = try entry.text("Time")
    kind = try entry.text("Kind")
    instance = try entry.text("Instance")
    node = try entry.text("Node")
    check = try entry.text("Check")
    cause = try entry.text("Cause")
  }

  /// What it concerns: the instance, else the check, else the node.
  package var subject: String {
    [instance, check, node].first { !$0.isEmpty } ?? ""
  }

  /// Writes it for programs.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("revision", revision)
      writer.field("time", time)
      writer.field("what", kind)
      writer.field("node", node)
      writer.field("instance", instance)
      writer.field("check", check)
      writer.field("cause", cause)
    }
  }
}
