internal import MusterJSON
internal import MusterTiming
internal import Testing

@testable internal import MusterServer

@Suite("A line of the log")
struct LogTests {
  private static let messages = [
    "", "plain", "two\nlines", "carriage\r\nreturn", "quote \" and \\", "\u{1B}[31mred\u{7}", "nul\0l", "tab\t",
    #"{"level":"error"}"#, "é 漢 🎉", "\u{2028}\u{85}", "\n\n\n",
  ]

  @Test("in JSON is one line and one object, whatever the message", arguments: messages)
  func json(message: String) throws {
    let line = Log(level: .debug, format: .json).line(.warning, message, at: Timestamp(milliseconds: 0))
    #expect(line.filter { $0 < 0x20 } == [0x0A])
    #expect(line.last == 0x0A)
    let json = try JSON(parsing: line)
    #expect(json.object?.map(\.key) == ["time", "level", "message"])
    #expect(json["level"] == .string("warning"))
    #expect(json["message"] == .string(message))
    #expect(json["time"]?.string?.hasPrefix("1970-01-01T00:00:00") == true)
  }

  @Test("in text is one line without control characters, whatever the message", arguments: messages)
  func text(message: String) {
    let line = Log(level: .debug, format: .text).line(.error, message, at: Timestamp(milliseconds: 0))
    #expect(line.filter { $0 < 0x20 } == [0x0A])
    #expect(line.last == 0x0A)
    #expect(String(decoding: line, as: UTF8.self).hasPrefix("1970-01-01T00:00:00"))
    #expect(String(decoding: line, as: UTF8.self).contains(" error "))
  }

  @Test("has a level, and levels are ordered by weight")
  func levels() {
    #expect(Log.Level.allCases.sorted() == [.debug, .info, .warning, .error])
  }
}
