extension PacketWriter {
  @inline(__always)
  mutating func append(_ word: UInt16) {
    bytes.append(UInt8(word >> 8))
    bytes.append(UInt8(word & 0xFF))
  }

  mutating func append(_ doubleWord: UInt32) {
    append(UInt16(doubleWord >> 16))
    append(UInt16(doubleWord & 0xFFFF))
  }

  /// Writes a name, pointing to what is there already.
  mutating func append(name: DomainName) {
    var rest = name.bytes[...]
    // A name that is not complete yet can't be pointed to.
    let known = placeCount
    while let length = rest.first, length > 0 {
      if let place = place(of: rest, among: known) { return append(0xC000 | UInt16(place)) }
      note(bytes.count)
      bytes += rest.prefix(Int(length) + 1)
      rest = rest.dropFirst(Int(length) + 1)
    }
    bytes.append(0)
  }

  mutating func append(_ record: ResourceRecord) {
    append(name: record.name)
    append(record.type.rawValue)
    append(RecordClass.internet.rawValue)
    append(record.ttl)
    let lengthPlace = bytes.count
    append(UInt16(0))
    append(record.content)
    // What is longer than 65,535 bytes is longer than any packet, and is taken out again.
    replace(at: lengthPlace, with: UInt16(truncatingIfNeeded: bytes.count - lengthPlace - 2))
  }

  private mutating func append(_ content: ResourceRecord.Content) {
    switch content {
    case .address(let address): bytes += address.bytes
    case .nameServer(let name), .alias(let name), .pointer(let name): append(name: name)
    case .service(let priority, let weight, let port, let target):
      append(priority)
      append(weight)
      append(port)
      // RFC 2782 forbids to compress this one; pointing to it is allowed.
      let place = bytes.count
      bytes += target.bytes
      noteSuffixes(at: place)
    case .text(let strings):
      for string in strings.isEmpty ? [[]] : strings {
        bytes.append(UInt8(min(255, string.count)))
        bytes += string.prefix(255)
      }
    case .authority(let authority): append(authority)
    case .other(_, let data): bytes += data
    }
  }

  private mutating func append(_ authority: ResourceRecord.Authority) {
    append(name: authority.server)
    append(name: authority.mailbox)
    append(authority.serial)
    append(authority.refresh)
    append(authority.retry)
    append(authority.expire)
    append(authority.negativeTTL)
  }
}
