internal import MusterFilter
internal import Testing

// The sentences that recur below.
private let known =
  #"known are Checks, Checks.IsNew, Checks.Labels, Checks.Runs, Checks.Status, Node.Meta["key"], Node.Node, "#
  + #"Service.Address, Service.EnableTagOverride, Service.ID, Service.Meta["key"], Service.Port, Service.Service, "#
  + #"Service.TaggedAddresses, Service.TaggedAddresses.*.Address, Service.Tags"#
private let anOperator =
  #"expected an operator (==, !=, in, contains, matches, is empty, or one of them with not)"#
private let aSelector =
  #"expected a selector such as Service.Meta["key"] or "/Service/Meta/key""#
private let quoting =
  #"values and keys with other characters than letters, digits, "_" and "/" are quoted"#
private let aList =
  #"which is a list: it takes in, contains, matches and is empty, each also with not"#
private let aMap =
  #"which is a map: it takes in, contains and is empty, each also with not; name a key, as in "#
  + #"Meta["key"]"#
private let anInteger =
  #"which is an integer: it takes == and !="#
private let unusable =
  #"is not a usable regular expression"#
private let escapes =
  #"write \\ for a backslash, or put the value in backticks"#

@Suite("The message")
struct FilterErrorTests {
  typealias Case = (expression: String, column: Int, reason: String)

  private func check(_ table: Case, _ code: FilterError.Code) {
    do {
      _ = try Filter(table.expression, schema: Sample.schema)
      Issue.record("\(table.expression) was taken")
    } catch {
      #expect(error.message == "filter, column \(table.column): \(table.reason)")
      #expect(error.code == code)
    }
  }

  @Test(
    "for what is not the language says where, what was expected and what was found",
    arguments: [
      (#" "#, 2, #"expected a selector or a value, found the end"#),
      (#"Service.Port"#, 13, #"\#(anOperator), found the end"#),
      (#"Service.Port 80"#, 14, #"\#(anOperator), found the number 80"#),
      (#"Service.Port ="#, 14, #"expected "==", found "=""#),
      (#"Service.Port = 80"#, 14, #"expected "==", found "=""#),
      (#"Service.Port ! 80"#, 14, #"expected "!=", found "!""#),
      (#"Service.Port =="#, 16, #"expected a value, found the end"#),
      (#"Service.Port == =="#, 17, #"expected a value, found "==""#),
      (#"Service.Port == (80)"#, 17, #"expected a value, found "(""#),
      (#"Service.Port is"#, 16, #"expected "empty" or "not empty", found the end"#),
      (#"Service.Port is not"#, 20, #"expected "empty", found the end"#),
      (#"Service.Port is not 80"#, 21, #"expected "empty", found the number 80"#),
      (#"Service.Port not"#, 17, #"expected "in", "contains" or "matches" after "not", found the end"#),
      (#"Service.Port not == 80"#, 18, #"expected "in", "contains" or "matches" after "not", found "==""#),
      (#"Service.Port == 80 Service.Port == 81"#, 20, #"expected "and", "or" or the end, found "Service.Port""#),
      (#"Service.Port == 80 and"#, 23, #"expected a selector or a value, found the end"#),
      (
        #"Service.Port == 80 AND Service.Port == 81"#, 20,
        #"expected "and", "or" or the end, found "AND"; keywords are lower case"#
      ),
      (#"Service.Port == 80 && Service.Port == 81"#, 20, #"expected a selector, a value or an operator, found "&""#),
      (#"NOT Service.Port == 80"#, 5, #"\#(anOperator), found "Service.Port""#),
      (#"Service.Port IN Checks"#, 14, #"\#(anOperator), found "IN"; keywords are lower case"#),
      (#"and Service.Port == 80"#, 5, #"\#(anOperator), found "Service.Port""#),
      (#"not"#, 4, #"expected a selector or a value, found the end"#),
      (#"(Service.Port == 80"#, 20, #"expected "and", "or" or the ")" for the "(" at column 1, found the end"#),
      (#"Service.Port == 80)"#, 19, #"expected "and", "or" or the end, found ")""#),
      (#"()"#, 2, #"expected a selector or a value, found ")""#),
      (#"(Service.Port) == 80"#, 14, #"\#(anOperator), found ")""#),
      (#"== 80"#, 1, #"expected a selector or a value, found "==""#),
      (#"80 == Service.Port"#, 1, #"\#(aSelector), found the number 80"#),
      (#""web" == Service.Service"#, 1, #"\#(aSelector), found the value "web""#),
      (#""web" in"#, 9, #"\#(aSelector), found the end"#),
      (#""web" in "Service.Tags""#, 10, #"\#(aSelector), found the value "Service.Tags""#),
      (#""web" in 80"#, 10, #"\#(aSelector), found the number 80"#),
      (#""web" is empty"#, 1, #"\#(aSelector), found the value "web""#),
      (#"Service.Service == web-1"#, 23, #"expected a space after "web", found "-"; \#(quoting)"#),
      (#"Service.Service == 10.0.0.1"#, 24, #"expected a space after "10.0", found "."; \#(quoting)"#),
      (#"Service.Port == 80abc"#, 19, #"expected a space after "80", found "a"; \#(quoting)"#),
      (#"Service.Port == -"#, 18, #"expected a digit after "-", found the end"#),
      (#"Service.Port == - 80"#, 18, #"expected a digit after "-", found " ""#),
      (#"Service.Meta.my-key == x"#, 16, #"expected a space after "Service.Meta.my", found "-"; \#(quoting)"#),
      (#"Service..Port == 80"#, 9, #"expected a name after ".", found ".""#),
      (#"Service.Port. == 80"#, 14, #"expected a name after ".", found " ""#),
      (#"Service.Meta[zone] == x"#, 14, #"expected a quoted key after "[", found "z""#),
      (#"Service.Meta["zone" == x"#, 21, #"expected "]" after the key "zone", found "=""#),
      (#"Service.Meta["zone] == x"#, 14, #"a quoted value is not closed before the end"#),
      (#"Service.Meta["zone"]x == x"#, 21, #"expected a space after "Service.Meta.zone", found "x"; \#(quoting)"#),
      (#"Service.Service == "web"#, 20, #"a quoted value is not closed before the end"#),
      (#"Service.Service == `web"#, 20, #"a quoted value is not closed before the end"#),
      (#"Service.Service == 'web'"#, 20, #"expected a selector, a value or an operator, found "'""#),
      (#"Service.Service == "\d""#, 21, #""\d" is not an escape: \#(escapes)"#),
      (#"Service.Service == "\xg0""#, 21, #""\x" is not an escape: \#(escapes)"#),
      (#"Service.Service == "\x+1""#, 21, #""\x" is not an escape: \#(escapes)"#),
      (#"Service.Service == "\ud800""#, 21, #""\u" is not an escape: \#(escapes)"#),
      (#"Service.Service == "\xff""#, 20, #"the escapes of a quoted value do not make valid UTF-8"#),
      (#"Service.Service == "a\"#, 22, #""\" is not an escape: \#(escapes)"#),
      (
        #"Service.Service == "two\#nlines""#, 24,
        #"expected the closing quote, found "\u{a}"; for a line break write \n, or use backticks"#
      ),
      (#"Service.Service == "é" ü"#, 24, #"expected a selector, a value or an operator, found "ü""#),
      (#"Service.Service == web; Node.Node == n1"#, 23, #"expected a space after "web", found ";"; \#(quoting)"#),
      ("# Service.Service == web", 1, ##"expected a selector, a value or an operator, found "#""##),
    ] as [Case])
  func syntax(table: Case) { check(table, .syntax) }

  @Test(
    "for an unknown selector names it and offers those there are",
    arguments: [
      (#"Nope == 1"#, 1, #"unknown selector "Nope"; \#(known)"#),
      (#"Service.Nope == 1"#, 1, #"unknown selector "Service.Nope"; \#(known)"#),
      (#"service.port == 80"#, 1, #"unknown selector "service.port"; did you mean Service.Port?"#),
      (#"Port == 80"#, 1, #"unknown selector "Port"; did you mean Service.Port?"#),
      (#"Catalog.Service.Port == 80"#, 1, #"unknown selector "Catalog.Service.Port"; did you mean Service.Port?"#),
      (#"Service == web"#, 1, #"unknown selector "Service"; did you mean Service.Service?"#),
      (#"Service.Meta.zone.x == y"#, 1, #"unknown selector "Service.Meta.zone.x"; \#(known)"#),
      (#"Service.Port.x == 1"#, 1, #"unknown selector "Service.Port.x"; \#(known)"#),
      (#""/Service/Nope" == 1"#, 1, #"unknown selector "Service.Nope"; \#(known)"#),
      (#""/" == 1"#, 1, #"unknown selector ""; \#(known)"#),
      (
        #"Service.TaggedAddresses.lan.Port == 80"#, 1,
        #"unknown selector "Service.TaggedAddresses.lan.Port"; \#(known)"#
      ),
    ] as [Case])
  func selectors(table: Case) { check(table, .unknownSelector) }

  @Test(
    "for an operator that does not fit a field says what the field takes",
    arguments: [
      (#"Service.Port contains 8"#, 14, #""contains" does not apply to Service.Port, \#(anInteger)"#),
      (#"8 in Service.Port"#, 3, #""in" does not apply to Service.Port, \#(anInteger)"#),
      (#"8 not in Service.Port"#, 3, #""not in" does not apply to Service.Port, \#(anInteger)"#),
      (#"Service.Port matches "8""#, 14, #""matches" does not apply to Service.Port, \#(anInteger)"#),
      (#"Service.Port is empty"#, 14, #""is empty" does not apply to Service.Port, \#(anInteger)"#),
      (
        #"Service.EnableTagOverride is not empty"#, 27,
        #""is not empty" does not apply to Service.EnableTagOverride, which is true or false: it takes == and !="#
      ),
      (
        #"Service.EnableTagOverride not matches t"#, 27,
        #""not matches" does not apply to Service.EnableTagOverride, which is true or false: it takes == and !="#
      ),
      (#"Service.Tags == v1"#, 14, #""==" does not apply to Service.Tags, \#(aList)"#),
      (#"Service.Tags != v1"#, 14, #""!=" does not apply to Service.Tags, \#(aList)"#),
      (#"Service.Meta == x"#, 14, #""==" does not apply to Service.Meta, \#(aMap)"#),
      (#"Service.Meta matches x"#, 14, #""matches" does not apply to Service.Meta, \#(aMap)"#),
      (#"Checks == passing"#, 8, #""==" does not apply to Checks, \#(aList)"#),
    ] as [Case])
  func operators(table: Case) { check(table, .unsuitableOperator) }

  @Test(
    "for a value that a field cannot have names both",
    arguments: [
      (#"Checks.Runs == many"#, 16, #"Checks.Runs is an integer and can't be compared with "many""#),
      (#"Service.Port == web"#, 17, #"Service.Port is an integer and can't be compared with "web""#),
      (#"Service.Port == "80 ""#, 17, #"Service.Port is an integer and can't be compared with "80 ""#),
      (#"Service.Port == 1.5"#, 17, #"Service.Port is an integer and can't be compared with "1.5""#),
      (
        #"Service.Port == 99999999999999999999"#, 17,
        #"Service.Port is an integer and can't be compared with "99999999999999999999""#
      ),
      (#"Service.Port == """#, 17, #"Service.Port is an integer and can't be compared with """#),
      (
        #"Service.EnableTagOverride == yes"#, 30,
        #"Service.EnableTagOverride is true or false and can't be compared with "yes""#
      ),
    ] as [Case])
  func values(table: Case) { check(table, .unsuitableValue) }

  @Test(
    "for a bad regular expression gives the reason of RE2",
    arguments: [
      (#"Service.Service matches "(""#, 25, #""(" \#(unusable): missing ): ("#),
      (#"Service.Service matches "[a""#, 25, #""[a" \#(unusable): missing ]: [a"#),
      (#"Service.Service not matches "*""#, 29, #""*" \#(unusable): no argument for repetition operator: *"#),
      (#"Service.Service matches "a{2,1}""#, 25, #""a{2,1}" \#(unusable): invalid repetition size: {2,1}"#),
      (#"Service.Service matches "(?=a)""#, 25, #""(?=a)" \#(unusable): invalid perl operator: (?="#),
      (#"Service.Service matches `\1`"#, 25, #""\1" \#(unusable): invalid escape sequence: \1"#),
      (#"Service.Service matches "\\""#, 25, #""\" \#(unusable): trailing \"#),
      (
        #"Service.Tags matches "((a{100}){100}){100}""#, 22,
        #""((a{100}){100}){100}" \#(unusable): invalid repetition size: {100}"#
      ),
      (#"Service.Service matches "\\pL{1000}""#, 25, #""\pL{1000}" \#(unusable): pattern too large - compile failed"#),
      (#"Service.Meta.none matches "a**(""#, 27, #""a**(" \#(unusable): bad repetition operator: **"#),
      (
        #"Service.Service == "a" or Service.Service matches "x\n)""#, 51,
        #""x\u{a})" \#(unusable): unexpected ): x\u{a})"#
      ),
    ] as [Case])
  func regularExpressions(table: Case) { check(table, .regularExpression) }
}
