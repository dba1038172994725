extension Refusal {
  /// What else the agent's endpoints take.
  static let agent: [Refusal] = [
    Refusal(registerCheck, #"{}"#, 400, #"Name is missing or empty"#),
    Refusal(registerCheck, #"{"Name":"c"}"#, 400, #"check "c" has no kind: give TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      registerCheck, #"{"Name":"c","TTL":"9s","ServiceID":"nobody"}"#, 404,
      #"check "c" names the service id "nobody", which is not registered on node "n1""#),
    Refusal(
      registerCheck, #"{"Name":"c","TTL":"9s","ServiceID":5}"#, 400,
      #"ServiceID: 5 is not allowed: it must be a string"#),
    Refusal(
      registerCheck, #"{"Name":"c","ID":"_node_maintenance","TTL":"9s"}"#, 400,
      #"CheckID: "_node_maintenance" is reserved for maintenance mode"#),
    Refusal(#"PUT /v1/agent/check/pass/nobody"#, 404, #"unknown check ID "nobody" on node "n1""#),
    Refusal(#"PUT /v1/agent/check/warn/nobody"#, 404, #"unknown check ID "nobody" on node "n1""#),
    Refusal(#"PUT /v1/agent/check/fail/nobody"#, 404, #"unknown check ID "nobody" on node "n1""#),
    Refusal(#"PUT /v1/agent/check/pass/probe"#, 404, #"check ID "probe" has no TTL: only TTL checks take reports"#),
    Refusal(
      #"PUT /v1/agent/check/update/service:web-1"#, 400,
      #"the body is not valid JSON: the text is empty; a JSON value is expected"#),
    Refusal(
      #"PUT /v1/agent/check/update/service:web-1"#, #"{}"#, 400,
      #"Status is missing or empty: it must be passing, warning or critical"#),
    Refusal(
      #"PUT /v1/agent/check/update/service:web-1"#, #"{"Status":""}"#, 400,
      #"Status is missing or empty: it must be passing, warning or critical"#),
    Refusal(
      #"PUT /v1/agent/check/update/service:web-1"#, #"{"Status":"good"}"#, 400,
      #"Status: "good" is not allowed: it must be passing, warning or critical"#),
    Refusal(
      #"PUT /v1/agent/check/update/service:web-1"#, #"{"Status":5}"#, 400,
      #"Status: 5 is not allowed: it must be passing, warning or critical"#),
    Refusal(
      #"PUT /v1/agent/check/update/service:web-1"#, #"{"Status":"passing","Output":5}"#, 400,
      #"Output: 5 is not allowed: it must be a string"#),
    Refusal(
      #"PUT /v1/agent/check/update/nobody"#, #"{"Status":"passing"}"#, 404, #"unknown check ID "nobody" on node "n1""#),
    Refusal(#"PUT /v1/agent/check/deregister/nobody"#, 404, #"unknown check ID "nobody" on node "n1""#),
    Refusal(#"PUT /v1/agent/service/deregister/nobody"#, 404, #"unknown service ID "nobody" on node "n1""#),
    Refusal(
      #"PUT /v1/agent/service/maintenance/web-1"#, 400, #"Missing value for enable: give ?enable=true or ?enable=false"#
    ),
    Refusal(
      #"PUT /v1/agent/service/maintenance/web-1?enable="#, 400,
      #"Missing value for enable: give ?enable=true or ?enable=false"#),
    Refusal(
      #"PUT /v1/agent/service/maintenance/web-1?enable=maybe"#, 400,
      #"Invalid value for ?enable: "maybe" is neither true nor false"#),
    Refusal(
      #"PUT /v1/agent/service/maintenance/nobody?enable=true"#, 404, #"unknown service ID "nobody" on node "n1""#),
    Refusal(
      #"PUT /v1/agent/service/maintenance/web-1?enable=true&reason=a%0Ab"#, 400,
      #"reason: "a\nb" has a control character, which is not allowed"#),
    Refusal(
      #"PUT /v1/agent/service/maintenance/web-1?enable=true&reason={{r*4097}}"#, 400,
      #"reason: "{{r*64}}…" has 4097 bytes: at most 4096 are allowed"#),
    Refusal(#"PUT /v1/agent/maintenance"#, 400, #"Missing value for enable: give ?enable=true or ?enable=false"#),
    Refusal(#"PUT /v1/agent/maintenance?enable=2"#, 400, #"Invalid value for ?enable: "2" is neither true nor false"#),
    Refusal(#"GET /v1/agent/service/nobody"#, 404, #"unknown service ID "nobody""#),
    Refusal(#"GET /v1/agent/health/service/id/nobody"#, 404, #"ServiceId nobody not found"#),
    Refusal(#"GET /v1/agent/health/service/name/nobody?format=text"#, 404, #"ServiceName nobody Not Found"#),
  ]
}
