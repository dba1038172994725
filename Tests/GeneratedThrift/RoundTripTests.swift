import MusterThrift
import Testing

@Suite("Generated types")
struct RoundTripTests {
  @Test("are the same after writing and reading, in every protocol", arguments: ThriftProtocol.allCases)
  func roundTrips(_ kind: ThriftProtocol) throws {
    try check(Samples.full, kind)
    try check(Samples.bare, kind)
    try check(Samples.tree, kind)
    for shape in Samples.shapes { try check(shape, kind) }
    try check(Samples.keywords, kind)
    try check(Nothing(), kind)
    try check(Set_(Set: [1, 2]), kind)
    try check(Choice.unknown_(5), kind)
    try check(Choice.case("case"), kind)
    try check(Refused(reason: "no", color: Color(rawValue: 99)), kind)
    try check(Unnumbered(first: 1, second: "2", third: true), kind)
  }

  private func check<Value: ThriftCodable & Equatable>(_ value: Value, _ kind: ThriftProtocol) throws {
    var bytes: [UInt8] = []
    let head = ThriftMessageHead("method", .call, sequenceID: 1)
    try ThriftOutgoingBody.typed(value).write(head, to: &bytes, as: kind)
    #expect(try ThriftReceivedMessage(bytes, as: kind).body(as: Value.self) == value)
    // What the definition says of the value is what was written.
    let dynamic = try ThriftMessage(reading: bytes.span, as: kind, shapes: Value.shapes).body
    #expect(try Value(dynamic) == value)
  }

  @Test("have the values that the definition gives them")
  func defaults() throws {
    #expect(Samples.full.old == 7 && Samples.full.medium == 1000 && Samples.full.color == .BLUE)
    #expect(Samples.full.numbers == [1, 2, 3] && Samples.full.place == Point(x: 1, y: 2) && Samples.full.count == 42)
    #expect(Point(x: 1).y == 1.5 && NotFound(id: 1).message == "not found")
    #expect(CalculatorCalls.ArgumentsOfPoints(origins: [:]).count == 3)
  }

  @Test("have what is missing as its default, as zero or as nil")
  func missing() throws {
    let place = ThriftField(17, .structure(ThriftStruct([ThriftField(1, .double(1))])))
    #expect(throws: ThriftError.missing(field: "y", of: "shared.Point")) { try Everything(ThriftStruct([place])) }
    let value = try Everything(Self.required)
    #expect(value.old == 7 && value.numbers == [1, 2, 3] && value.count == 42 && value.color == .BLUE)
    #expect(!value.flag && value.tiny == 0 && value.text == "" && value.counts.isEmpty && value.level.rawValue == 0)
    #expect(value.point == nil && value.tree == nil && value.maybe == nil)
  }

  private static let required = ThriftStruct([
    ThriftField(17, .structure(ThriftStruct([ThriftField(1, .double(1)), ThriftField(2, .double(2))]))),
    ThriftField(18, .string("name")), ThriftField(27, .structure(ThriftStruct([ThriftField(4, .bool(true))]))),
  ])

  @Test("refuse a struct without a field that is required", arguments: [(17, "place"), (18, "name"), (27, "shape")])
  func required(_ id: Int16, _ name: String) {
    let without = ThriftStruct(Self.required.fields.filter { $0.id != id })
    #expect(throws: ThriftError.missing(field: name, of: "everything.Everything")) { try Everything(without) }
  }

  @Test("refuse arguments without a struct that is not optional")
  func missingArgument() {
    let error = #expect(throws: ThriftError.self) { try CalculatorCalls.ArgumentsOfShape(ThriftStruct()) }
    #expect(error?.message.contains("\"shape\"") == true)
  }

  @Test("pass what they do not know, and what has another type")
  func unknown() throws {
    let newer = NewerTree(value: 5, added: "new", deep: [["a": NewerTree(value: 1, added: "", deep: [])]])
    #expect(try Tree(newer.structure()) == Tree(value: 5, others: []))
    #expect(try Shape(NewerShape.novel("x").structure()) == .unknown(8))
    #expect(try Shape(ThriftStruct()) == .unknown(0))
    #expect(throws: ThriftError.self) { try Shape.unknown(8).structure() }
    let mixed = ThriftStruct([ThriftField(1, .i32(5)), ThriftField(2, .i64(1)), ThriftField(4, .string("list"))])
    #expect(try Tree(mixed) == Tree(value: 5, others: []))
    let list = ThriftValue.list(ThriftElements(of: .i64, [.i64(1)]))
    #expect(throws: ThriftError.self) { try Tree(ThriftStruct([ThriftField(1, .i32(5)), ThriftField(4, list)])) }
  }

  @Test("keep an enum's number that has no name")
  func enums() throws {
    let refused = Refused(reason: "", color: Color(rawValue: 77))
    #expect(try Refused(refused.structure()).color.rawValue == 77)
    #expect("\(Color(rawValue: 77)) \(Color.GREEN) \(Color.guard)" == "77 GREEN guard")
    #expect(Color.allCases.map(\.rawValue) == [1, 2, 16, -4])
  }

  @Test("refuse a tree that is deeper than the limits allow")
  func depth() throws {
    var tree = Tree(value: 0, others: [])
    for value in 1...100 { tree = Tree(value: Int32(value), left: tree, others: []) }
    let bytes = try ThriftBinaryWriter.bytes(of: tree)
    var reader = ThriftBinaryReader()
    let error = #expect(throws: ThriftError.self) { try Tree(reading: bytes.span, with: &reader) }
    #expect(error?.code == .limit)
    var patient = ThriftBinaryReader(limits: ThriftLimits(depth: 200))
    #expect(try Tree(reading: bytes.span, with: &patient) == tree)
  }

  @Test("hold constants of every kind")
  func constants() {
    typealias All = EverythingConstants
    #expect(All.YES && All.SMALL == -128 && All.SHORT == 127 && All.LIMIT == 1000 && All.LARGE == .min)
    #expect(All.RATIO == 0.25 && All.WHOLE == 3 && All.BYTES == Array("bytes".utf8) && All.PAINT == .GREEN)
    #expect(All.TEXT == "quotes \" and \\ and\ttabs, 'single' ones too" && All.OTHER == "with \"double\" ones")
    #expect(All.NUMBER == 1000 && All.LIST == [1, 2, 1000] && All.SET == ["a", "b"])
    #expect(All.MAP == ["warm": [.RED], "cold": []] && All.ORIGIN == Point(x: 0, y: 0.5, label: "origin"))
  }
}

extension ThriftBinaryWriter {
  static func bytes(of value: some ThriftCodable) throws -> [UInt8] {
    var writer = ThriftBinaryWriter()
    try value.write(to: &writer)
    return writer.bytes
  }
}
