extension ThriftMessageHead {
  /// The service's name in front of a multiplexed method's; nil if there is none.
  public var service: Substring? {
    name.utf8.firstIndex(of: 0x3A).map { name[..<$0] }
  }

  /// The method's name without its service's.
  public var method: Substring {
    name.utf8.firstIndex(of: 0x3A).map { name[name.utf8.index(after: $0)...] } ?? name[...]
  }

  /// The same head for a method of a service among several; nil takes a service's name away.
  public func multiplexed(for service: String?) -> ThriftMessageHead {
    var head = self
    head.name = service.map { "\($0):\(method)" } ?? String(method)
    return head
  }
}
