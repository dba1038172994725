import MusterThrift

/// A struct as generated code has it: `struct Shelf { 1: required string name, 2: optional binary cover, 3: list<Book>
/// books, 4: map<string, i64> counts, 5: set<i32> years, 6: bool open }`.
struct Shelf: ThriftCodable, Hashable {
  var name: String
  var cover: [UInt8]?
  var books: [Book] = []
  var counts: [String: Int64] = [:]
  var years: Set<Int32> = []
  var isOpen = false

  static let shapes = ThriftShapes(
    root: "Shelf",
    [
      "Shelf": [
        .init(1, "name", .string), .init(2, "cover", .binary), .init(3, "books", .list(.structure("Book"))),
        .init(4, "counts", .map(.string, .i64)), .init(5, "years", .set(.i32)), .init(6, "open", .bool),
      ],
      "Book": Book.fields,
    ])

  init(_ name: String) { self.name = name }

  init<Reader: ThriftReader>(reading bytes: Span<UInt8>, with reader: inout Reader) throws(ThriftError) {
    try reader.enter()
    var name: String?
    self.name = ""
    var id: Int16 = 0
    while let field = try reader.field(after: id, bytes) {
      id = field.id
      switch (field.id, field.type) {
      case (1, .string): name = try reader.string(bytes)
      case (2, .string): cover = try reader.binary(bytes)
      case (3, .list):
        books = try reader.list(of: .structure, bytes) { reader, bytes throws(ThriftError) in
          try Book(reading: bytes, with: &reader)
        }
      case (4, .map):
        counts = try reader.dictionary(
          from: .string, to: .i64, bytes, { reader, bytes throws(ThriftError) in try reader.string(bytes) },
          { reader, bytes throws(ThriftError) in try reader.i64(bytes) })
      case (5, .set):
        years = try reader.set(of: .i32, bytes) { reader, bytes throws(ThriftError) in try reader.i32(bytes) }
      case (6, .bool): isOpen = try reader.bool(bytes)
      default: try reader.skip(field.type, bytes)
      }
    }
    reader.leave()
    guard let name else { throw .missing(field: "name", of: "Shelf") }
    self.name = name
  }

  func write<Writer: ThriftWriter>(to writer: inout Writer) throws(ThriftError) {
    writer.field(1, after: 0, .string)
    writer.string(name)
    if let cover {
      writer.field(2, after: 1, .string)
      writer.binary(cover)
    }
    writer.field(3, after: cover == nil ? 1 : 2, .list)
    try writer.list(books, of: .structure) { writer, book throws(ThriftError) in try book.write(to: &writer) }
    writer.field(4, after: 3, .map)
    try writer.dictionary(
      counts, from: .string, to: .i64, { writer, key throws(ThriftError) in writer.string(key) },
      { writer, value throws(ThriftError) in writer.i64(value) })
    writer.field(5, after: 4, .set)
    try writer.set(years, of: .i32) { writer, year throws(ThriftError) in writer.i32(year) }
    writer.boolField(6, after: 5, isOpen)
    writer.stop()
  }
}

/// `struct Book { 1: string title, 2: double price }`.
struct Book: ThriftCodable, Hashable {
  var title = ""
  var price = 0.0

  static let fields: [ThriftShapes.Field] = [.init(1, "title", .string), .init(2, "price", .double)]
  static let shapes = ThriftShapes(root: "Book", ["Book": fields])

  init(_ title: String, _ price: Double) { (self.title, self.price) = (title, price) }

  init<Reader: ThriftReader>(reading bytes: Span<UInt8>, with reader: inout Reader) throws(ThriftError) {
    try reader.enter()
    var id: Int16 = 0
    while let field = try reader.field(after: id, bytes) {
      id = field.id
      switch (field.id, field.type) {
      case (1, .string): title = try reader.string(bytes)
      case (2, .double): price = try reader.double(bytes)
      default: try reader.skip(field.type, bytes)
      }
    }
    reader.leave()
  }

  func write<Writer: ThriftWriter>(to writer: inout Writer) throws(ThriftError) {
    writer.field(1, after: 0, .string)
    writer.string(title)
    writer.field(2, after: 1, .double)
    writer.double(price)
    writer.stop()
  }
}
