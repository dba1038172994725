import Testing

@testable import MusterJournal

@Suite("The short way to read a list")
struct PlainListTests {
  @Test(
    "reads arrays of strings without escapes",
    arguments: [
      (#"["a"]"#, ["a"]), (#"["a","b c",""]"#, ["a", "b c", ""]), (#"["[",",","]"]"#, ["[", ",", "]"]),
      (#"["é🐌"]"#, ["é🐌"]), (#"[""]"#, [""]),
    ])
  func reads(text: String, elements: [String]) {
    #expect(text.plainList == elements)
  }

  @Test(
    "leaves all else to the long way",
    arguments: [
      "", "[", "[]", "[1]", #"["a"#, #"["a","#, #"["a""b"]"#, #"["a" ,"b"]"#, #"["a\"b"]"#, #"["a\\"]"#, #"{"a":"b"}"#,
      #"["a",1]"#, #"[["a"]]"#, #""a""#, #"["a"]]"#, #"["a"]x"#, #"["a",]"#, #"[,"a"]"#, #"["a":"b"]"#,
    ])
  func declines(text: String) {
    #expect(text.plainList == nil)
  }
}
