// Names that Swift, or generated code, has another meaning for. Other compilers refuse some of them.
enum Word { none, default, init, self, rawValue, allCases, description, RawValue, Type }

struct Keywords {
  1: i32 class
  2: i32 default
  3: string self
  4: string Type
  5: bool init
  6: list<i32> reader
  7: required i32 bytes
  8: required i32 field
  9: optional i32 previous
  10: i32 value
  11: i32 hashValue
  12: string write
  13: i32 func
  14: required i32 reader_
}

union Choice {
  1: i32 unknown
  2: string case
}

exception Error {
  1: string description
  2: string localizedDescription
  3: string _code
}

struct String {
  1: string String
  2: list<Int32> Int32
  3: Word word = Word.default
}

struct Int32 {}

struct Paint {
  1: Word Word
  2: optional Error Error
  3: required PaintResult PaintResult
  4: optional list<Word> WordField
  5: optional Shade Shade
  6: optional list<map<string, set<Shade>>> Shades
  7: optional Word Words = Word.none
}

struct Shade {
  1: list<list<Word>> Word
}

union PaintResult {
  1: Word Word
  2: Int32 Int32
}

service Service {
  String func(1: String self, 2: Word in, 3: i32 inout) throws (1: Error error, 2: Reader reader)
  void init()
  PaintResult paint(1: Paint Paint, 2: Word Word = Word.self)
  oneway void answer(1: i32 caller, 2: i32 request)
}

exception Reader {
  1: i32 bytes
}
