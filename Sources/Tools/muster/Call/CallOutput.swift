internal import MusterCommandLine
internal import MusterJSON
internal import MusterThriftIDL

/// Prints what came of a call.
struct CallOutput {
  let json: Bool
  /// What was called, for messages.
  let name: String

  /// - Throws: `CommandError` with the exit status 1 unless the method returned.
  func print(_ outcome: CallClient.Outcome) throws(CommandError) {
    if json { try printObject(outcome) }
    switch outcome {
    case .sent, .outcome(.value(.null)): return
    case .outcome(.value(let value)):
      if !json { try StandardStream.output.print(Self.text(value.json, pretty: true)) }
    case .outcome(.exception(let exception, let fields)):
      let short = exception.split(separator: ".").last.map { String($0) } ?? exception
      throw CommandError(.failed, "\(name) threw \(short) \(PrintableText.line(Self.text(fields.json)))")
    case .error(let message): throw CommandError(.failed, PrintableText.line(message))
    }
  }

  private func printObject(_ outcome: CallClient.Outcome) throws(CommandError) {
    let members: [JSON.Member] =
      switch outcome {
      case .sent: [.init(key: "result", value: .null)]
      case .outcome(.value(let value)): [.init(key: "result", value: value.json)]
      case .outcome(.exception(let name, let fields)):
        [.init(key: "exception", value: .string(name)), .init(key: "fields", value: fields.json)]
      case .error(let message): [.init(key: "error", value: .string(message))]
      }
    try JSONOutput.printLine { $0.value(.object(members)) }
  }

  private static func text(_ json: JSON, pretty: Bool = false) -> String {
    var writer = JSONWriter(pretty: pretty)
    writer.value(json)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
