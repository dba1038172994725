import Testing

@testable import MusterResilience

@Suite("Places of instances")
struct InstancePlacesTests {
  private static let ids = ["a", "b", "c"]

  @Test(
    "an id is found whatever the hint says",
    arguments: [Int.min, -1, 0, 1, 2, 3, Int.max])
  func hints(hint: Int) {
    let places = InstancePlaces(Self.ids)
    for (place, id) in Self.ids.enumerated() { #expect(places.place(of: id, near: hint) == place) }
    #expect(places.place(of: "d", near: hint) == nil)
    #expect(InstancePlaces([]).place(of: "a", near: hint) == nil)
  }

  @Test("of ids that are the same only the first counts")
  func repeated() {
    let places = InstancePlaces(["a", "b", "a", "c", "b"])
    #expect(places.ids == Self.ids)
    #expect(places.place(of: "c", near: 3) == 2)
  }

  @Test("what is known of an instance stays with it when the list is in another order")
  func moved() throws {
    let now = ContinuousClock.now
    var detector = try OutlierDetector(.init(consecutiveFailures: 2, maximumShare: 1), at: now)
    detector.update(Self.ids)
    #expect(detector.report(.failed, from: "a", near: 0, at: now) == nil)
    detector.update(["d", "c", "b", "a"])
    #expect(detector.report(.failed, from: "d", near: 0, at: now) == nil)
    let decision = detector.report(.failed, from: "a", near: 0, at: now)
    guard case .eject("a", .consecutiveFailures(2), _) = decision else {
      Issue.record("\(String(describing: decision))")
      return
    }
    detector.update(["b", "a"])
    #expect(detector.ejected == ["a"])
  }
}
