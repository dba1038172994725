public import MusterThrift

/// Definitions whose names have been looked up, with those of all files that are included.
public struct ThriftSchema: Hashable, Sendable {
  /// A constant.
  public struct Constant: Hashable, Sendable {
    /// Its full name, such as `shared.LIMIT`.
    public let name: String
    /// Its type.
    public let type: ThriftFieldType
    /// Its value.
    public let value: ThriftValue
    /// The text of the comment before it.
    public let comment: String?
  }

  /// Another name for a type.
  public struct Alias: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The type.
    public let type: ThriftFieldType
    /// The text of the comment before it.
    public let comment: String?
  }

  /// The definitions of one file in their order.
  public struct File: Hashable, Sendable {
    /// The name before the point that others call its definitions by.
    public let name: String
    /// The path.
    public let path: String
    /// The packages.
    public let namespaces: [ThriftDocument.Namespace]
    /// The names of the files that it includes.
    public let includes: [String]
    /// The constants.
    public internal(set) var constants: [Constant] = []
    /// The other names for types.
    public internal(set) var aliases: [Alias] = []
    /// The enums.
    public internal(set) var enumerations: [ThriftEnumeration] = []
    /// The structs, unions and exceptions.
    public internal(set) var structures: [ThriftStructure] = []
    /// The services.
    public internal(set) var services: [ThriftService] = []
  }

  /// The files: each after those that it includes, so the one that was asked for is the last.
  public internal(set) var files: [File] = []
  /// Every enum by its full name.
  public internal(set) var enumerations: [String: ThriftEnumeration] = [:]
  /// Every struct, union and exception by its full name, with the arguments and results of methods.
  public internal(set) var structures: [String: ThriftStructure] = [:]
  /// Every service by its full name.
  public internal(set) var services: [String: ThriftService] = [:]

  /// Collects the methods of a service and of its parents.
  ///
  /// - Parameter service: its full name.
  /// - Returns: the methods, those of the parents first.
  public func methods(of service: String) -> [ThriftService.Method] {
    var (methods, next) = ([ThriftService.Method](), services[service])
    while let service = next {
      methods.insert(contentsOf: service.methods, at: 0)
      next = service.parent.flatMap { services[$0] }
    }
    return methods
  }

  /// Finds a method of a service or of one of its parents.
  ///
  /// - Parameters:
  ///   - name: the method's name.
  ///   - service: the service's full name.
  /// - Returns: the method; nil if there is none.
  public func method(_ name: String, of service: String) -> ThriftService.Method? {
    methods(of: service).first { $0.name == name }
  }

  /// Collects what the JSON protocols need to know of a struct.
  ///
  /// - Parameter structure: its full name, such as that of a method's arguments.
  /// - Returns: its fields, and those of every struct that it leads to.
  public func shapes(of structure: String) -> ThriftShapes {
    var shapes = ThriftShapes(root: structure, [:])
    var open = [structure]
    while let name = open.popLast() {
      guard shapes.structures[name] == nil, let found = structures[name] else { continue }
      shapes.structures[name] = found.fields.map { .init($0.id, $0.name, $0.type.shape) }
      open.append(contentsOf: found.fields.flatMap { $0.type.structures })
    }
    return shapes
  }

  static func shortName(_ name: String) -> String {
    name.split(separator: ".").last.map(String.init) ?? name
  }
}
