internal import MusterCommandLine
internal import Testing

@Suite("Finding what was meant")
struct SuggestionTests {
  @Test(
    "the nearest word is found if it is near",
    arguments: [
      ("regster", "register"), ("reigster", "register"), ("wathc", "watch"), ("services", nil),
      ("sevrice", "services"), ("seriv", nil),
      ("x", nil), ("", nil), ("completely-else", nil), (String(repeating: "a", count: 65), nil), ("wätch", "watch"),
    ] as [(String, String?)])
  func nearest(word: String, expected: String?) {
    #expect(Suggestion.nearest(to: word, among: ["register", "watch", "services", "status"]) == expected)
  }

  @Test("of two that are as near the first in the alphabet is taken")
  func tie() {
    #expect(Suggestion.nearest(to: "cat", among: ["hat", "bat"]) == "bat")
    #expect(Suggestion.question(for: "cat", among: []) == "")
  }
}
