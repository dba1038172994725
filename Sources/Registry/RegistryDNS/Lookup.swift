internal import MusterDNS

/// What a name asks for.
struct Lookup: Equatable {
  enum Target: Equatable {
    /// One of the domains itself.
    case apex
    /// The name of this server.
    case server
    /// A name that has nothing itself, but others under it: `service.consul`.
    case branch
    /// Instances of a service; all, or those with a tag.
    case service([UInt8], tag: [UInt8]?)
    case node([UInt8])
    /// The address that is part of the name.
    case address(IPAddress)
    /// Who has an address.
    case reverse(IPAddress)
    /// A name of the domain that can't be there.
    case nothing
    /// A name that others are in charge of.
    case outside
  }

  let target: Target
  /// The domain that the name is in; the root for those that are in none.
  let domain: DomainName

  /// Takes apart a name in lower case.
  init(_ name: DomainName, in zone: Zone) {
    let labels = name.labels
    for domain in zone.domains {
      let own = domain.labels
      guard labels.count >= own.count, zip(labels.suffix(own.count), own).allSatisfy({ $0.elementsEqual($1) }) else {
        continue
      }
      target = Self.target(labels.dropLast(own.count).map { Array($0) }, zone)
      self.domain = domain
      return
    }
    target = IPAddress(reverse: name).map { .reverse($0) } ?? .outside
    domain = .root
  }

  private static func target(_ labels: [[UInt8]], _ zone: Zone) -> Target {
    guard let last = labels.last else { return .apex }
    if labels.count == 1, last.elementsEqual("ns".utf8) { return .server }
    if let kind = Kind(last) { return target(kind, labels.dropLast()) }
    guard last == zone.datacenter else { return .nothing }
    guard labels.count > 1 else { return .branch }
    guard let kind = Kind(labels[labels.count - 2]) else { return .nothing }
    return target(kind, labels.dropLast(2))
  }

  private enum Kind: String {
    case service, node
    case address = "addr"

    init?(_ label: [UInt8]) {
      self.init(rawValue: String(decoding: label, as: UTF8.self))
    }
  }

  private static func target(_ kind: Kind, _ labels: ArraySlice<[UInt8]>) -> Target {
    guard let last = labels.last else { return .branch }
    switch kind {
    case .node:
      return .node(joined(labels))
    case .address:
      return labels.count == 1 ? IPAddress(hexadecimal: last).map { .address($0) } ?? .nothing : .nothing
    case .service:
      return service(labels, last)
    }
  }

  /// `_name._tag` as in RFC 2782, where the protocol `tcp` stands for no tag; else `[tag.]name`. Tags may contain dots.
  private static func service(_ labels: ArraySlice<[UInt8]>, _ last: [UInt8]) -> Target {
    let underscore = UInt8(ascii: "_")
    if labels.count == 2, let name = labels.first, name.first == underscore, last.first == underscore, name.count > 1 {
      let tag = Array(last.dropFirst())
      return .service(Array(name.dropFirst()), tag: tag.elementsEqual("tcp".utf8) ? nil : tag)
    }
    return .service(last, tag: labels.count > 1 ? joined(labels.dropLast()) : nil)
  }

  private static func joined(_ labels: ArraySlice<[UInt8]>) -> [UInt8] {
    Array(labels.joined(separator: [UInt8(ascii: ".")]))
  }
}
