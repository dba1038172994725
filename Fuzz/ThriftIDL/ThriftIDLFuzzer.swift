// A fuzz target for the parser of Thrift definitions; `build` makes the program.

import MusterThrift
import MusterThriftIDL

private let limits = ThriftIDLLimits(fileSize: 65_536, depth: 32, partCount: 20_000, fileCount: 10)

/// Reads the bytes as a file that may include itself under other names: whatever they are, nothing may trap, an error
/// must say where, and what is taken must be fit to be written as Swift and to be filled with values.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzThriftIDL(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  do throws(ThriftIDLError) {
    let schema = try ThriftSchema(ThriftSource(path: "a.thrift", text: text), limits: limits) {
      (path, _) throws(ThriftIDLError) in
      guard path == "b.thrift" else { throw ThriftIDLError(.include, "'\(path)' is not there") }
      return ThriftSource(path: path, text: Array("struct B { 1: required i32 b = 1 }".utf8))
    }
    use(schema)
  } catch {
    precondition(error.file != nil && !error.message.isEmpty, "an error says too little: \(error)")
  }
  return 0
}

private func use(_ schema: ThriftSchema) {
  if let generator = try? SwiftGenerator(schema) {
    for file in schema.files { precondition(!generator.source(for: file).isEmpty) }
  }
  for service in schema.services.keys {
    for method in schema.methods(of: service) {
      _ = schema.shapes(of: method.arguments.name)
      guard let arguments = try? schema.arguments(.object([]), of: method) else { continue }
      guard let plain = try? schema.plain(arguments, as: method.arguments.name) else {
        preconditionFailure("the values of the definition can't be shown")
      }
      precondition((try? schema.arguments(plain, of: method)) == arguments, "what is shown can't be read")
    }
  }
}
