namespace py lab

enum Kind { PLAIN = 1, FANCY = 2 }

struct Inner {
  1: required string name,
  2: optional binary data,
  3: optional list<i64> numbers,
}

struct Everything {
  1: bool flag,
  2: byte small,
  3: i16 short_number,
  4: i32 number,
  5: i64 long_number,
  6: double real,
  7: string text,
  8: binary data,
  9: Kind kind,
  10: Inner inner,
  11: list<Inner> inners,
  12: set<i32> numbers,
  13: map<string, list<Inner>> by_name,
  14: map<i32, map<string, double>> nested,
}

exception Trouble {
  1: i32 code,
  2: string why,
}

service Lab {
  i32 add(1: i32 a, 2: i32 b),
  string echo(1: string text),
  binary blob(1: binary data),
  Everything same(1: Everything it),
  void fail(1: i32 code) throws (1: Trouble trouble),
  void crash(),
  oneway void note(1: string key),
  string once(1: string key),
  string again(1: string key),
  string where(),
  void pause(1: i32 milliseconds),
}
