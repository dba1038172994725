extension Refusal {
  /// Paths and methods.
  static let targets: [Refusal] = [
    .notServed(#"GET /"#),
    .notServed(#"GET /v1"#),
    .notServed(#"GET /v2/catalog/services"#),
    .notServed(#"GET /favicon.ico"#),
    .notServed(#"GET //v1/agent/self"#),
    .notServed(#"GET /v1//agent/self"#),
    .notServed(#"GET /v1/agent/self/"#),
    .notServed(#"GET /v1/agent/../agent/self"#),
    .notServed(#"GET /v1/./agent/self"#),
    .notServed(#"GET /v1%2Fagent%2Fself"#),
    .notServed(#"GET /v1/agent%2Fself"#),
    .notServed(#"GET /V1/agent/self"#),
    .notServed(#"GET /v1/catalog/service/"#),
    .notServed(#"GET /v1/catalog/service"#),
    .notServed(#"GET /v1/catalog/service/a/b"#),
    .notServed(#"GET /v1/*"#),
    Refusal(#"GET /v1/agent/service/*"#, 404, #"unknown service ID "*""#),
    Refusal(#"PUT /v1/agent/service/deregister/*"#, 404, #"unknown service ID "*" on node "n1""#),
    .notServed(#"PUT /v1/agent/service%2Fderegister/web-1"#),
    .notServed(#"PUT /v1/agent/service/deregister/"#),
    .notServed(#"PUT /v1/agent/service/deregister/web-1/"#),
    Refusal(
      #"GET /v1/catalog/service/%zz"#, 400, #"the path has a '%' without two hexadecimal digits after it: '%zz'"#),
    Refusal(#"GET /v1/catalog/service/%f"#, 400, #"the path has a '%' without two hexadecimal digits after it: '%f'"#),
    Refusal(#"GET /v1/catalog/service/%"#, 400, #"the path has a '%' without two hexadecimal digits after it: '%'"#),
    Refusal(#"GET /v1/catalog/service/a%00b"#, 400, #"the path has a NUL character in it: 'a%00b'"#),
    Refusal(#"GET /v1/catalog/service/%ff%fe"#, 400, #"the path is not valid UTF-8 when decoded: '%ff%fe'"#),
    Refusal(
      #"GET /v1/catalog/service/web?tag=%zz"#, 400,
      #"the query has a '%' without two hexadecimal digits after it: '%zz'"#),
    Refusal(#"GET /v1/catalog/service/web?tag=%c3%28"#, 400, #"the query is not valid UTF-8 when decoded: '%c3%28'"#),
    Refusal(
      #"GET /v1/catalog/service/a%0Ab"#, 400,
      #"the last part of the path: "a\nb" has a control character, which is not allowed"#),
    Refusal(
      #"PUT /v1/agent/service/deregister/a%1B[31m"#, 400,
      #"the last part of the path: "a\u{1B}[31m" has a control character, which is not allowed"#),
    Refusal(
      #"GET /v1/catalog/service/{{s*513}}"#, 400,
      #"the last part of the path: "{{s*64}}…" has 513 bytes: at most 512 are allowed"#),
    Refusal(
      #"GET /v1/catalog/service/{{s*8193}}"#, 414,
      #"the request's target is longer than the 8192 bytes that are allowed"#),
    Refusal(
      #"POST /v1/agent/service/register"#, 405, #"method "POST" is not allowed for /v1/agent/service/register: use PUT"#
    ),
    Refusal(
      #"GET /v1/agent/service/register"#, 405, #"method "GET" is not allowed for /v1/agent/service/register: use PUT"#),
    Refusal(
      #"DELETE /v1/agent/service/deregister/web-1"#, 405,
      #"method "DELETE" is not allowed for /v1/agent/service/deregister/web-1: use PUT"#),
    Refusal(
      #"GET /v1/agent/service/deregister/web-1"#, 405,
      #"method "GET" is not allowed for /v1/agent/service/deregister/web-1: use PUT"#),
    Refusal(#"PUT /v1/health/service/web"#, 405, #"method "PUT" is not allowed for /v1/health/service/web: use GET"#),
    Refusal(#"POST /v1/catalog/services"#, 405, #"method "POST" is not allowed for /v1/catalog/services: use GET"#),
    Refusal(#"PATCH /v1/catalog/register"#, 405, #"method "PATCH" is not allowed for /v1/catalog/register: use PUT"#),
    Refusal(#"OPTIONS /v1/agent/self"#, 405, #"method "OPTIONS" is not allowed for /v1/agent/self: use GET"#),
    Refusal(#"TRACE /v1/agent/self"#, 405, #"method "TRACE" is not allowed for /v1/agent/self: use GET"#),
    Refusal(
      #"put /v1/agent/service/deregister/web-1"#, 405,
      #"method "put" is not allowed for /v1/agent/service/deregister/web-1: use PUT"#),
    .notServed(#"PUT /v1/agent/service/register/"#),
    Refusal(#"{{M*100}} /v1/agent/self"#, 405, #"method "{{M*64}}…" is not allowed for /v1/agent/self: use GET"#),
  ]
}
