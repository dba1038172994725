// What the tests of the Swift server and client call, in ThriftPy and in Apache's library too.
namespace py interop

enum Color { RED = 1, GREEN = 2, BLUE = 4 }

typedef i64 Stamp

struct Point {
  1: i32 x,
  2: i32 y,
}

struct Everything {
  1: bool yes,
  2: bool no,
  3: byte small,
  4: i16 short_one,
  5: i32 medium,
  6: Stamp large,
  7: double real,
  8: string text,
  9: binary data,
  10: Point point,
  11: list<i32> numbers,
  12: set<string> words,
  13: map<string, i64> sizes,
  14: list<list<i16>> nested,
  15: map<i32, Point> points,
  16: list<bool> flags,
  17: Color color,
  18: map<string, list<Point>> paths,
  300: optional string rest,
}

exception Refused {
  1: string reason,
  2: i32 code,
}

service Interop {
  Everything echo(1: Everything everything),
  string text(1: string text),
  binary data(1: binary data),
  i32 add(1: i32 a, 2: i32 b),
  i32 divide(1: i32 a, 2: i32 b) throws (1: Refused refused),
  void nothing(),
  void fail(1: string how),
  oneway void note(1: string text),
  list<string> notes(),
}
