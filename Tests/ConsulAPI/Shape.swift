internal import MusterJSON

extension JSON {
  /// The keys, in order, and the kinds of values: `s` a string, `i` an integer, `b` a truth value; of a list its first
  /// element alone.
  var shape: String {
    switch self {
    case .null: "null"
    case .bool: "b"
    case .integer: "i"
    case .number: "n"
    case .string: "s"
    case .array(let elements): "[\(elements.first?.shape ?? "")]"
    case .object(let members): "{\(members.map { "\($0.key):\($0.value.shape)" }.joined(separator: ","))}"
    }
  }
}

/// The parts that answers are made of, as Consul documents them.
enum Shapes {
  static let revisions = "CreateIndex:i,ModifyIndex:i"
  static let node = "{ID:s,Node:s,Address:s,Datacenter:s,TaggedAddresses:{},Meta:{},\(revisions)}"
  static let mesh = "Proxy:{Mode:s,MeshGateway:{},Expose:{}},Connect:{},PeerName:s"
  static let weights = "{Passing:i,Warning:i}"
  static let web =
    "ID:s,Service:s,Tags:[s],Address:s,TaggedAddresses:{wan:{Address:s,Port:i}},Meta:{zone:s},Port:i,"
    + "Weights:\(weights),EnableTagOverride:b"
  static let db =
    "ID:s,Service:s,Tags:[],Address:s,TaggedAddresses:{},Meta:{},Port:i,Weights:\(weights),EnableTagOverride:b"
  static let agentWeb = "{\(web),Datacenter:s,\(revisions)}"
  static let probe = check(tags: "[]", definition: "{HTTP:s,Method:s,Interval:s,Timeout:s}")
  static let heartbeat = check(tags: "[s]", definition: "{TTL:s,DeregisterCriticalServiceAfter:s}")
  static let member =
    "{Name:s,Addr:s,Port:i,Tags:{build:s,dc:s,id:s,role:s},Status:i,ProtocolMin:i,DelegateMin:i,ProtocolMax:i,"
    + "DelegateMax:i,ProtocolCur:i,DelegateCur:i}"
  static let health = "{AggregatedStatus:s,Service:\(agentWeb),Checks:[\(probe)]}"

  private static func check(tags: String, definition: String) -> String {
    "{Node:s,CheckID:s,Name:s,Status:s,Notes:s,Output:s,ServiceID:s,ServiceName:s,ServiceTags:\(tags),Type:s,"
      + "Interval:s,Timeout:s,ExposedPort:i,Definition:\(definition),\(revisions)}"
  }
}
