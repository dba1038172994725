extension Refusal {
  /// Query parameters.
  static let parameters: [Refusal] = [
    Refusal(
      #"GET /v1/health/service/web?index=-1"#, 400,
      #"Invalid index: "-1" is not a whole number from 0 to 18446744073709551615"#),
    Refusal(
      #"GET /v1/health/service/web?index=abc"#, 400,
      #"Invalid index: "abc" is not a whole number from 0 to 18446744073709551615"#),
    Refusal(
      #"GET /v1/health/service/web?index=1.5"#, 400,
      #"Invalid index: "1.5" is not a whole number from 0 to 18446744073709551615"#),
    Refusal(
      #"GET /v1/health/service/web?index=18446744073709551616"#, 400,
      #"Invalid index: "18446744073709551616" is not a whole number from 0 to 18446744073709551615"#),
    Refusal(
      #"GET /v1/health/service/web?index=%2B5"#, 400,
      #"Invalid index: "+5" is not a whole number from 0 to 18446744073709551615"#),
    Refusal(
      #"GET /v1/health/service/web?index=0x10"#, 400,
      #"Invalid index: "0x10" is not a whole number from 0 to 18446744073709551615"#),
    Refusal(
      #"GET /v1/health/service/web?index=1&wait=abc"#, 400,
      #"Invalid wait time: "abc" is not a duration such as "10s" or "5m""#),
    Refusal(
      #"GET /v1/health/service/web?index=1&wait=10"#, 400,
      #"Invalid wait time: "10" is not a duration such as "10s" or "5m""#),
    Refusal(#"GET /v1/health/service/web?index=1&wait=-5s"#, 400, #"Invalid wait time: "-5s" is negative"#),
    Refusal(
      #"GET /v1/health/service/web?index=1&wait=99999999999h"#, 400,
      #"Invalid wait time: "99999999999h" is not a duration such as "10s" or "5m""#),
    Refusal(
      #"GET /v1/health/service/web?index=1&wait=1%20s"#, 400,
      #"Invalid wait time: "1 s" is not a duration such as "10s" or "5m""#),
    Refusal(
      #"GET /v1/health/service/web?stale&consistent"#, 400,
      #"Cannot specify ?stale with ?consistent: they ask for opposite things"#),
    Refusal(
      #"GET /v1/health/service/web?cached&consistent"#, 400,
      #"Cannot specify ?cached with ?consistent: they ask for opposite things"#),
    Refusal(#"GET /v1/health/service/web?dc=elsewhere"#, 500, #"No path to datacenter "elsewhere""#),
    Refusal(
      #"GET /v1/health/service/web?passing=maybe"#, 400,
      #"Invalid value for ?passing: "maybe" is neither true nor false"#),
    Refusal(
      #"GET /v1/health/service/web?index=x&index=5"#, 400,
      #"Invalid index: "x" is not a whole number from 0 to 18446744073709551615"#),
    Refusal(#"GET /v1/health/state/foo"#, 400, #"state "foo" is not one of any, passing, warning and critical"#),
    Refusal(
      #"GET /v1/health/state/maintenance"#, 400,
      #"state "maintenance" is not one of any, passing, warning and critical"#),
    Refusal(#"GET /v1/muster/history?limit=0"#, 400, #"limit: "0" is not a whole number from 1 to 10000"#),
    Refusal(#"GET /v1/muster/history?limit=abc"#, 400, #"limit: "abc" is not a whole number from 1 to 10000"#),
    Refusal(#"GET /v1/muster/history?limit=10001"#, 400, #"limit: "10001" is not a whole number from 1 to 10000"#),
    Refusal(#"GET /v1/muster/history/web?limit=-1"#, 400, #"limit: "-1" is not a whole number from 1 to 10000"#),
    Refusal(
      #"GET /v1/health/service/web?filter=nonsense"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 9: expected an operator (==, !=, \#
      in, contains, matches, is empty, or one of them with not), found the end
      """#),
    Refusal(
      #"GET /v1/health/service/web?filter=Foo==bar"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/health/service/web?filter=Service.Port==%22abc%22"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 15: Service.Port is an integer \#
      and can't be compared with "abc"
      """#),
    Refusal(
      #"GET /v1/health/service/web?filter=(Service.Port==80"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 18: expected "and", "or" or the \#
      ")" for the "(" at column 1, found the end
      """#),
    Refusal(
      #"GET /v1/health/service/web?filter=Service.ID%20matches%20%22(%22"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 20: "(" is not a usable regular \#
      expression: missing ): (
      """#),
    Refusal(
      #"GET /v1/catalog/nodes?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/catalog/services?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/catalog/service/web?filter=Service.ID==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Service.ID"; \#
      did you mean ID?
      """#),
    Refusal(
      #"GET /v1/catalog/node/n1?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/catalog/node-services/n1?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/health/node/n1?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/health/checks/web?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/health/state/any?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/agent/services?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
    Refusal(
      #"GET /v1/agent/checks?filter=Foo==a"#, 400,
      #"""
      Failed to create boolean expression evaluator: filter, column 1: unknown selector "Foo"; known \#
      are …
      """#),
  ]
}
