/// The smallest part of a file that means something.
struct ThriftToken {
  enum Kind: Equatable {
    case identifier(String)
    case integer(Int64)
    case double(Double)
    case string(String)
    /// One of `{}()<>[]:;,=*&`.
    case symbol(UInt8)
    case end
  }

  let kind: Kind
  let place: ThriftPlace
  /// The text of a comment `/** … */` right before it.
  let comment: String?

  /// How it is named in an error.
  var name: String {
    switch kind {
    case .identifier(let name): "'\(name.prefix(40))'"
    case .integer(let number): "the number \(number)"
    case .double(let number): "the number \(number)"
    case .string(let text): "the text \"\(text.prefix(40))\""
    case .symbol(let symbol): "'\(Character(UnicodeScalar(symbol)))'"
    case .end: "the end of the file"
    }
  }
}
