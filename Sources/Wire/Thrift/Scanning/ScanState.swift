/// A struct or container that a scan is within.
enum ScanFrame: Sendable {
  /// A struct.
  case fields
  /// A list or set with so many elements to come.
  case elements(ThriftType, left: Int)
  /// A map with so many keys and values to come; a key is next if the number is even.
  case entries(ThriftType, ThriftType, left: Int)
}

/// What came of an attempt to pass something.
enum ScanStep {
  /// It is passed.
  case passed
  /// Its head is passed.
  case begun(ScanFrame)
  /// Nothing is passed; so many bytes have to be there.
  case needs(Int)
}

/// Where a scan stands: what is before the place is passed and never looked at again.
struct ScanState: Sendable {
  var place = 0
  private var frames: [ScanFrame] = []

  /// Begins anew with a message's struct.
  mutating func begin(at place: Int) {
    self.place = place
    frames.removeAll(keepingCapacity: true)
    frames.append(.fields)
  }

  /// Goes on as far as the bytes reach; how many have to be there if they end too early, or nil at the struct's end.
  mutating func run<Rules: ScanRules>(
    _ rules: Rules.Type, _ bytes: Span<UInt8>, _ limits: ThriftLimits
  ) throws(ThriftError) -> Int? {
    while let frame = frames.last {
      let needs =
        switch frame {
        case .fields: try fields(rules, bytes, limits)
        case .elements(let type, let left): try elements(rules, type, left, bytes, limits)
        case .entries(let key, let value, let left): try entries(rules, key, value, left, bytes, limits)
        }
      if let needs { return needs }
    }
    return nil
  }

  @inline(__always)
  private mutating func fields<Rules: ScanRules>(
    _ rules: Rules.Type, _ bytes: Span<UInt8>, _ limits: ThriftLimits
  ) throws(ThriftError) -> Int? {
    switch try rules.fields(bytes, &place, limits) {
    case .needs(let count): return count
    case .begun(let frame): try push(frame, limits)
    // The struct ends.
    case .passed: frames.removeLast()
    }
    return nil
  }

  @inline(__always)
  private mutating func elements<Rules: ScanRules>(
    _ rules: Rules.Type, _ type: ThriftType, _ left: Int, _ bytes: Span<UInt8>, _ limits: ThriftLimits
  ) throws(ThriftError) -> Int? {
    guard left > 0 else {
      frames.removeLast()
      return nil
    }
    if let size = rules.fixedSize(type) {
      let end = place &+ left &* size
      guard end <= bytes.count else { return end }
      place = end
      frames.removeLast()
      return nil
    }
    var at = place
    let step = try rules.value(type, bytes, &at, limits)
    if case .needs = step {} else { frames[frames.count - 1] = .elements(type, left: left - 1) }
    return try finish(step, at, limits)
  }

  @inline(__always)
  private mutating func entries<Rules: ScanRules>(
    _ rules: Rules.Type, _ key: ThriftType, _ value: ThriftType, _ left: Int, _ bytes: Span<UInt8>,
    _ limits: ThriftLimits
  ) throws(ThriftError) -> Int? {
    guard left > 0 else {
      frames.removeLast()
      return nil
    }
    var at = place
    let step = try rules.value(left % 2 == 0 ? key : value, bytes, &at, limits)
    if case .needs = step {} else { frames[frames.count - 1] = .entries(key, value, left: left - 1) }
    return try finish(step, at, limits)
  }

  @inline(__always)
  private mutating func finish(_ step: ScanStep, _ at: Int, _ limits: ThriftLimits) throws(ThriftError) -> Int? {
    switch step {
    case .needs(let count): return count
    case .passed: place = at
    case .begun(let frame):
      place = at
      try push(frame, limits)
    }
    return nil
  }

  @inline(__always)
  private mutating func push(_ frame: ScanFrame, _ limits: ThriftLimits) throws(ThriftError) {
    guard frames.count < limits.depth else { throw .tooDeep(limits, at: place) }
    frames.append(frame)
  }
}
