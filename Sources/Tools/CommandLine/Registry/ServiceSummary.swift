package import MusterJSON

/// A service in the list of all.
package struct ServiceSummary: Equatable, Sendable {
  /// Its name.
  package var name: String
  /// The tags of all its instances.
  package var tags: [String]
  /// The number of its instances.
  package var instances = 0
  /// How many pass.
  package var passing = 0
  /// How many warn.
  package var warning = 0
  /// How many fail or are in maintenance.
  package var critical = 0

  /// Reads an element of `/v1/muster/services`.
  package init(_ entry: JSON) throws(CommandError) {
    name = try entry.text("Name")
    tags = try entry.texts("Tags")
    instances = try entry.count("Instances")
    passing = try entry.count("Passing")
    warning = try entry.count("Warning")
    critical = try entry.count("Critical")
  }

  /// Counts the instances of a service, for registries that do not count themselves.
  package init(name: String, tags: [String], instances: [ListedInstance]) {
    self.name = name
    self.tags = tags
    self.instances = instances.count
    passing = instances.count { $0.status == .passing }
    warning = instances.count { $0.status == .warning }
    critical = instances.count - passing - warning
  }

  /// Writes it for programs.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("name", name)
      writer.field("instances", instances)
      writer.field("passing", passing)
      writer.field("warning", warning)
      writer.field("critical", critical)
      writer.key("tags")
      writer.array { writer in
        for tag in tags { writer.string(tag) }
      }
    }
  }
}
