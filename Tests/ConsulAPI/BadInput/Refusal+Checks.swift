extension Refusal {
  /// Checks with a wrong field.
  static let checks: [Refusal] = [
    Refusal(register, #"{"Name":"new","Check":5}"#, 400, #"Check: 5 is not allowed: it must be an object"#),
    Refusal(register, #"{"Name":"new","Check":[]}"#, 400, #"Check: [] is not allowed: it must be an object"#),
    Refusal(
      register, #"{"Name":"new","Check":{"Notes":"x"}}"#, 400,
      #"check "service:new" has no kind: give TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(register, #"{"Name":"new","Checks":{}}"#, 400, #"Checks: {} is not allowed: it must be a list of objects"#),
    Refusal(register, #"{"Name":"new","Checks":[5]}"#, 400, #"Checks[0]: 5 is not allowed: it must be an object"#),
    Refusal(
      register, #"{"Name":"new","Checks":[{}]}"#, 400,
      #"check "service:new" has no kind: give TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Checks":[{{{"TTL":"9s"},*64}}{"TTL":"9s"}]}"#, 400,
      #"Checks has 65 entries: at most 64 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Checks":[{"TTL":"9s"},{"TTL":"x"}]}"#, 400,
      #"""
      Checks[1].TTL: "x" is not allowed: it must be a duration such as "10s" or "1m30s", or a number \#
      of nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Checks":[{"CheckID":"a","TTL":"9s"},{"CheckID":"a","TTL":"8s"}]}"#, 400,
      #"CheckID: "a" is given twice"#),
    Refusal(
      register, #"{"Name":"new","Checks":[{"CheckID":"service:new:2","TTL":"9s"},{"TTL":"8s"}]}"#, 400,
      #"CheckID: "service:new:2" is given twice"#),
    Refusal(
      register, #"{"Name":"new","Check":{"CheckID":"a","TTL":"9s"},"Checks":[{"ID":"a","TTL":"8s"}]}"#, 400,
      #"CheckID: "a" is given twice"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"10"}}"#, 400,
      #"""
      Check.TTL: "10" is not allowed: it must be a duration such as "10s" or "1m30s", or a number of \#
      nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"soon"}}"#, 400,
      #"""
      Check.TTL: "soon" is not allowed: it must be a duration such as "10s" or "1m30s", or a number \#
      of nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"-5s"}}"#, 400,
      #"Check.TTL: "-5s" is not allowed: it must be a duration from 0s to 8784h0m0s"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":-5}}"#, 400,
      #"Check.TTL: -5 is not allowed: it must be a duration from 0s to 8784h0m0s"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":""}}"#, 400,
      #"check "service:new" has no kind: give TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"0s"}}"#, 400,
      #"check "service:new" has no kind: give TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":true}}"#, 400,
      #"""
      Check.TTL: true is not allowed: it must be a duration such as "10s" or "1m30s", or a number of \#
      nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":1.5}}"#, 400,
      #"""
      Check.TTL: 1.5 is not allowed: it must be a duration such as "10s" or "1m30s", or a number of \#
      nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9000h"}}"#, 400,
      #"Check.TTL: "9000h" is not allowed: it must be a duration from 0s to 8784h0m0s"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"10 s"}}"#, 400,
      #"""
      Check.TTL: "10 s" is not allowed: it must be a duration such as "10s" or "1m30s", or a number \#
      of nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/"}}"#, 400,
      #"Check.Interval is missing: a check that probes something needs one, such as "10s""#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"ftp://a/","Interval":"1s"}}"#, 400,
      #"Check.HTTP: "ftp://a/" must begin with http:// or https://"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://","Interval":"1s"}}"#, 400,
      #"Check.HTTP: "http://" is not a URL such as http://10.0.0.1:8080/health, without spaces"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http:///x","Interval":"1s"}}"#, 400,
      #"Check.HTTP: "http:///x" is not a URL such as http://10.0.0.1:8080/health, without spaces"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/b c","Interval":"1s"}}"#, 400,
      #"Check.HTTP: "http://a/b c" is not a URL such as http://10.0.0.1:8080/health, without spaces"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a:99999/","Interval":"1s"}}"#, 400,
      #"Check.HTTP: "http://a:99999/" is not a URL such as http://10.0.0.1:8080/health, without spaces"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a:x/","Interval":"1s"}}"#, 400,
      #"Check.HTTP: "http://a:x/" is not a URL such as http://10.0.0.1:8080/health, without spaces"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":5,"Interval":"1s"}}"#, 400,
      #"Check.HTTP: 5 is not allowed: it must be a string"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"a","Interval":"1s"}}"#, 400,
      #"Check.TCP: "a" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"a:0","Interval":"1s"}}"#, 400,
      #"Check.TCP: "a:0" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"a:65536","Interval":"1s"}}"#, 400,
      #"Check.TCP: "a:65536" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":":80","Interval":"1s"}}"#, 400,
      #"Check.TCP: ":80" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"::1:80","Interval":"1s"}}"#, 400,
      #"Check.TCP: "::1:80" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"a b:80","Interval":"1s"}}"#, 400,
      #"Check.TCP: "a b:80" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"Thrift":"ping","Interval":"1s"}}"#, 400,
      "Check.Thrift: a method alone is called at the service that the check is registered with, which needs a port; "
        + "give HOST:PORT/METHOD"),
    Refusal(
      register, #"{"Name":"new","Check":{"Thrift":"a/ping","Interval":"1s"}}"#, 400,
      #"Check.Thrift: "a" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"Thrift":"a:80/","Interval":"1s"}}"#, 400,
      "Check.Thrift: the method after the / must have 1 to 256 bytes"),
    Refusal(
      register, #"{"Name":"new","Check":{"GRPC":"a/svc","Interval":"1s"}}"#, 400,
      #"Check.GRPC: "a" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(
      register, #"{"Name":"new","Check":{"GRPC":"a:80","GRPCUseTLS":1,"Interval":"1s"}}"#, 400,
      #"Check.GRPCUseTLS: 1 is not allowed: it must be true or false"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","HTTP":"http://a/","Interval":"1s"}}"#, 400,
      #"Check.TTL and Check.HTTP can't be in one check: give several checks"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","Interval":"1s"}}"#, 400,
      #"Check.Interval and TTL can't both be given: a TTL check waits for reports"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"a:1","Interval":"often"}}"#, 400,
      #"""
      Check.Interval: "often" is not allowed: it must be a duration such as "10s" or "1m30s", or a \#
      number of nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"a:1","Interval":"-1s"}}"#, 400,
      #"Check.Interval: "-1s" is not allowed: it must be a duration from 0s to 8784h0m0s"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TCP":"a:1","Interval":"1s","Timeout":"x"}}"#, 400,
      #"""
      Check.Timeout: "x" is not allowed: it must be a duration such as "10s" or "1m30s", or a number \#
      of nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"Args":["true"],"Interval":"1s"}}"#, 400,
      #"Check.Args: checks that run commands are off: start the server with --enable-exec-checks"#),
    Refusal(
      register, #"{"Name":"new","Check":{"Args":"true","Interval":"1s"}}"#, 400,
      #"Check.Args: "true" is not allowed: it must be a list of strings"#),
    Refusal(
      register, #"{"Name":"new","Check":{"Args":[5],"Interval":"1s"}}"#, 400,
      #"Check.Args[0]: 5 is not allowed: it must be a string"#),
    Refusal(
      register, #"{"Name":"new","Check":{"Script":"true","Interval":"1s"}}"#, 400,
      #"Check.Script: checks of this kind are not served: use TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"AliasService":"web"}}"#, 400,
      #"Check.AliasService: checks of this kind are not served: use TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"DockerContainerID":"x","Args":["a"],"Interval":"1s"}}"#, 400,
      #"Check.DockerContainerID: checks of this kind are not served: use TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"UDP":"a:1","Interval":"1s"}}"#, 400,
      #"Check.UDP: checks of this kind are not served: use TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"H2PING":"a:1","Interval":"1s"}}"#, 400,
      #"Check.H2PING: checks of this kind are not served: use TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"OSService":"a","Interval":"1s"}}"#, 400,
      #"Check.OSService: checks of this kind are not served: use TTL, HTTP, TCP, GRPC, Thrift or Args"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","Status":"ok"}}"#, 400,
      #"Check.Status: "ok" is not allowed: it must be passing, warning or critical"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","Status":"maintenance"}}"#, 400,
      #"Check.Status: "maintenance" is not allowed: it must be passing, warning or critical"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","Status":5}}"#, 400,
      #"Check.Status: 5 is not allowed: it must be passing, warning or critical"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Method":"GE T"}}"#, 400,
      #"Check.Method: "GE T" is not a word of 1 to 128 letters, digits and - or _"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Header":[]}}"#, 400,
      #"Check.Header: [] is not allowed: it must be an object"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Header":{"A":"b"}}}"#, 400,
      #"Check.Header.A: "b" is not allowed: it must be a list of strings"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Header":{"A b":["c"]}}}"#, 400,
      #"Check.Header key: "A b" is not a word of 1 to 128 letters, digits and - or _"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Header":{"":["c"]}}}"#, 400,
      #"Check.Header key: "" is not a word of 1 to 128 letters, digits and - or _"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Header":{"A":["b\r\nC: d"]}}}"#, 400,
      #"Check.Header.A: "b\r\nC: d" has a control character, which is not allowed"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Header":{"A":[5]}}}"#, 400,
      #"Check.Header.A: [5] is not allowed: it must be a list of strings"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","Body":"{{b*4097}}"}}"#, 400,
      #"Check.Body has 4097 bytes: at most 4096 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Check":{"HTTP":"http://a/","Interval":"1s","TLSSkipVerify":"yes"}}"#, 400,
      #"Check.TLSSkipVerify: "yes" is not allowed: it must be true or false"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","Notes":"{{n*4097}}"}}"#, 400,
      #"Check.Notes has 4097 bytes: at most 4096 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","Notes":5}}"#, 400,
      #"Check.Notes: 5 is not allowed: it must be a string"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","DeregisterCriticalServiceAfter":"soon"}}"#, 400,
      #"""
      Check.DeregisterCriticalServiceAfter: "soon" is not allowed: it must be a duration such as \#
      "10s" or "1m30s", or a number of nanoseconds
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","DeregisterCriticalServiceAfter":"-1m"}}"#, 400,
      #"""
      Check.DeregisterCriticalServiceAfter: "-1m" is not allowed: it must be a duration from 0s to \#
      8784h0m0s
      """#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","SuccessBeforePassing":-1}}"#, 400,
      #"Check.SuccessBeforePassing: -1 is not allowed: it must be a whole number from 0 to 1000"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","FailuresBeforeCritical":"2"}}"#, 400,
      #"Check.FailuresBeforeCritical: "2" is not allowed: it must be a whole number from 0 to 1000"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","FailuresBeforeWarning":1001}}"#, 400,
      #"Check.FailuresBeforeWarning: 1001 is not allowed: it must be a whole number from 0 to 1000"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","CheckID":"_node_maintenance"}}"#, 400,
      #"Check.CheckID: "_node_maintenance" is reserved for maintenance mode"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","CheckID":"_service_maintenance:web-1"}}"#, 400,
      #"Check.CheckID: "_service_maintenance:web-1" is reserved for maintenance mode"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","CheckID":"{{c*257}}"}}"#, 400,
      #"Check.CheckID: "{{c*64}}…" has 257 bytes: at most 256 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","CheckID":"a\nb"}}"#, 400,
      #"Check.CheckID: "a\nb" has a control character, which is not allowed"#),
    Refusal(
      register, #"{"Name":"new","Check":{"TTL":"9s","Name":5}}"#, 400,
      #"Check.Name: 5 is not allowed: it must be a string"#),
  ]
}
