/// What the commands that register an instance check alike.
package enum InstanceInputs {
  /// Refuses what no registry can take.
  ///
  /// - Throws: ``CommandError/Code/usage`` with the input and what is allowed.
  package static func validate(
    name: String, id: String?, weight: Int?, meta: [MetaEntry]
  ) throws(CommandError) {
    if name.isEmpty { throw CommandError(.usage, "NAME: a service's name can't be empty") }
    if let id, id.isEmpty { throw CommandError(.usage, "--id: an id can't be empty") }
    if let weight, !(1...65535).contains(weight) {
      throw CommandError(.usage, "--weight: \(weight) is not between 1 and 65535")
    }
    var keys: Set<String> = []
    for entry in meta where !keys.insert(entry.key).inserted {
      throw CommandError(.usage, "--meta: the key '\(entry.key)' is given twice")
    }
  }
}
