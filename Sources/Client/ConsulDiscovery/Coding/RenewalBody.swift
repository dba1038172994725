internal import MusterDiscovery
internal import MusterJSON

/// What is put to `/v1/agent/check/update/ID`.
enum RenewalBody {
  /// The bytes of a note that are kept.
  private static let noteBytes = 4_096

  static func bytes(_ health: Health, note: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("Status", health.rawValue)
      writer.field("Output", cut(note))
    }
    return writer.bytes
  }

  /// At most so many bytes of the beginning, cut between characters.
  private static func cut(_ note: String) -> String {
    guard note.utf8.count > noteBytes else { return note }
    var end = note.utf8.index(note.startIndex, offsetBy: noteBytes)
    while end > note.startIndex, end.samePosition(in: note.unicodeScalars) == nil { end = note.utf8.index(before: end) }
    return String(note[..<end])
  }
}
