/// Definitions with every construct.
enum Sample {
  static let shared = #"""
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
    """#

  static let everything = #"""
    // Every construct of the language.
    include "shared.thrift"
    cpp_include "<vector>"

    # Constants of every kind.
    const bool YES = true
    const i8 SMALL = -128;
    const i16 SHORT = 0x7f, 
    const i32 LIMIT = 1000
    const i64 LARGE = -9223372036854775808
    const double RATIO = 2.5E-1
    const double WHOLE = 3
    const string TEXT = "quotes \" and \\ and\ttabs, 'single' ones too"
    const string OTHER = 'with "double" ones'
    const binary BYTES = "bytes"
    const shared.Color PAINT = shared.Color.GREEN
    const i32 NUMBER = LIMIT
    const list<i32> LIST = [1, 2; LIMIT]
    const set<string> SET = ["a", "b"]
    const map<string, list<shared.Color>> MAP = {"warm": [shared.Color.RED], "cold": []}
    const shared.Point ORIGIN = {"x": 0, "y": 0.5, "label": "origin"}

    typedef map<string, shared.Point> Points (cpp.type = "std::map")
    typedef list<Points> Pages
    typedef Tree Plant

    enum Level { LOW, HIGH }

    struct Nothing {}

    /** Every type, and every requirement. */
    struct Everything {
      1: bool flag
      2: i8 tiny
      3: byte old = 7
      4: i16 short
      5: i32 medium = LIMIT
      6: i64 long
      7: double real
      8: string text
      9: binary bytes
      10: shared.Color color = shared.Color.BLUE
      11: Level level
      12: list<i32> numbers = [1, 2, 3]
      13: set<string> words
      14: map<string, i64> counts
      15: list<list<map<i32, set<shared.Color>>>> nested
      16: shared.Point point
      17: required shared.Point place = {"x": 1, "y": 2}
      18: required string name
      19: optional bool maybe
      20: optional i32 count = 42
      21: optional Tree tree
      22: optional list<Shape> shapes
      23: map<string, binary> blobs
      24: Pages pages
      25: optional shared.NotFound failure
      26: shared.UserID user
      300: i32 far
      27: required Shape shape
    }

    struct Tree {
      1: required i32 value
      2: optional Plant left
      3: optional Tree right
      4: list<Tree> others
    }

    /** One of several. */
    union Shape {
      1: double circle
      2: shared.Point dot (since = "2")
      3: list<Shape> group
      4: bool flag
      5: Shape inner
      6: string text
      7: Nothing nothing
    }

    /** The same as Everything in a newer version: fields and members that the old one does not know. */
    union NewerShape {
      8: string novel
    }

    struct NewerTree {
      1: required i32 value
      9: string added
      10: list<map<string, NewerTree>> deep
    }

    struct Unnumbered {
      i32 first
      string second, bool third;
    }

    /** A name that Swift has too. */
    struct Set {
      1: set<i32> Set
    }

    exception Refused {
      1: string reason
      2: shared.Color color
    } (message = "reason")

    service Calculator extends shared.Base {
      /** Adds. */
      i32 add(1: i32 a, 2: i32 b) throws (1: Refused refused, 2: shared.NotFound missing) (idempotent = "true")
      void store(1: Everything everything, 2: optional shared.Point at) throws (1: Refused refused);
      oneway void fire(1: string text),
      list<shared.Point> points(1: Points origins, 2: i32 count = 3)
      Shape shape(1: Shape shape)
      string internal(1: string extension, 2: string result, 3: string Self)
      binary echo(binary data) (idempotent = "false", other)
    }

    service Nobody {}
    """#
}
