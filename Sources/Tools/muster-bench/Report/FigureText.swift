/// A figure's columns, for people.
struct FigureText {
  /// Goal, measured, reference, ratio, verdict.
  let columns: [String]

  init(_ figure: Figure) {
    let reference = figure.reference.map { "\(Self.number($0)) \(figure.unit) (\(figure.referenceName))" }
    let verdict = figure.isMet.map { $0 ? "met" : "**missed**" } ?? (figure.goal == nil ? "" : "not compared")
    columns = [
      Self.goal(figure), "\(Self.number(figure.value)) \(figure.unit)", reference ?? "",
      figure.ratio.map(Self.fraction) ?? "", verdict,
    ]
  }

  private static func goal(_ figure: Figure) -> String {
    switch figure.goal {
    case nil: ""
    case .atLeast(let least): "≥ \(number(least)) \(figure.unit)"
    case .atMost(let most): "≤ \(number(most)) \(figure.unit)"
    case .ratioAtLeast(let least): "≥ \(fraction(least)) of the reference"
    case .ratioAtMost(let most): "≤ \(fraction(most)) of the reference"
    }
  }

  /// Large numbers whole, with commas; small ones with two digits after the point.
  private static func number(_ value: Double) -> String {
    guard value.magnitude < 1e15 else { return value.description }
    guard value >= 100 else { return fraction(value) }
    var text = ""
    for (index, digit) in String(Int(value.rounded())).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  private static func fraction(_ value: Double) -> String {
    guard value.magnitude < 1e15 else { return value.description }
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
