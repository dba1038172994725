internal import Glibc
internal import MusterJSON

/// A line of JSON on standard output, with the time of day in microseconds.
struct Line {
  let id: String
  let lost: [String]
  let gained: [String]
  let working: Int

  func print() {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("time", now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)
      writer.field("id", id)
      writer.field("working", working)
      Self.write("lost", lost, &writer)
      Self.write("gained", gained, &writer)
    }
    Swift.print(String(decoding: writer.bytes, as: UTF8.self))
    // Now, though nobody sits at a terminal: the process may be killed next.
    fflush(nil)
  }

  private static func write(_ name: String, _ keys: [String], _ writer: inout JSONWriter) {
    writer.key(name)
    writer.array { writer in
      for key in keys { writer.string(key) }
    }
  }
}
