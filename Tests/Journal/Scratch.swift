import Foundation

/// A directory of its own for a test, removed with it.
final class Scratch {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "muster-journal-\(UUID().uuidString)")
    try makeDirectory("")
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: directory)
    } catch {
      print("left behind: \(directory.path): \(error)")
    }
  }

  var path: String { directory.path }

  /// The data directory that most tests use; a journal creates it.
  var data: String { path + "/data" }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: directory.appending(path: name))
  }

  func read(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: directory.appending(path: name)))
  }

  func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.appending(path: name).path).sorted()
  }

  func permissions(of name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: directory.appending(path: name).path)[.posixPermissions] as? Int
  }

  func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: directory.appending(path: name), withIntermediateDirectories: true)
  }

  /// Copies the files of the data directory as they are now.
  func copyData(to name: String) throws {
    try makeDirectory(name)
    for file in try names(in: "data") where file != "muster.lock" {
      try write(read("data/" + file), to: name + "/" + file)
    }
  }
}
