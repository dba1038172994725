/// A place in a packet. Every step checks that what it reads is there, and says nil if it is not.
///
/// The packet is passed to each step since a span can't be kept.
struct PacketReader {
  struct Counts {
    let questions, answers, authorities, additionals: UInt16
  }

  private(set) var place = 0
  private let end: Int

  init(_ count: Int) {
    end = count
  }

  var isAtEnd: Bool { place == end }

  mutating func byte(_ packet: Span<UInt8>) -> UInt8? {
    guard place < end else { return nil }
    defer { place += 1 }
    return packet[place]
  }

  mutating func word(_ packet: Span<UInt8>) -> UInt16? {
    guard end - place >= 2 else { return nil }
    defer { place += 2 }
    return UInt16(packet[place]) << 8 | UInt16(packet[place + 1])
  }

  mutating func doubleWord(_ packet: Span<UInt8>) -> UInt32? {
    guard let high = word(packet), let low = word(packet) else { return nil }
    return UInt32(high) << 16 | UInt32(low)
  }

  mutating func counts(_ packet: Span<UInt8>) -> Counts? {
    guard let questions = word(packet), let answers = word(packet), let authorities = word(packet),
      let additionals = word(packet)
    else { return nil }
    return Counts(questions: questions, answers: answers, authorities: authorities, additionals: additionals)
  }

  mutating func skip(_ count: Int) -> Void? {
    guard end - place >= count else { return nil }
    place += count
    return ()
  }

  /// Passes a name without compression; its length. The first name of a packet has nothing to point to.
  mutating func plainName(_ packet: Span<UInt8>) -> Int? {
    let start = place
    while let length = byte(packet) {
      guard length > 0 else { return place - start }
      guard length <= DomainName.labelLimit, skip(Int(length)) != nil, place - start < DomainName.byteLimit else {
        return nil
      }
    }
    return nil
  }

  /// Passes a name, which may end in a pointer; where that points to does not matter here.
  mutating func skipName(_ packet: Span<UInt8>) -> Void? {
    let start = place
    while let length = byte(packet) {
      if length >= 0xC0 { return skip(1) }
      guard length <= DomainName.labelLimit, skip(Int(length)) != nil, place - start <= DomainName.byteLimit else {
        return nil
      }
      if length == 0 { return () }
    }
    return nil
  }

  /// Passes the additional records; what EDNS says in them, or `.some(nil)` if there is none.
  mutating func edns(_ packet: Span<UInt8>, records: UInt16) -> Query.Extension?? {
    var found: Query.Extension?
    for _ in 0..<records {
      let isRoot = place < end && packet[place] == 0
      guard skipName(packet) != nil, let type = word(packet), let size = word(packet), let bits = doubleWord(packet),
        let length = word(packet), skip(Int(length)) != nil
      else { return nil }
      guard type == RecordType.opt.rawValue else { continue }
      guard isRoot, found == nil else { return nil }
      found = Query.Extension(
        payloadSize: size, version: UInt8(truncatingIfNeeded: bits >> 16), wantsSignatures: bits & 0x8000 != 0)
    }
    return .some(found)
  }

  /// Passes a name and gives it in full.
  ///
  /// A pointer must point before the part of the name that it ends, so each one leads further back and none can loop.
  /// A useful one is followed by a label at least, so a name has no more of them than labels.
  mutating func name(_ packet: Span<UInt8>) -> DomainName? {
    var bytes: [UInt8] = []
    var at = place
    var limit = place
    var resume: Int?
    var pointers = 0
    while at < end {
      let length = Int(packet[at])
      if length >= 0xC0 {
        guard at + 1 < end else { return nil }
        let target = (length & 0x3F) << 8 | Int(packet[at + 1])
        pointers += 1
        guard target < limit, pointers < DomainName.byteLimit / 2 else { return nil }
        resume = resume ?? at + 2
        (at, limit) = (target, target)
        continue
      }
      guard length <= DomainName.labelLimit, at + length < end, bytes.count + length < DomainName.byteLimit else {
        return nil
      }
      for index in at...(at + length) { bytes.append(packet[index]) }
      at += length + 1
      if length == 0 {
        place = resume ?? at
        return DomainName(unchecked: bytes)
      }
    }
    return nil
  }
}
