/// The completion script for zsh.
struct ZshCompletions {
  private let program: CommandDescription

  init(_ program: CommandDescription) {
    self.program = program
  }

  var script: String {
    """
    #compdef \(program.name)
    # Completions of \(program.name) for zsh. Save them as _\(program.name) in a folder of $fpath, or load them with:
    # source <(\(program.name) completions zsh)
    \(wordCommands.enumerated().map(wordFunction).joined(separator: "\n"))
    _\(program.name)() {
      local context state state_descr line
      typeset -A opt_args
      local -a commands
      commands=(
    \(program.subcommands.map { "    \(shellQuoted("\($0.name):\($0.abstract)"))" }.joined(separator: "\n"))
      )
      _arguments -C '--help[show help]' '1:command:->command' '*::argument:->argument'
      case $state in
        command) _describe -t commands command commands ;;
        argument)
          case $words[1] in
    \(program.subcommands.map(commandCase).joined(separator: "\n"))
          esac ;;
      esac
    }
    if [[ $funcstack[1] == _\(program.name) ]]; then
      _\(program.name) "$@"
    else
      compdef _\(program.name) \(program.name)
    fi

    """
  }

  /// The shell commands that print candidates, each once.
  private var wordCommands: [String] {
    let all = program.subcommands.flatMap(\.inputs).compactMap { input -> String? in
      if case .shellCommand(let command) = input.completion { command } else { nil }
    }
    return all.enumerated().filter { all.firstIndex(of: $0.element) == $0.offset }.map(\.element)
  }

  private func wordFunction(_ offset: Int, _ command: String) -> String {
    """
    \(wordFunctionName(offset))() {
      local -a found
      found=("${(@f)$({ \(command); } 2>/dev/null)}")
      compadd -a found
    }
    """
  }

  private func wordFunctionName(_ offset: Int) -> String {
    "_\(program.name)_words_\(offset + 1)"
  }

  private func commandCase(_ command: CommandDescription) -> String {
    var place = 0
    let specifications = command.inputs.map { input -> String in
      if input.kind == .argument { place += 1 }
      return specification(input, place: place)
    }
    let all = (specifications + ["--help[show help]"]).map(shellQuoted).joined(separator: " ")
    return "        \(command.name)) _arguments \(all) ;;"
  }

  /// One input in the words of `_arguments`: `*--tag=[help]:T:action`, `1:NAME:action`, `--json[help]`.
  private func specification(_ input: InputDeclaration, place: Int) -> String {
    let value = ":\(escaped(input.valueName)):\(action(input.completion))"
    switch input.kind {
    case .argument: return (input.isRepeating ? "*" : String(place)) + value
    case .option: return "\(input.isRepeating ? "*" : "")\(input.label)=[\(escaped(input.help.abstract))]\(value)"
    case .flag: return "\(input.label)[\(escaped(input.help.abstract))]"
    }
  }

  private func action(_ completion: CompletionKind) -> String {
    switch completion {
    case .default: " "
    case .list(let words): "(\(words.joined(separator: " ")))"
    case .file: "_files"
    case .directory: "_files -/"
    case .shellCommand(let command): wordFunctionName(wordCommands.firstIndex(of: command) ?? 0)
    }
  }

  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if #"\[]:"#.contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
