extension ThriftParser {
  mutating func service(_ comment: String?) throws(ThriftIDLError) -> ThriftDefinition {
    try advance()
    let place = token.place
    let name = try name("the service's name")
    var parent: ThriftTypeName?
    if try accept(word: "extends") {
      let place = token.place
      parent = ThriftTypeName(kind: .named(try path("the name of the service that is extended")), place: place)
    }
    try expect("{", or: parent == nil ? "'extends'" : nil)
    var methods: [ThriftMethodDefinition] = []
    while try !accept("}") { methods.append(try method()) }
    return ThriftDefinition(
      name: name, place: place, kind: .service(ThriftServiceDefinition(parent: parent, methods: methods)),
      comment: comment, annotations: try annotations())
  }

  private mutating func method() throws(ThriftIDLError) -> ThriftMethodDefinition {
    try count()
    let comment = token.comment
    guard case .identifier = token.kind else { throw refusal("a method or '}'") }
    let isOneway = try accept(word: "oneway")
    let result = try accept(word: "void") ? nil : try type()
    let place = token.place
    let name = try name("the method's name")
    try expect("(")
    let arguments = try fields(until: ")", "an argument")
    var exceptions: [ThriftFieldDefinition] = []
    if try accept(word: "throws") {
      try expect("(")
      exceptions = try fields(until: ")", "an exception")
    }
    if isOneway, result != nil || !exceptions.isEmpty {
      throw ThriftIDLError(
        .unsupported, "the oneway method '\(name)' is never answered: it can only return 'void' and throw nothing",
        at: place)
    }
    let annotations = try annotations()
    try acceptSeparator()
    return ThriftMethodDefinition(
      name: name, isOneway: isOneway, result: result, arguments: arguments, exceptions: exceptions, place: place,
      comment: comment, annotations: annotations)
  }
}
