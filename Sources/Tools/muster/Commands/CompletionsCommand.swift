internal import MusterCommandLine

/// `muster completions`.
struct CompletionsCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "completions", abstract: "Print the script that lets a shell complete commands and services",
      discussion: """
        Load it at the start of each shell:

          source <(muster completions bash)    # in ~/.bashrc
          source <(muster completions zsh)     # in ~/.zshrc, after compinit
        """)
  }

  @Argument(help: ArgumentHelp("the shell", valueName: "bash|zsh")) var shell: CompletionShell

  func run() throws(CommandError) {
    try StandardStream.output.write(shell.script(for: CommandDescription(of: Muster.self)))
  }
}
