import Testing

@testable import MusterProxy

@Suite("What calls leave behind for later ones")
struct KnownNameTests {
  @Test("a name is told from the one before, also where both are of the same length")
  func names() {
    var known = KnownName()
    for name in ["", "add", "add", "sub", "a name that is too long to be small", "ä", "add"] {
      let bytes = Array(name.utf8)
      let found = known.name(bytes.span)
      #expect(found == name)
    }
  }

  @Test("bytes that are no UTF-8 are no name, and the name before stays known")
  func notUTF8() {
    var known = KnownName()
    let (good, bad): ([UInt8], [UInt8]) = ([0x61, 0x64, 0x64], [0x61, 0xFF, 0x64])
    let found = [known.name(good.span), known.name(bad.span), known.name(good.span)]
    #expect(found == ["add", nil, "add"])
  }

  @Test("an array that is filled again holds the new bytes alone, and whoever took a copy keeps the old ones")
  func spareBytes() {
    var spare = SpareBytes()
    let (first, second, none): ([UInt8], [UInt8], [UInt8]) = ([1, 2, 3], [4], [])
    var bytes = spare.copy(first.span)
    let kept = bytes
    spare.take(&bytes)
    let again = [spare.copy(second.span), spare.copy(none.span)]
    #expect(bytes.isEmpty)
    #expect(again == [[4], []])
    #expect(kept == first)
  }
}
