internal import MusterCommandLine
internal import Testing

@Suite("Reading a command line")
struct CommandLineResolutionTests {
  @Test("every kind of input is read, options with a space or an equals sign")
  func allInputs() throws {
    let words = [
      "try", "--tag", "a", "--count=3", "web", "--tag=b=c", "--verbose", "slow", "--server", "x", "--wait-at-most", "9",
    ]
    let command = try #require(run(words) as? SampleCommand)
    #expect(command.name == "web")
    #expect(command.mode == .slow)
    #expect(command.count == 3)
    #expect(command.waitAtMost == 9)
    #expect(command.tag == ["a", "b=c"])
    #expect(command.note == nil)
    #expect(command.verbose)
    #expect(command.shared.server == "x")
  }

  @Test("what is not given has its default")
  func defaults() throws {
    let command = try #require(run(["try", "web", "--count", "-0"]) as? SampleCommand)
    #expect(command.mode == nil)
    #expect(command.waitAtMost == 5)
    #expect(command.tag == [])
    #expect(!command.verbose)
  }

  @Test("an empty value, a dash and a value that starts with one dash are values")
  func oddValues() throws {
    let command = try #require(
      run(["try", "-", "--count", "1", "--note=", "--tag", "-x", "--tag=--y"]) as? SampleCommand)
    #expect(command.name == "-")
    #expect(command.note == "")
    #expect(command.tag == ["-x", "--y"])
  }

  @Test("after -- all words are arguments")
  func terminator() throws {
    let command = try #require(run(["pass", "web", "--quiet", "--", "ls", "--help", "--", "-l"]) as? PassingCommand)
    #expect(command.quiet)
    #expect(command.words == ["ls", "--help", "--", "-l"])
  }

  @Test("two command lines do not share values")
  func fresh() throws {
    let first = try #require(run(["try", "a", "--count", "1", "--tag", "x"]) as? SampleCommand)
    let second = try #require(run(["try", "b", "--count", "2"]) as? SampleCommand)
    #expect(first.name == "a" && first.tag == ["x"])
    #expect(second.name == "b" && second.tag == [])
  }

  @Test(
    "a wrong command line is refused with the reason",
    arguments: [
      ([], "a command is missing"),
      (["tyr"], "there is no command 'tyr'; did you mean try?"),
      (["unrelated"], "there is no command 'unrelated'"),
      (["--count"], "there is no option --count"),
      (["try"], "NAME is missing: the name"),
      (["try", "web"], "--count is missing: how many"),
      (["try", "web", "--cuont", "3"], "there is no option --cuont; did you mean --count?"),
      (["try", "web", "--zebra"], "there is no option --zebra"),
      (["try", "web", "-c", "3"], "there is no option -c"),
      (["try", "web", "--count"], "--count needs a value; one that starts with -- is given as --count=VALUE"),
      (
        ["try", "web", "--count", "--verbose"],
        "--count needs a value; one that starts with -- is given as --count=VALUE"
      ),
      (["try", "web", "--count", "many"], "--count: 'many' is not a whole number"),
      (["try", "web", "--count", "99999999999999999999"], "--count: '99999999999999999999' is not a whole number"),
      (["try", "web", "--count=-1"], "--count: -1 is below 0"),
      (["try", "web", "--count", "1", "--count", "2"], "--count is given twice"),
      (["try", "web", "--verbose", "--verbose"], "--verbose is given twice"),
      (["try", "web", "--verbose=yes"], "--verbose takes no value"),
      (["try", "web", "soon"], "MODE: 'soon' is not fast or slow"),
      (["try", "web", "slow", "more"], "'more' is one argument too many"),
    ])
  func refused(words: [String], message: String) {
    guard case .refuse(let error, _, let usage) = resolve(words) else {
      Issue.record("\(words) is not refused")
      return
    }
    #expect(error.message == message)
    #expect(error.code.exitStatus == 2)
    #expect(usage.contains("Usage: sample"))
  }

  @Test("help is shown for the command it is asked of", arguments: ["--help", "-h"])
  func help(word: String) {
    guard case .help(let all) = resolve([word]), case .help(let one) = resolve(["try", "--bad", word]) else {
      Issue.record("no help")
      return
    }
    #expect(all.contains("Usage: sample COMMAND"))
    #expect(one.contains("Usage: sample try NAME"))
  }

  @Test("random words never do more than be refused or read")
  func random() {
    var random = SeededGenerator(seed: 7)
    let pieces = [
      "try", "pass", "--", "-", "--count", "--count=", "=", "1", "--tag", "--verbose", "", "ü", "\u{0}", "--=",
    ]
    for _ in 0..<5000 {
      let words = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        (0..<Int.random(in: 1...2, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
      switch resolve(words) {
      case .run(let command, let path): #expect((1...2).contains(path.count), "\(command)")
      case .refuse(let error, _, _): #expect(error.code == .usage && !error.message.isEmpty)
      case .help: Issue.record("nobody asked for help in \(words)")
      }
    }
  }

  private func resolve(_ words: [String]) -> CommandLineResolution {
    CommandLineResolution(words, root: SampleProgram.self, width: 80)
  }

  private func run(_ words: [String]) -> (any ParsableCommand)? {
    if case .run(let command, _) = resolve(words) { command } else { nil }
  }
}
