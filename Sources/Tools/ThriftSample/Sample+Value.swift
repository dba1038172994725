extension Sample {
  /// One that has about 1 KB in the binary protocol.
  public static var usual: Sample {
    Sample(
      id: 1 << 40, name: "instance-0042", active: true, score: 0.25, tags: (0..<8).map { "tag-number-\($0)" },
      counts: Dictionary(uniqueKeysWithValues: (0..<8).map { ("counter-\($0)", Int64($0) << 33) }),
      path: (0..<16).map { SamplePoint(x: $0, y: -$0) }, numbers: Array(0..<20),
      text: String(repeating: "0123456789", count: 32))
  }
}
