/// Numbers as text.
package enum Figures {
  /// With so many digits after the point.
  package static func text(_ value: Double, digits: Int) -> String {
    guard value.magnitude < 1e12 else { return value.description }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    let rest = String(scaled % scale)
    return "\(sign)\(scaled / scale).\(String(repeating: "0", count: digits - rest.utf8.count))\(rest)"
  }

  /// Milliseconds, with a digit after the point where that says something.
  package static func milliseconds(_ value: Double) -> String { text(value, digits: value < 100 ? 1 : 0) }

  /// A part of a whole, in per cent.
  package static func percent(_ part: Double) -> String { "\(text(part * 100, digits: 1)) %" }
}
