/// One record of an answer.
public struct ResourceRecord: Sendable, Hashable {
  /// What a record says.
  public enum Content: Sendable, Hashable {
    /// A or AAAA.
    case address(IPAddress)
    /// NS: a server of the domain.
    case nameServer(DomainName)
    /// CNAME: the name that this one stands for.
    case alias(DomainName)
    /// PTR: the name of an address.
    case pointer(DomainName)
    /// SRV.
    case service(priority: UInt16, weight: UInt16, port: UInt16, target: DomainName)
    /// TXT: strings of at most 255 bytes; longer ones are cut.
    case text([[UInt8]])
    /// SOA.
    case authority(Authority)
    /// Any other, as in the packet.
    case other(RecordType, [UInt8])
  }

  /// The start of a domain's authority.
  public struct Authority: Sendable, Hashable {
    /// The first server of the domain.
    public var server: DomainName
    /// The mailbox of whoever runs it, as a name.
    public var mailbox: DomainName
    /// Grows with every change.
    public var serial: UInt32
    /// How often secondaries should look for changes, in seconds.
    public var refresh: UInt32
    /// How soon they should try again, in seconds.
    public var retry: UInt32
    /// How long their copy is good for, in seconds.
    public var expire: UInt32
    /// How long may be remembered that there is no such name or record, in seconds.
    public var negativeTTL: UInt32

    /// An authority, with intervals that are common.
    public init(
      server: DomainName, mailbox: DomainName, serial: UInt32, refresh: UInt32 = 3_600, retry: UInt32 = 600,
      expire: UInt32 = 86_400, negativeTTL: UInt32
    ) {
      self.server = server
      self.mailbox = mailbox
      self.serial = serial
      self.refresh = refresh
      self.retry = retry
      self.expire = expire
      self.negativeTTL = negativeTTL
    }
  }

  /// Whose record it is.
  public var name: DomainName
  /// How long it may be remembered, in seconds.
  public var ttl: UInt32
  /// What it says.
  public var content: Content

  /// A record of the class Internet.
  public init(_ name: DomainName, ttl: UInt32, _ content: Content) {
    self.name = name
    self.ttl = ttl
    self.content = content
  }

  /// The record's type.
  public var type: RecordType {
    switch content {
    case .address(let address): address.recordType
    case .nameServer: .ns
    case .alias: .cname
    case .pointer: .ptr
    case .service: .srv
    case .text: .txt
    case .authority: .soa
    case .other(let type, _): type
    }
  }
}
