// A fuzz target for the DNS codec; `build` makes the program. It is compiled together with the codec's own sources.

/// Reads the bytes as a query and as a message, and answers the query: whatever they are, nothing may trap, and an
/// answer must be readable.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDNS(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let packet = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  if let message = Message(packet.span) { rewrite(message) }
  guard case .query(let query) = Query.read(packet.span) else { return 0 }
  var writer = PacketWriter()
  writer.begin(answering: query, in: packet.span, flags: query.flags.answering(.nameError), limit: 512)
  if query.edns != nil { writer.addOption(payloadSize: 1_232, .nameError) }
  precondition(Message(writer.bytes.span)?.responseCode == .nameError, "the answer can't be read")
  return 0
}

/// Writes what was read, and insists that it reads the same again.
private func rewrite(_ message: Message) {
  var writer = PacketWriter()
  writer.start(id: message.id, flags: message.flags)
  for record in message.answers where writer.add(record, to: .answer) {}
  guard let copy = Message(writer.bytes.span) else { preconditionFailure("what was written can't be read") }
  precondition(copy.answers.count <= message.answers.count, "there is more than was written")
}
