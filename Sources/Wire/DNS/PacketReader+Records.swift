/// A record with its class, which EDNS uses for something else.
struct RecordEntry {
  let record: ResourceRecord
  let recordClass: UInt16
}

extension PacketReader {
  mutating func record(_ packet: Span<UInt8>) -> RecordEntry? {
    guard let name = name(packet), let type = word(packet), let kind = word(packet), let ttl = doubleWord(packet),
      let length = word(packet)
    else { return nil }
    let stop = place + Int(length)
    guard let content = content(RecordType(rawValue: type), Int(length), packet), place == stop else { return nil }
    return RecordEntry(record: ResourceRecord(name, ttl: ttl, content), recordClass: kind)
  }

  private mutating func content(
    _ type: RecordType, _ length: Int, _ packet: Span<UInt8>
  ) -> ResourceRecord.Content? {
    switch type {
    case .a: length == 4 ? bytes(4, packet).flatMap { IPAddress(bytes: $0) }.map { .address($0) } : nil
    case .aaaa: length == 16 ? bytes(16, packet).flatMap { IPAddress(bytes: $0) }.map { .address($0) } : nil
    case .ns: name(packet).map { .nameServer($0) }
    case .cname: name(packet).map { .alias($0) }
    case .ptr: name(packet).map { .pointer($0) }
    case .srv: service(packet)
    case .txt: strings(length, packet).map { .text($0) }
    case .soa: authority(packet).map { .authority($0) }
    default: bytes(length, packet).map { .other(type, $0) }
    }
  }

  private mutating func bytes(_ count: Int, _ packet: Span<UInt8>) -> [UInt8]? {
    let start = place
    guard skip(count) != nil else { return nil }
    return (start..<place).map { packet[$0] }
  }

  private mutating func service(_ packet: Span<UInt8>) -> ResourceRecord.Content? {
    guard let priority = word(packet), let weight = word(packet), let port = word(packet), let target = name(packet)
    else { return nil }
    return .service(priority: priority, weight: weight, port: port, target: target)
  }

  private mutating func strings(_ length: Int, _ packet: Span<UInt8>) -> [[UInt8]]? {
    let stop = place + length
    var strings: [[UInt8]] = []
    while place < stop {
      guard let count = byte(packet), let string = bytes(Int(count), packet) else { return nil }
      strings.append(string)
    }
    return strings
  }

  private mutating func authority(_ packet: Span<UInt8>) -> ResourceRecord.Authority? {
    guard let server = name(packet), let mailbox = name(packet), let serial = doubleWord(packet),
      let refresh = doubleWord(packet), let retry = doubleWord(packet), let expire = doubleWord(packet),
      let negativeTTL = doubleWord(packet)
    else { return nil }
    return ResourceRecord.Authority(
      server: server, mailbox: mailbox, serial: serial, refresh: refresh, retry: retry, expire: expire,
      negativeTTL: negativeTTL)
  }
}
