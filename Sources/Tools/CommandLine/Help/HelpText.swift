/// What `--help` and a wrong command line show of a command.
package struct HelpText {
  private let command: CommandDescription
  private let width: Int

  /// Makes the help of a command, wrapped at this many columns.
  package init(_ command: CommandDescription, width: Int) {
    self.command = command
    self.width = width
  }

  /// All of it.
  package var full: String {
    var lines = usage + [""] + TextWrapping.wrap(command.abstract + ".", width: width)
    if !command.discussion.isEmpty {
      lines += [""] + TextWrapping.wrap(command.discussion, width: width)
    }
    lines += section(
      "Arguments", command.inputs.filter { $0.kind == .argument }.map { ($0.valueName, $0.help.abstract) })
    let options = command.inputs.filter { $0.kind != .argument }.map { (optionTitle($0), $0.help.abstract) }
    lines += section("Options", options + [("--help", "show this")])
    lines += section("Commands", command.subcommands.map { ($0.name, $0.abstract) })
    if !command.subcommands.isEmpty {
      lines += ["", "See '\(words) help COMMAND' for one of them."]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What goes with an error in usage.
  package var reminder: String {
    (usage + ["See '\(words) --help'."]).joined(separator: "\n") + "\n"
  }

  private var words: String { command.path.joined(separator: " ") }

  /// The synopsis; its later lines are indented to stand below the first input.
  private var usage: [String] {
    let start = "Usage: \(words)"
    let parts = command.subcommands.isEmpty ? command.inputs.map(\.synopsis) : ["COMMAND …"]
    var lines = [start]
    for part in parts {
      let last = lines[lines.count - 1]
      if TextWidth.of(last) + 1 + TextWidth.of(part) > width && last != start {
        lines.append(String(repeating: " ", count: TextWidth.of(start)) + " " + part)
      } else {
        lines[lines.count - 1] = last + " " + part
      }
    }
    return lines
  }

  private func optionTitle(_ input: InputDeclaration) -> String {
    input.kind == .flag ? input.label : "\(input.label) \(input.valueName)"
  }

  private func section(_ title: String, _ entries: [(String, String)]) -> [String] {
    guard !entries.isEmpty else { return [] }
    let column = min(entries.map { TextWidth.of($0.0) }.max() ?? 0, 24) + 4
    return ["", "\(title):"]
      + entries.flatMap { entry -> [String] in
        var lines = TextWrapping.wrap(entry.1, width: width, indent: column)
        let head = "  " + entry.0
        guard let first = lines.first, TextWidth.of(head) + 2 <= column else { return [head] + lines }
        let padding = String(repeating: " ", count: column - TextWidth.of(head))
        lines[0] = head + padding + first.drop { $0 == " " }
        return lines
      }
  }
}
