/// Looks up every name.
struct ThriftResolver {
  /// A definition and where it stands.
  struct Entry {
    let file: Int
    let definition: ThriftDefinition
  }

  /// A field and its type, before its value is looked at.
  struct TypedField {
    let definition: ThriftFieldDefinition
    let type: ThriftFieldType
  }

  let files: [ThriftLoader.File]
  let limits: ThriftIDLLimits
  /// Every definition by its full name.
  private(set) var entries: [String: Entry] = [:]
  /// Types that have another name, once they are known.
  var aliases: [String: SizedType] = [:]
  /// The fields of structs by their full names.
  var fields: [String: [TypedField]] = [:]
  /// The names of what is being looked up now, to find circles.
  var open: [String] = []
  /// The values of constants and fields so far.
  var values = 0
  var result = ThriftSchema()

  init(_ files: [ThriftLoader.File], limits: ThriftIDLLimits) throws(ThriftIDLError) {
    self.files = files
    self.limits = limits
    for (number, file) in files.enumerated() {
      for definition in file.document.definitions {
        let name = "\(file.name).\(definition.name)"
        if let other = entries[name]?.definition.place {
          throw ThriftIDLError(
            .duplicate, "'\(definition.name)' is defined already at line \(other.line)", at: definition.place,
            in: file.path)
        }
        entries[name] = Entry(file: number, definition: definition)
      }
    }
  }

  /// Looks up everything: first what values depend on, which are enums and the types of fields.
  mutating func schema() throws(ThriftIDLError) -> ThriftSchema {
    result.files = files.map {
      .init(name: $0.name, path: $0.path, namespaces: $0.document.namespaces, includes: $0.includes)
    }
    for (number, file) in files.enumerated() {
      do throws(ThriftIDLError) {
        for definition in file.document.definitions { try declare(definition, number) }
      } catch {
        throw error.within(file.path)
      }
    }
    for (number, file) in files.enumerated() {
      do throws(ThriftIDLError) {
        for definition in file.document.definitions { try define(definition, number) }
      } catch {
        throw error.within(file.path)
      }
    }
    return result
  }

  /// Finds what a name in a file stands for, with its full name.
  func find(_ name: String, from file: Int) -> (name: String, entry: Entry)? {
    if let point = name.lastIndex(of: ".") {
      guard files[file].includes.contains(String(name[..<point])) else { return nil }
      return entries[name].map { (name, $0) }
    }
    let full = fullName(name, file)
    return entries[full].map { (full, $0) }
  }

  func fullName(_ name: String, _ file: Int) -> String {
    "\(files[file].name).\(name)"
  }

  /// Why a name stands for nothing; it names the include that is missing, if that may be it.
  func unknown(_ name: String, _ what: String, at place: ThriftPlace, from file: Int) -> ThriftIDLError {
    guard let point = name.lastIndex(of: "."), !files[file].includes.contains(String(name[..<point])) else {
      return ThriftIDLError(.name, "expected \(what), found '\(name)', which is not defined", at: place)
    }
    return ThriftIDLError(
      .name, "expected \(what), found '\(name)', but no file '\(name[..<point]).thrift' is included", at: place)
  }
}
