/// The completion script for bash.
struct BashCompletions {
  private let program: CommandDescription

  init(_ program: CommandDescription) {
    self.program = program
  }

  /// Candidates are compared by the script itself: `compgen -W` would run what a service's name holds as shell code.
  var script: String {
    """
    # Completions of \(program.name) for bash. Load them with: source <(\(program.name) completions bash)
    _\(program.name)() {
      local word=${COMP_WORDS[COMP_CWORD]} command='' pending='' candidates='' each index place=0
      COMPREPLY=()
      for ((index = 1; index < COMP_CWORD; index++)); do
        each=${COMP_WORDS[index]}
        if [[ -n $pending ]]; then
          [[ $each == '=' ]] || pending=''
        elif [[ -z $command ]]; then
          command=$each
        elif [[ $each == -* ]]; then
          case "$command/$each" in
            \(valuedOptions)) pending=$each ;;
          esac
        else
          place=$((place + 1))
        fi
      done
      [[ $word == '=' && -n $pending ]] && word=''
      if [[ -z $command ]]; then
        candidates=\(words(program.subcommands.map(\.name) + ["--help"]))
      elif [[ -z $pending && $word == -* ]]; then
        case "$command" in
    \(program.subcommands.map(optionsCase).joined(separator: "\n"))
        esac
      else
        case "$command/${pending:-$place}" in
    \(program.subcommands.flatMap(valueCases).joined(separator: "\n"))
        esac
      fi
      while IFS= read -r each; do
        [[ -n $each && $each == "$word"* ]] && COMPREPLY+=("$(printf '%q' "$each")")
      done <<< "$candidates"
    }
    complete -F _\(program.name) \(program.name)

    """
  }

  private var valuedOptions: String {
    program.subcommands
      .flatMap { command in command.inputs.filter { $0.kind == .option }.map { "\(command.name)/\($0.label)" } }
      .joined(separator: "|")
  }

  private func optionsCase(_ command: CommandDescription) -> String {
    let options = command.inputs.filter { $0.kind != .argument }.map(\.label)
    return "      \(command.name)) candidates=\(words(options + ["--help"])) ;;"
  }

  private func valueCases(_ command: CommandDescription) -> [String] {
    let places = command.inputs.filter { $0.kind == .argument }.enumerated().map { (String($0.offset), $0.element) }
    let options = command.inputs.filter { $0.kind == .option }.map { ($0.label, $0) }
    return (places + options).compactMap { key, input in
      candidates(input.completion).map { "      \(command.name)/\(key)) candidates=\($0) ;;" }
    }
  }

  private func candidates(_ completion: CompletionKind) -> String? {
    switch completion {
    case .default: nil
    case .list(let list): words(list)
    case .file: #"$(compgen -f -- "$word")"#
    case .directory: #"$(compgen -d -- "$word")"#
    case .shellCommand(let command): "$({ \(command); } 2>/dev/null)"
    }
  }

  private func words(_ list: [String]) -> String {
    "$'\(list.joined(separator: #"\n"#))'"
  }
}
