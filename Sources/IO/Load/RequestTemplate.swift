/// A request that is sent many times with another number each time.
///
/// Numbers have seven digits, so that the request's length is always the same.
public struct RequestTemplate: Sendable {
  /// What stands for the number in the text.
  public static let number = "#######"
  /// What stands for a tenth of the number, rounded down.
  public static let tenth = "%%%%%%%"
  private static let digits = 7

  private let bytes: [UInt8]
  private let slots: [(offset: Int, divisor: Int)]

  /// The text of the HTTP request as it is sent, with the marks for numbers in it.
  public init(_ text: String) {
    bytes = Array(text.utf8)
    var slots: [(offset: Int, divisor: Int)] = []
    for (mark, divisor) in [(Self.number, 1), (Self.tenth, 10)] {
      let pattern = Array(mark.utf8)
      guard bytes.count >= pattern.count else { continue }
      for offset in 0...bytes.count - pattern.count where bytes[offset..<offset + pattern.count].elementsEqual(pattern)
      {
        slots.append((offset, divisor))
      }
    }
    self.slots = slots
  }

  /// Makes a request for a method, a target and a body.
  public init(_ method: String, _ target: String, body: String? = nil) {
    let head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    guard let body else {
      self.init(head + "\r\n")
      return
    }
    self.init(head + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
  }

  /// The request with a number, of which the last seven digits are used.
  public func bytes(_ number: Int) -> [UInt8] {
    var request = bytes
    for slot in slots {
      var rest = number.magnitude / UInt(slot.divisor)
      for place in (slot.offset..<slot.offset + Self.digits).reversed() {
        request[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
    }
    return request
  }
}
