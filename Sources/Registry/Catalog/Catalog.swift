/// All that the registry knows: nodes, their instances and checks, and the revision of each service's last change.
///
/// A value without I/O and without a clock: it takes commands with the time, and says what follows from them. Copies
/// share structure, so a copy is a consistent view that costs nothing, whatever is changed afterwards.
public struct Catalog: Sendable {
  /// The revision of the last change of anything.
  public internal(set) var revision: UInt64 = 0
  /// The revision of the last change of the list of services, of their tags or of what their nodes say of themselves.
  public internal(set) var servicesRevision: UInt64 = 0
  /// The revision of the last change of the list of nodes.
  public internal(set) var nodesRevision: UInt64 = 0
  /// The revision of the last change of any check.
  public internal(set) var checksRevision: UInt64 = 0
  /// The number of instances.
  public internal(set) var instanceCount = 0

  var nodes = RecordMap<NodeRecord>()
  var services = RecordMap<ServiceRecord>()
  /// The number of services that have gone and are remembered for their revision.
  var goneServices = 0
  /// No service that is not remembered has changed after this revision.
  var forgottenRevision: UInt64 = 0

  /// The node that the registry runs on, as it is to be; nil where none has to be kept. Given anew at every start.
  var ownNode: Node?
  /// What is made of health beyond the single check.
  var policy = HealthPolicy()
  /// Instances that have not been healthy since they were registered, of services that may be protected.
  var unproven = PersistentMap<Noted<InstanceKey>>()
  /// The steps that slowly starting instances have taken.
  var slowStarts = PersistentMap<Noted<InstanceKey>>()
  /// The services under protection, as their history says.
  var underProtection = PersistentMap<Noted<String>>()
  /// The services whose protection is about to be looked at.
  var reviews = PersistentMap<Noted<String>>()

  /// How many services that have gone are remembered. A watcher of one that is forgotten is woken once in vain, at the
  /// next change of that name; a hundred bytes each make this a few megabytes at the most.
  static let goneServicesLimit = 16_384

  /// An empty catalog.
  public init() {}

  /// Changes what is made of health from now on; the timers are to be asked for anew.
  public mutating func setPolicy(_ policy: HealthPolicy) { self.policy = policy }
}
