internal import MusterChecks
internal import MusterHTTPServer
internal import MusterJournal
internal import MusterServer
internal import MusterTestSupport
internal import Testing

@Suite("A configuration file")
struct ConfigurationFileTests {
  @Test("sets what it names and leaves the rest")
  func good() throws {
    let file = try TemporaryFile(
      Array(#"{"http": "127.0.0.1:1", "threads": 2, "enable-exec-checks": true, "history-age": "1h"}"#.utf8))
    var settings = ServerSettings()
    settings.datacenter = "dc7"
    try settings.read(file: file.path)
    #expect(settings.httpPort == 1)
    #expect(settings.threads == 2)
    #expect(settings.checks.allowsCommands)
    #expect(settings.history.age == .seconds(3_600))
    #expect(settings.datacenter == "dc7")
  }

  @Test(
    "that is wrong is refused with its path, and nothing of it is taken",
    arguments: [
      ("", "the text is empty; a JSON value is expected"),
      ("{", "string or '}' expected near end of file at line 1, column 2"),
      ("[]", "the configuration must be a JSON object"),
      (#""http""#, "the configuration must be a JSON object"),
      (#"{"threads": 0}"#, #"threads: "0" is not a whole number from 1 to 256"#),
      (#"{"threads": 1.5}"#, #"threads: "1.5" is not a whole number from 1 to 256"#),
      (#"{"datacenter": "dc9", "threads": "x"}"#, #"threads: "x" is not a whole number from 1 to 256"#),
      (#"{"datacenter": "dc9", "node": null}"#, "node: the value must be a text, a number, or true or false"),
      (#"{"data-dir": {"a": 1}}"#, "data-dir: the value must be a text, a number, or true or false"),
      (#"{"node": ["a"]}"#, "node: the value must be a text, a number, or true or false"),
      (#"{"enable-exec-checks": 1}"#, #"enable-exec-checks: "1" is not true or false"#),
    ])
  func bad(content: String, message: String) throws {
    let file = try TemporaryFile(Array(content.utf8))
    var settings = ServerSettings()
    let error = #expect(throws: ServerError.self) { try settings.read(file: file.path) }
    #expect(error?.message == "\(file.path): \(message)")
    #expect(error?.code == .badSetting)
    #expect("\(settings)" == "\(ServerSettings())")
  }

  @Test("with a key that is no setting is refused with all that are")
  func unknownKey() throws {
    let file = try TemporaryFile(Array(#"{"hptt": "127.0.0.1:1"}"#.utf8))
    var settings = ServerSettings()
    let error = #expect(throws: ServerError.self) { try settings.read(file: file.path) }
    #expect(error?.message.hasPrefix(#"\#(file.path): "hptt" is not a setting: http, store, "#) == true)
  }

  @Test("that is not there, is a directory, too large or not UTF-8 is refused")
  func unreadable() throws {
    var settings = ServerSettings()
    let missing = #expect(throws: ServerError.self) { try settings.read(file: "/tmp/muster-not-there/x") }
    #expect(missing?.message == "can't read /tmp/muster-not-there/x: No such file or directory")
    let directory = #expect(throws: ServerError.self) { try settings.read(file: "/tmp") }
    #expect(directory?.message == "can't read /tmp: Is a directory")
    let large = try TemporaryFile([UInt8](repeating: 0x20, count: (1 << 20) + 1))
    let tooLarge = #expect(throws: ServerError.self) { try settings.read(file: large.path) }
    #expect(tooLarge?.message == "\(large.path) is too large: at most 1048576 bytes are read")
    let endless = #expect(throws: ServerError.self) { try settings.read(file: "/dev/zero") }
    #expect(endless?.message == "/dev/zero is too large: at most 1048576 bytes are read")
    let binary = try TemporaryFile([0xFF, 0xFE])
    let notText = #expect(throws: ServerError.self) { try settings.read(file: binary.path) }
    #expect(notText?.message.hasPrefix("\(binary.path): the text is not UTF-8") == true)
  }
}
