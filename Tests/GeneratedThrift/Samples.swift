import MusterThrift

/// Values of every construct.
enum Samples {
  static let tree = Tree(
    value: 1, left: Tree(value: -2, others: []), right: Tree(value: 3, left: Tree(value: 4, others: []), others: []),
    others: [Tree(value: .max, others: [Tree(value: .min, others: [])])])

  static let shapes: [Shape] = [
    .circle(0.5), .dot(Point(x: 1, label: "dot")), .group([.flag(true), .group([])]), .flag(false),
    .inner(.inner(.text("deep"))), .text("text"), .nothing(Nothing()),
  ]

  static let full = Everything(
    flag: true, tiny: -128, short: -32768, long: .min, real: -0.25, text: "tëxt 🎈", bytes: [0, 255, 254], level: .HIGH,
    words: ["one", "two"], counts: ["a": 1, "b": .max],
    nested: [[[1: [.RED, .GREEN], 2: []]], []], point: Point(x: 3, y: 4), name: "name", maybe: false, tree: tree,
    shapes: shapes, blobs: ["blob": [1, 2, 3]], pages: [["home": Point(x: 0)]], failure: NotFound(id: 7), user: 9,
    far: 300, shape: .flag(true))

  /// Nothing that may be left out is there.
  static let bare = Everything(
    flag: false, tiny: 0, old: 0, short: 0, medium: 0, long: 0, real: 0, text: "", bytes: [], color: .RED,
    level: Level(rawValue: 0), numbers: [], words: [], counts: [:], nested: [], place: Point(x: 0, y: 0), name: "",
    count: 1, blobs: [:], pages: [], user: 0, far: 0, shape: .text(""))

  static let keywords = Keywords(
    class: 1, default: 2, self_: "3", Type_: "4", init_: true, reader: [6], bytes: 7, field: 8, previous: 9, value: 10,
    hashValue_: 11, write_: "12", func: 13, reader_: 14)
}
