// A struct of about 1 KB, as services send them.
struct SamplePoint {
  1: i32 x,
  2: i32 y,
}

struct Sample {
  1: i64 id,
  2: string name,
  3: bool active,
  4: double score,
  5: list<string> tags,
  6: map<string, i64> counts,
  7: list<SamplePoint> path,
  8: list<i32> numbers,
  9: string text,
}
