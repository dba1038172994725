/// Files that are wrong in one place, and what is said about them.
struct BadFile: CustomStringConvertible, Sendable {
  let text: String
  let message: String

  init(_ text: String, _ message: String) { (self.text, self.message) = (text, message) }

  var description: String { text }

  static let all = [
    BadFile(
      #"struct"#,
      #"1:7: expected the struct's name, found the end of the file"#),
    BadFile(
      #"struct 5 {}"#,
      #"1:8: expected the struct's name, found the number 5"#),
    BadFile(
      #"struct A"#,
      #"1:9: expected '{', found the end of the file"#),
    BadFile(
      #"struct A { 1: i32 }"#,
      #"1:19: expected a name, found '}'"#),
    BadFile(
      #"struct A { 1 i32 a }"#,
      #"1:14: expected ':', found 'i32'"#),
    BadFile(
      #"struct A { 1: required }"#,
      #"1:24: expected a type, found '}'"#),
    BadFile(
      #"struct A { 1: optional required i32 a }"#,
      #"1:24: expected a type, found 'required'"#),
    BadFile(
      #"struct A { 1: i32 a "#,
      #"1:21: expected a field or '}', found the end of the file"#),
    BadFile(
      #"struct A { 0: i32 a }"#,
      #"1:12: a field has the number 0; 1 to 32767 are allowed"#),
    BadFile(
      #"struct A { -1: i32 a }"#,
      #"1:12: a field has the number -1; 1 to 32767 are allowed"#),
    BadFile(
      #"struct A { 32768: i32 a }"#,
      #"1:12: a field has the number 32768; 1 to 32767 are allowed"#),
    BadFile(
      #"struct A { 1: i32 a, 1: i32 b }"#,
      #"1:29: the field 'b' has the number 1, as 'a' has"#),
    BadFile(
      #"struct A { 1: i32 a, 2: i64 a }"#,
      #"1:29: the field 'a' is there already, at line 1"#),
    BadFile(
      #"struct A { 1: B b }"#,
      #"1:15: expected a type, found 'B', which is not defined"#),
    BadFile(
      #"struct A { 1: list b }"#,
      #"1:20: expected '<', found 'b'"#),
    BadFile(
      #"struct A { 1: list<i32 b }"#,
      #"1:24: expected '>', found 'b'"#),
    BadFile(
      #"struct A { 1: map<i32> b }"#,
      #"1:22: expected ',', found '>'"#),
    BadFile(
      #"struct A { 1: void b }"#,
      #"1:15: expected a type, found 'void'"#),
    BadFile(
      #"struct A { 1: slist b }"#,
      #"1:15: 'slist' is not supported: use 'string'"#),
    BadFile(
      #"struct A { 1: i32 a = "x" }"#,
      #"1:23: expected a value of the type i32, found the text "x""#),
    BadFile(
      #"struct A { 1: i8 a = 128 }"#,
      #"1:22: expected a value of the type i8, found the number 128"#),
    BadFile(
      #"struct A { 1: bool a = 2 }"#,
      #"1:24: expected a value of the type bool, found the number 2"#),
    BadFile(
      #"struct A { 1: i32 a = }"#,
      #"1:23: expected a value, found '}'"#),
    BadFile(
      #"struct A { 1: i32 a.b }"#,
      #"1:19: expected a name, found 'a.b'"#),
    BadFile(
      #"struct A { 1: i32 string }"#,
      #"1:19: expected a name, found 'string'"#),
    BadFile(
      #"struct A { 1: other.B b }"#,
      #"1:15: expected a type, found 'other.B', but no file 'other.thrift' is included"#),
    BadFile(
      #"struct A { 1: i32 a (x = 1) }"#,
      #"1:26: expected an annotation's value in quotes, found the number 1"#),
    BadFile(
      #"struct A { 1: i32 a (x = "1" }"#,
      #"1:30: expected an annotation's name or ')', found '}'"#),
    BadFile(
      #"struct A {}\#nstruct A {}"#,
      #"2:8: 'A' is defined already at line 1"#),
    BadFile(
      #"struct A {}\#nenum A {}"#,
      #"2:6: 'A' is defined already at line 1"#),
    BadFile(
      #"union U { 1: i32 a }\#nconst U u = {}"#,
      #"2:13: expected one field of the union test.U, found 0"#),
    BadFile(
      #"senum S { "a" }"#,
      #"1:1: 'senum' is not supported: use 'enum' or strings"#),
    BadFile(
      #"enum E { A = x }"#,
      #"1:14: expected a whole number, found 'x'"#),
    BadFile(
      #"enum E { A, A }"#,
      #"1:13: the member 'A' is there already, at line 1"#),
    BadFile(
      #"enum E { A = 2147483648 }"#,
      #"1:10: the member 'A' has the number 2147483648; -2147483648 to 2147483647 are allowed"#),
    BadFile(
      #"enum E { A = 2147483647, B }"#,
      #"1:26: the member 'B' has the number 2147483648; -2147483648 to 2147483647 are allowed"#),
    BadFile(
      #"enum E { 1 }"#,
      #"1:10: expected a member's name or '}', found the number 1"#),
    BadFile(
      #"enum E { A }\#nconst E e = 7"#,
      #"2:13: expected a value of the type test.E (A), found the number 7"#),
    BadFile(
      #"enum E { A }\#nconst E e = E.B"#,
      #"2:13: expected a value of the type test.E (A), found 'E.B'"#),
    BadFile(
      #"enum E { A }\#nconst i32 e = E"#,
      #"2:15: expected a value of the type i32, found 'E'"#),
    BadFile(
      #"const i32 A = B"#,
      #"1:15: expected a value of the type i32, found 'B', which is not defined"#),
    BadFile(
      #"const i32 A = A"#,
      #"1:15: 'A' is defined by itself: test.A is test.A"#),
    BadFile(
      #"const i32 A = B\#nconst i32 B = A"#,
      #"2:15: 'A' is defined by itself: test.A is test.B is test.A"#),
    BadFile(
      #"const i32 A"#,
      #"1:12: expected '=', found the end of the file"#),
    BadFile(
      #"const i64 A = 9223372036854775808"#,
      #"1:15: expected a number of 64 bits, found '9223372036854775808'"#),
    BadFile(
      #"const i32 A = 0x"#,
      #"1:15: expected a hexadecimal number of 64 bits, found '0x'"#),
    BadFile(
      #"const i32 A = 1.5"#,
      #"1:15: expected a value of the type i32, found the number 1.5"#),
    BadFile(
      #"const double A = 1.2.3"#,
      #"1:18: expected a number, found '1.2.3'"#),
    BadFile(
      #"const double A = 1e999"#,
      #"1:18: expected a number, found '1e999'"#),
    BadFile(
      #"const list<i32> A = [1, "a"]"#,
      #"1:25: expected a value of the type i32, found the text "a""#),
    BadFile(
      #"const list<i32> A = [1"#,
      #"1:23: expected a value or ']', found the end of the file"#),
    BadFile(
      #"const map<i32, i32> A = {1: 2, 1: 3}"#,
      #"1:32: the number 1 is a key already"#),
    BadFile(
      #"const map<i32, i32> A = {1 2}"#,
      #"1:28: expected ':', found the number 2"#),
    BadFile(
      #"const string A = "a"#,
      #"1:18: expected " for the text that begins here, found the end of the file"#),
    BadFile(
      #"const string A = 'a\x'"#,
      #"1:20: expected one of n, r, t, \, " and ' after '\', found 'x'"#),
    BadFile(
      #"struct S { 1: required i32 a }\#nconst S A = {}"#,
      #"2:13: the field "a" of test.S is required, and missing"#),
    BadFile(
      #"struct S { 1: required i32 a }\#nconst S A = {"b": 1}"#,
      #"2:14: expected the name of a field of test.S in quotes, found the text "b""#),
    BadFile(
      #"typedef i32"#,
      #"1:12: expected the new name of the type, found the end of the file"#),
    BadFile(
      #"typedef A A"#,
      #"1:9: 'A' is defined by itself: test.A is test.A"#),
    BadFile(
      #"typedef list<A> B\#ntypedef map<i32, B> A"#,
      #"2:18: 'B' is defined by itself: test.B is test.A is test.B"#),
    BadFile(
      #"service S { void }"#,
      #"1:18: expected the method's name, found '}'"#),
    BadFile(
      #"service S { void a( }"#,
      #"1:21: expected an argument or ')', found '}'"#),
    BadFile(
      #"service S { void a() throws (1: i32 x) }"#,
      #"1:33: expected an exception, found the type i32"#),
    BadFile(
      #"service S { oneway i32 a() }"#,
      #"1:24: the oneway method 'a' is never answered: it can only return 'void' and throw nothing"#),
    BadFile(
      #"service S { void a(), void a() }"#,
      #"1:28: the method 'a' is there already, at line 1"#),
    BadFile(
      #"service S extends T {}"#,
      #"1:19: expected a service, found 'T', which is not defined"#),
    BadFile(
      #"struct T {}\#nservice S extends T {}"#,
      #"2:19: expected a service, found the struct 'T'"#),
    BadFile(
      #"service S extends S {}"#,
      #"1:19: the service extends itself: test.S extends test.S"#),
    BadFile(
      #"service A { void f() }\#nservice B extends A { void f() }"#,
      #"2:28: the method 'f' is one of the service 'test.A' already"#),
    BadFile(
      #"service S { void a() (idempotent = "maybe") }"#,
      #"1:18: the method 'a' has idempotent = "maybe"; "true" and "false" are allowed"#),
    BadFile(
      #"service S {} struct"#,
      #"1:20: expected the struct's name, found the end of the file"#),
    BadFile(
      #"const i32 A = 1 include "x.thrift""#,
      #"1:17: expected const, typedef, enum, struct, union, exception or service; 'include' has to stand before all definitions, found 'include'"#
    ),
    BadFile(
      #"namespace"#,
      #"1:10: expected a language or '*', found the end of the file"#),
    BadFile(
      #"namespace py"#,
      #"1:13: expected a package's name, found the end of the file"#),
    BadFile(
      #"include shared"#,
      #"1:9: expected the path of a file in quotes, found 'shared'"#),
    BadFile(
      #"/* never ends"#,
      #"1:1: expected '*/' for the comment that begins here, found the end of the file"#),
    BadFile(
      #"struct A {} /"#,
      #"1:13: expected '//' or '/*', found '/'"#),
    BadFile(
      #"struct A {} $"#,
      #"1:13: expected a word, a number, a text or one of {}()<>[]:;,=*, found '$'"#),
    BadFile(
      #"struct Ä {}"#,
      #"1:8: expected a word, a number, a text or one of {}()<>[]:;,=*, found 'Ä'"#),
    BadFile(
      #"42"#,
      #"1:1: expected const, typedef, enum, struct, union, exception or service, found the number 42"#),
  ]
}
