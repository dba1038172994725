internal import Glibc
internal import MusterBalancing

/// Random numbers of the kinds that a run needs.
struct RandomSource {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  /// A time with this mean, exponentially distributed.
  mutating func time(mean: Double) -> Double {
    let fraction = (Double(generator.next() >> 11) + 0.5) * 0x1p-53
    return -mean * log(fraction)
  }

  /// A number below `bound`.
  mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
}
