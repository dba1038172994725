internal import MusterCommandLine
internal import Testing

@Suite("Completions")
struct CompletionTests {
  private let program = CommandDescription(of: SampleProgram.self)

  @Test("bash gets the commands, the options of each, and which of them take values")
  func bash() {
    let script = CompletionShell.bash.script(for: program)
    #expect(script.contains(#"candidates=$'try\npass\n--help'"#))
    #expect(
      script.contains(#"try) candidates=$'--count\n--wait-at-most\n--tag\n--note\n--verbose\n--server\n--help' ;;"#))
    #expect(script.contains("try/--count|try/--wait-at-most|try/--tag|try/--note|try/--server) pending=$each ;;"))
    #expect(script.contains(#"try/0) candidates=$({ sample list; } 2>/dev/null) ;;"#))
    #expect(script.contains(#"try/1) candidates=$'fast\nslow' ;;"#))
    #expect(script.contains(#"try/--note) candidates=$(compgen -f -- "$word") ;;"#))
    #expect(script.hasSuffix("complete -F _sample sample\n"))
  }

  @Test("bash never runs a candidate as code, as compgen -W would")
  func bashIsSafe() {
    #expect(!CompletionShell.bash.script(for: program).contains("compgen -W"))
  }

  @Test("zsh gets each input with its help, what is special to zsh being escaped")
  func zsh() {
    let script = CompletionShell.zsh.script(for: program)
    #expect(script.hasPrefix("#compdef sample\n"))
    #expect(script.contains("    'try:Try one thing'\n"))
    #expect(script.contains(#"'--count=[how many]:N: '"#))
    #expect(script.contains(#"'*--tag=[a \[word\]\: may be repeated]:TAG: '"#))
    #expect(script.contains("'2:MODE:(fast slow)'"))
    #expect(script.contains("'--verbose[say more]'"))
    #expect(script.contains("'1:NAME:_sample_words_1'"))
    #expect(
      script.contains(#"_sample_words_1() {\#n  local -a found\#n  found=("${(@f)$({ sample list; } 2>/dev/null)}")"#))
    #expect(script.contains("'*:WORDS: '"))
  }
}
