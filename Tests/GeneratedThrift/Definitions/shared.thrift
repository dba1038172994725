/* What several files use. */
namespace * shared
namespace py shared_py

typedef i64 UserID

/** A color,
 *  with an open end.
 */
enum Color { RED = 1, GREEN, BLUE = 0x10, guard = -4; }

struct Point {
  1: required double x
  2: required double y = 1.5e0;
  3: optional string label (note = 'free "text"'),
}

exception NotFound {
  1: required UserID id,
  2: string message = "not found"
}

service Base {
  /** Answers as long as the service lives. */
  void ping() (idempotent = "true"),
}
