import MusterThrift
import MusterThriftIDL
import Testing

@Suite("Definitions over files")
struct SchemaTests {
  private static func sample() throws -> ThriftSchema {
    try ThriftSchema(
      "include \"everything.thrift\"\nservice Last extends everything.Calculator { void last() }",
      ["everything.thrift": Sample.everything, "shared.thrift": Sample.shared])
  }

  @Test("come with those of the files that they include, which come first")
  func files() throws {
    let schema = try Self.sample()
    #expect(schema.files.map(\.name) == ["shared", "everything", "test"])
    #expect(schema.files.map(\.includes) == [[], ["shared"], ["everything"]])
    #expect(schema.files[1].constants.count == 16 && schema.files[0].aliases.map(\.name) == ["shared.UserID"])
  }

  @Test("name each other before they are there, over files, and by other names")
  func types() throws {
    let schema = try Self.sample()
    let fields = schema.structures["everything.Everything"]?.fields ?? []
    let types = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, "\($0.type)") })
    #expect(types["color"] == "shared.Color" && types["user"] == "i64" && types["old"] == "i8")
    #expect(types["pages"] == "list<map<string, shared.Point>>" && types["shape"] == "everything.Shape")
    #expect(types["nested"] == "list<list<map<i32, set<shared.Color>>>>")
    let tree = schema.structures["everything.Tree"]?.fields.map(\.type)
    #expect(tree?[1] == .structure("everything.Tree"))
  }

  @Test("name idempotent methods, by their service too where another one's may not be repeated")
  func idempotent() throws {
    let schema = try ThriftSchema(
      """
      service Base { i32 count() (idempotent = "true") }
      service Users extends Base { string get(1: i32 id) (idempotent = "true"), void change(1: i32 id) }
      service Orders { string get(1: i32 id), void cancel(1: i32 id) (idempotent = "true") }
      """, [:])
    #expect(schema.idempotentMethods == ["Users:get", "cancel", "count"])
  }

  @Test("are only found in files that are included by the file itself")
  func transitive() {
    let error = #expect(throws: ThriftIDLError.self) {
      try ThriftSchema(
        "include \"everything.thrift\"\nstruct A { 1: shared.Point p }",
        ["everything.thrift": Sample.everything, "shared.thrift": Sample.shared])
    }
    #expect(error?.code == .name)
  }

  @Test("have values that are checked against their types")
  func values() throws {
    let schema = try Self.sample()
    let constants = schema.files[1].constants.map { ($0.name, $0.value) }
    let values = Dictionary(uniqueKeysWithValues: constants)
    #expect(values["everything.WHOLE"] == .double(3) && values["everything.PAINT"] == .i32(2))
    #expect(values["everything.NUMBER"] == .i32(1000) && values["everything.BYTES"] == .binary(Array("bytes".utf8)))
    let origin = ThriftStruct([
      ThriftField(1, .double(0)), ThriftField(2, .double(0.5)), ThriftField(3, .string("origin")),
    ])
    #expect(values["everything.ORIGIN"] == .structure(origin))
    let place = schema.structures["everything.Everything"]?.fields.first { $0.name == "place" }
    #expect(place?.value == .structure(ThriftStruct([ThriftField(1, .double(1)), ThriftField(2, .double(2))])))
  }

  @Test("have methods whose arguments and results are structs")
  func methods() throws {
    let schema = try Self.sample()
    let names = schema.methods(of: "test.Last").map(\.name)
    #expect(names == ["ping", "add", "store", "fire", "points", "shape", "internal", "echo", "last"])
    let add = try #require(schema.method("add", of: "test.Last"))
    #expect(add.arguments.name == "everything.Calculator.add.arguments" && add.arguments.fields.map(\.id) == [1, 2])
    #expect(add.result?.fields.map(\.id) == [0, 1, 2] && add.result?.fields.first?.type == .base(.i32))
    #expect(add.method == ThriftMethod("add", isIdempotent: true))
    let fire = try #require(schema.method("fire", of: "test.Last"))
    #expect(fire.isOneway && fire.result == nil && fire.returns == nil && !fire.isIdempotent)
    #expect(schema.method("ping", of: "test.Last")?.result?.fields == [])
    #expect(schema.method("echo", of: "test.Last")?.isIdempotent == false)
  }

  @Test("have shapes of all structs that one leads to, and of no others")
  func shapes() throws {
    let schema = try Self.sample()
    let shapes = schema.shapes(of: "everything.Shape")
    #expect(Set(shapes.structures.keys) == ["everything.Shape", "shared.Point", "everything.Nothing"])
    #expect(shapes.structures["everything.Shape"]?[2] == .init(3, "group", .list(.structure("everything.Shape"))))
    let store = schema.shapes(of: "everything.Calculator.store.arguments")
    #expect(store.root == "everything.Calculator.store.arguments" && store.structures.count == 7)
    #expect(store.structures["everything.Everything"]?[8] == .init(9, "bytes", .binary))
  }
}
