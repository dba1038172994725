import Glibc
import MusterDiscovery
import MusterJSON
import MusterTestSupport
import MusterThreading

/// A file with services that can be changed.
final class WrittenFile: Sendable {
  let path: String
  private let services = Locked<[String: [Instance]]>([:])

  struct Failure: Error {}

  init() throws {
    path = "/tmp/muster-services-\(UInt64.random(in: .min ... .max)).json"
    try write("{\"services\": {}}")
  }

  deinit { unsafe unlink(path) }

  /// Puts another file in its place.
  func write(_ text: String) throws {
    let new = try TemporaryFile(Array(text.utf8))
    guard unsafe link(new.path, path + ".new") == 0, unsafe rename(path + ".new", path) == 0 else { throw Failure() }
  }

  func remove() { unsafe unlink(path) }

  func set(_ service: String, _ instances: [Instance]) throws {
    services.withLock { $0[service] = instances }
    try rewrite()
  }

  func rewrite() throws {
    var writer = JSONWriter()
    let all = services.withLock { $0 }
    writer.object { writer in
      writer.key("services")
      writer.object { writer in
        for (name, instances) in all {
          writer.key(name)
          writer.array { writer in
            for instance in instances {
              writer.object { writer in
                writer.field("id", instance.id)
                writer.field("host", instance.endpoint.host)
                writer.field("port", instance.endpoint.port)
              }
            }
          }
        }
      }
    }
    try write(String(decoding: writer.bytes, as: UTF8.self))
  }
}
