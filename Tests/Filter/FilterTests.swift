internal import MusterFilter
internal import Testing

@Suite("Filters")
struct FilterTests {
  typealias Case = (expression: String, expected: Bool)

  private func check(_ table: Case, on value: Sample = Sample()) throws {
    let filter = try Filter(table.expression, schema: Sample.schema)
    #expect(filter.matches(value) == table.expected, "\(table.expression)")
  }

  @Test(
    "compare text by its bytes",
    arguments: [
      (#"Service.Service == "web""#, true),
      (#"Service.Service == "Web""#, false),
      (#"Service.Service == web"#, true),
      (#"Service.Service==web"#, true),
      ("Service.Service == `web`", true),
      (#"Service.Service != "web""#, false),
      (#"Service.Service != "db""#, true),
      (#"Service.Address == """#, true),
      (#"Service.Address is empty"#, true),
      (#"Service.Service is empty"#, false),
      (#"Service.Service is not empty"#, true),
      (#"Service.Service == Service.Service"#, false),
      (#"Service.ID == "web-1""#, true),
      (#""eb" in Service.Service"#, true),
      (#"eb in Service.Service"#, true),
      (#""bw" in Service.Service"#, false),
      (#""" in Service.Service"#, true),
      (#""webs" not in Service.Service"#, true),
      (#"Service.Service contains "eb""#, true),
      (#"Service.Service not contains "eb""#, false),
      (#"Service.ID contains 1"#, true),
      (#"Service.Meta["café"] == "cr\u00e8me""#, true),
      (#"Service.Meta["café"] == "cre\u0300me""#, false),
      (#"Service.Meta["café"] == "cr\xc3\xa8me""#, true),
      (#"Service.Meta["café"] == "cr\U000000e8me""#, true),
      (#"Service.Meta.zone == "\145u-west""#, true),
      (#"Service.Meta.lines == "one\ntwo""#, true),
      ("Service.Meta.lines == `one\ntwo`", true),
      (#"Service.Meta.lines == `one\ntwo`"#, false),
      (#"Service.ID == "a \"quoted\" \\ \t\r\a\b\f\v value""#, false),
    ] as [Case])
  func text(table: Case) throws { try check(table) }

  @Test(
    "match regular expressions anywhere in a text",
    arguments: [
      (#"Service.Service matches "^w""#, true),
      (#"Service.Service matches "e""#, true),
      (#"Service.Service matches "^e""#, false),
      (#"Service.Service matches "^(db|web)$""#, true),
      (#"Service.Service matches "(?i)WEB""#, true),
      (#"Service.Service not matches "^w""#, false),
      (#"Service.Service not matches "^d""#, true),
      (#"Service.ID matches "^web-\\d+$""#, true),
      (#"Service.ID matches `^web-\d+$`"#, true),
      (#"Service.Service matches web"#, true),
      (#"Service.Service matches """#, true),
      (#"Service.Address matches """#, true),
      (#"Service.Address matches "^$""#, true),
      (#"Service.Meta["café"] matches `^\pL+$`"#, true),
      (#"Service.Meta.zone matches "^eu-""#, true),
      (#"Service.Meta.none matches """#, false),
      (#"Service.Meta.none not matches """#, true),
      (#"Service.Tags matches "^v[0-9]$""#, true),
      (#"Service.Tags matches "^x""#, false),
      (#"Service.Tags not matches "^v[0-9]$""#, false),
      (#"Service.Tags not matches "^x""#, true),
      (#"Checks.Status matches "^crit""#, true),
      (#"Checks.Status not matches "^crit""#, true),
    ] as [Case])
  func regularExpressions(table: Case) throws { try check(table) }

  @Test(
    "compare integers and truth values as such",
    arguments: [
      ("Service.Port == 8080", true),
      (#"Service.Port == "8080""#, true),
      ("Service.Port != 8080", false),
      ("Service.Port == 80", false),
      ("Service.Port != -1", true),
      ("Service.Port == 08080", true),
      ("Service.Port==8080", true),
      ("(Service.Port==8080)", true),
      ("Service.EnableTagOverride == false", true),
      ("Service.EnableTagOverride == true", false),
      ("Service.EnableTagOverride != true", true),
      (#"Service.EnableTagOverride == "F""#, true),
      ("Service.EnableTagOverride == 0", true),
      ("Service.EnableTagOverride == 1", false),
    ] as [Case])
  func scalars(table: Case) throws { try check(table) }

  @Test(
    "look for whole elements of a list",
    arguments: [
      (#""v1" in Service.Tags"#, true),
      (#"v1 in Service.Tags"#, true),
      (#""v" in Service.Tags"#, false),
      (#""V1" in Service.Tags"#, false),
      (#""v" not in Service.Tags"#, true),
      (#""v1" not in Service.Tags"#, false),
      (#"Service.Tags contains "with space""#, true),
      (#"Service.Tags contains primary"#, true),
      (#"Service.Tags not contains primary"#, false),
      (#"Service.Tags not contains canary"#, true),
      (#"Service.Tags is empty"#, false),
      (#"Service.Tags is not empty"#, true),
      (#"Checks is empty"#, false),
      (#""serfHealth" in Checks"#, true),
      (#"lan in Service.TaggedAddresses"#, true),
    ] as [Case])
  func lists(table: Case) throws { try check(table) }

  @Test(
    "select the entries of a map by name, index or pointer",
    arguments: [
      (#"Service.Meta.zone == "eu-west""#, true),
      (#"Service.Meta["zone"] == "eu-west""#, true),
      (#"Service.Meta[ "zone" ] == "eu-west""#, true),
      ("Service.Meta[`zone`] == `eu-west`", true),
      (#"Service["Meta"].zone == "eu-west""#, true),
      (#"Service.Meta["weird key"] == "x.y""#, true),
      (#"Service.Meta["weird key"] == x.y"#, true),
      (#"Service.Meta["a.b"] == dotted"#, true),
      ("Service.Meta.42 == number", true),
      ("Service.Meta.dir/file == slash", true),
      (#""/Service/Meta/zone" == "eu-west""#, true),
      (#""/Service/Meta/dir~1file" == slash"#, true),
      (#""/Service/Meta/til~0de" == tilde"#, true),
      (#""/Service/Meta/til~01de" == tilde"#, false),
      (#""/Service/Port" == 8080"#, true),
      (#""v1" in "/Service/Tags""#, true),
      (#""/x" in Service.Tags"#, false),
      (#""zone" in Service.Meta"#, true),
      (#""eu-west" in Service.Meta"#, false),
      ("Service.Meta contains zone", true),
      ("Service.Meta not contains zone", false),
      ("none not in Service.Meta", true),
      ("Service.Meta is empty", false),
      ("Service.Meta is not empty", true),
      ("Node.Meta is empty", true),
      ("Service.Meta.empty is empty", true),
      ("Service.Meta.zone is empty", false),
      (#""west" in Service.Meta.zone"#, true),
      ("Service.TaggedAddresses.lan.Address == `10.0.0.1`", true),
      (#"Service.TaggedAddresses["wan"].Address matches "^198""#, true),
      (#"Service.TaggedAddresses["*"].Address is empty"#, true),
      (#"Service.TaggedAddresses.lan_ipv6.Address == "10.0.0.1""#, false),
    ] as [Case])
  func maps(table: Case) throws { try check(table) }

  @Test(
    "find negations true and the rest false for an absent key",
    arguments: [
      ("Service.Meta.none == x", false), ("Service.Meta.none != x", true),
      (#"Service.Meta.none == """#, false), (#"Service.Meta.none != """#, true),
      ("x in Service.Meta.none", false), ("x not in Service.Meta.none", true),
      ("Service.Meta.none contains x", false), ("Service.Meta.none not contains x", true),
      ("Service.Meta.none matches x", false), ("Service.Meta.none not matches x", true),
      ("Service.Meta.none is empty", true), ("Service.Meta.none is not empty", false),
      ("not Service.Meta.none == x", true),
    ] as [Case])
  func absentKeys(table: Case) throws { try check(table) }

  @Test(
    "hold for a list of structures when they hold for any of them",
    arguments: [
      ("Checks.Status == critical", true),
      ("Checks.Status == passing", true),
      ("Checks.Status == warning", false),
      ("Checks.Status != passing", true),
      ("not Checks.Status == critical", false),
      ("pass in Checks.Status", true),
      ("pass not in Checks.Status", true),
      ("Checks.Status contains warn", false),
      ("Checks.Status is empty", false),
      ("Checks.Status is not empty", true),
      ("Checks.Runs == 3", true), ("Checks.Runs == 1", false), ("Checks.Runs != 3", true),
      ("Checks.IsNew == true", true), ("Checks.IsNew == false", true),
      ("v1 in Checks.Labels", true), ("v2 in Checks.Labels", false), ("v1 not in Checks.Labels", true),
      ("Checks.Labels is empty", true), ("Checks.Labels matches `^pri`", true),
    ] as [Case])
  func structures(table: Case) throws { try check(table) }

  @Test(
    "hold for a value with nothing in it",
    arguments: [
      ("Checks is empty", true), ("Checks.Status == passing", false), ("Checks.Status != passing", false),
      ("not Checks.Status != passing", true), ("Service.Tags is empty", true), ("a not in Service.Tags", true),
      (#"Service.Tags matches """#, false), (#"Service.Service matches "^$""#, true),
      ("Service.Port == -1", true), ("Service.EnableTagOverride == true", true),
      (#""" in Service.Service"#, true), (#""a" in Service.Service"#, false), ("Service.Meta is empty", true),
    ] as [Case])
  func bare(table: Case) throws { try check(table, on: .bare) }

  @Test(
    "bind not before and before or, and parentheses before all",
    arguments: [
      // T is true, F is false: see below.
      ("T or F and F", true), ("(T or F) and F", false), ("F and F or T", true), ("F and (F or T)", false),
      ("not F and F", false), ("not (F and F)", true), ("not T or T", true), ("not (T or T)", false),
      ("not not T", true), ("not not not T", false), ("T and not F or F", true), ("T and T and T and F", false),
      ("F or F or F or T", true), ("((((T))))", true), ("( T )", true), ("not(T)", false), ("(T)and(T)", true),
      (" \t\r\n T \n and \t T ", true), ("F or not F and T", true), ("not F or F and F", true),
    ] as [Case])
  func precedence(table: Case) throws {
    let expression = table.expression
      .map { $0 == "T" ? "Service.Port == 8080" : $0 == "F" ? "Service.Port == 1" : String($0) }.joined()
    try check((expression, table.expected))
  }

  @Test(
    "take keywords as such in lower case only, and as values where a value stands",
    arguments: [
      ("Service.Tags contains and", false), ("Service.Tags contains in", false), ("or in Service.Tags", false),
      ("is not in Service.Tags", true), ("AND in Service.Tags", false), ("Service.Service == not", false),
      ("Not in Service.Tags", false), ("empty not in Service.Tags", true),
      ("andy in Service.Tags or nothing not in Service.Tags", true),
    ] as [Case])
  func keywords(table: Case) throws { try check(table) }

  @Test("let everything through when empty")
  func empty() throws {
    #expect(try Filter("", schema: Sample.schema).matches(.bare))
  }

  @Test("read the later of two fields with one path in merged schemas")
  func merging() throws {
    let schema = FilterSchema<Int>(["A": .integer { $0 }]).merging(FilterSchema(["A": .string { "\($0)!" }]))
    #expect(try Filter(#"A == "7!""#, schema: schema).matches(7))
  }

  @Test("lift every kind of field")
  func lifting() throws {
    let inner = FilterSchema<Int>([
      "S": .string { "\($0)" }, "I": .integer { $0 }, "B": .bool { $0 > 0 }, "L": .list { ["\($0)"] },
      "M": .map { [("k", "\($0)")] },
    ]).merging(FilterSchema<Int>(["F": .string { "\($0)" }]).liftedFromElements(under: "E") { [$0, $0 + 1] })
    let schema = inner.lifted(under: "A.B") { (text: String) in text.utf8.count }
    let filter = try Filter(
      "A.B.S == 3 and A.B.I == 3 and A.B.B == true and 3 in A.B.L and A.B.M.k == 3 and A.B.E.F == 4", schema: schema)
    #expect(filter.matches("abc"))
    #expect(!filter.matches("ab"))
  }

  @Test("serve many threads at once")
  func threads() async throws {
    let filter = try Filter(#"Service.ID matches "^(web|db)-[0-9]+$""#, schema: Sample.schema)
    let kept = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<2000).count { _ in filter.matches(Sample()) && !filter.matches(.bare) } }
      }
      return await group.reduce(0, +)
    }
    #expect(kept == 16_000)
  }
}
