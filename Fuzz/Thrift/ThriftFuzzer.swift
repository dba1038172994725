// A fuzz target for Thrift's protocols; `build` makes the program. It is compiled together with the codecs' own sources.

private let limits = ThriftLimits(
  messageSize: 4_096, stringSize: 1_024, containerCount: 256, valueCount: 4_096, depth: 16)

// Made anew each time: the leak checker takes what a constant holds for lost.
private var shapes: ThriftShapes {
  ThriftShapes(
    root: "A",
    [
      "A": [
        .init(1, "a", .bool), .init(2, "b", .list(.structure("A"))), .init(3, "c", .map(.string, .binary)),
        .init(4, "d", .set(.double)), .init(5, "e", .i64), .init(6, "f", .structure("A")), .init(7, "g", .string),
      ]
    ])
}

/// Reads the bytes, of which the first says how, in every way there is: whatever they are, nothing may trap, what one
/// way takes another must take too, and what is read must be the same after it is written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzThrift(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let kind = ThriftProtocol.allCases[Int(first) % ThriftProtocol.allCases.count]
  let length = scan(bytes, kind, step: Int(first >> 4) + 1)
  if let message = try? ThriftMessage(reading: bytes.span, as: kind, limits: limits, shapes: shapes) {
    precondition(length != nil || bytes.count > limits.messageSize, "read, but not scanned")
    rewrite(message, kind)
  }
  for framing in ThriftFraming.allCases { deframe(bytes, ThriftDialect(kind, framing)) }
  _ = try? ThriftDialect.detect(bytes.span, limits: limits)
  typed(bytes, kind)
  return 0
}

/// Where a message ends; the same whether its bytes arrive at once or in small parts.
private func scan(_ bytes: [UInt8], _ kind: ThriftProtocol, step: Int) -> Int? {
  var (whole, parts) = (ThriftScanner(kind, limits: limits), ThriftScanner(kind, limits: limits))
  let expected = try? whole.scan(bytes.span)
  var found: ThriftProgress?
  for end in stride(from: 0, through: bytes.count + step, by: step) {
    guard let progress = try? parts.scan(bytes.span.extracting(0..<min(end, bytes.count))) else {
      return length(expected)
    }
    found = progress
    if case .complete = progress { break }
  }
  let end = length(expected)
  if let end {
    precondition(length(found) == end, "a scan in parts ends elsewhere")
    precondition(end <= bytes.count, "a message ends behind its bytes")
  }
  return end
}

private func length(_ progress: ThriftProgress?) -> Int? {
  if case .complete(let length) = progress { length } else { nil }
}

/// Writes what was read, and insists that it is the same when it is read and written again.
private func rewrite(_ message: ThriftMessage, _ kind: ThriftProtocol) {
  var (first, second): ([UInt8], [UInt8]) = ([], [])
  // A protocol may take more than it has a form for, such as fields that the shapes do not have.
  guard (try? message.write(to: &first, as: kind, shapes: shapes)) != nil, first.count <= limits.messageSize else {
    return
  }
  guard let copy = try? ThriftMessage(reading: first.span, as: kind, limits: limits, shapes: shapes) else {
    preconditionFailure("what was written can't be read")
  }
  guard (try? copy.write(to: &second, as: kind, shapes: shapes)) != nil else {
    preconditionFailure("what was written and read can't be written")
  }
  precondition(first == second, "what was written is not the same again")
}

private func deframe(_ bytes: [UInt8], _ dialect: ThriftDialect) {
  var deframer = ThriftDeframer(dialect, limits: limits)
  var start = 0
  while start < bytes.count, case .complete(let frame) = try? deframer.next(bytes.span.extracting(start..<bytes.count))
  {
    precondition(frame.length > 0 && frame.message.upperBound <= frame.length, "a message ends behind its frame")
    start += frame.length
    precondition(start <= bytes.count, "a frame ends behind its bytes")
  }
}

private func typed(_ bytes: [UInt8], _ kind: ThriftProtocol) {
  guard let message = try? ThriftReceivedMessage(bytes, as: kind, limits: limits) else { return }
  _ = try? message.body(as: ThriftApplicationException.self)
}
