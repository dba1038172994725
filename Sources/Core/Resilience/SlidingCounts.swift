/// Two counts over the last while, which forget in ten steps.
///
/// The window is a ring of slots. Time only costs a comparison until a slot is full, and nothing is allocated.
struct SlidingCounts: Sendable {
  private struct Slot: Sendable {
    var first = 0
    var second = 0
  }

  private static let slotCount = 10

  private var slots = InlineArray<10, Slot>(repeating: Slot())
  private var current = 0
  private var slotEnd: Moment
  private let slotWidth: Duration
  /// The first count over the window.
  private(set) var first = 0
  /// The second count over the window.
  private(set) var second = 0

  init(window: Duration, at now: ContinuousClock.Instant) {
    slotWidth = window / Self.slotCount
    slotEnd = Moment(now) + slotWidth
  }

  /// Adds to both counts. A time before the newest slot counts as that slot.
  mutating func add(first: Int = 0, second: Int = 0, at now: ContinuousClock.Instant) {
    advance(to: now)
    slots[current].first += first
    slots[current].second += second
    self.first += first
    self.second += second
  }

  /// Forgets what is older than the window.
  mutating func advance(to now: ContinuousClock.Instant) {
    let now = Moment(now)
    guard now >= slotEnd else { return }
    for _ in 0..<Self.slotCount where now >= slotEnd { openSlot() }
    // After a long silence all slots are empty and the ring starts again from now.
    if now >= slotEnd { slotEnd = now + slotWidth }
  }

  /// Forgets everything.
  mutating func clear() {
    for index in slots.indices { slots[index] = Slot() }
    first = 0
    second = 0
  }

  private mutating func openSlot() {
    current = (current + 1) % Self.slotCount
    first -= slots[current].first
    second -= slots[current].second
    slots[current] = Slot()
    slotEnd = slotEnd + slotWidth
  }
}
