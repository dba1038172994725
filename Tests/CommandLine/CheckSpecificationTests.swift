internal import MusterCommandLine
internal import Testing

@Suite("Check specifications")
struct CheckSpecificationTests {
  @Test(
    "each form becomes the check that Consul knows",
    arguments: [
      ("http:http://a:1/h", #"{"HTTP":"http://a:1/h","Interval":"10s"}"#),
      ("http://a/h", #"{"HTTP":"http://a/h","Interval":"10s"}"#),
      ("https://a", #"{"HTTP":"https://a","Interval":"10s"}"#),
      ("http:http://a/?x=1,2,y=3,interval=5s", #"{"HTTP":"http://a/?x=1,2,y=3","Interval":"5s"}"#),
      ("tcp:a:80", #"{"TCP":"a:80","Interval":"10s"}"#),
      ("tcp:[::1]:80,timeout=1500ms", #"{"TCP":"[::1]:80","Interval":"10s","Timeout":"1.5s"}"#),
      ("ttl:30s", #"{"TTL":"30s"}"#),
      ("ttl:90s,deregister-after=10m", #"{"TTL":"1m30s","DeregisterCriticalServiceAfter":"10m0s"}"#),
      ("grpc:a:1", #"{"GRPC":"a:1","Interval":"10s"}"#),
      ("grpc:a:1/pkg.Service/x", #"{"GRPC":"a:1/pkg.Service/x","Interval":"10s"}"#),
      ("thrift:ping,interval=2s", #"{"Thrift":"ping","Interval":"2s"}"#),
      ("exec:test -f a,b", #"{"Args":["/bin/sh","-c","test -f a,b"],"Interval":"10s"}"#),
      (
        "tcp:a:1,deregister-after=1h,timeout=1s,interval=1m",
        #"{"TCP":"a:1","Interval":"1m0s","Timeout":"1s","DeregisterCriticalServiceAfter":"1h0m0s"}"#
      ),
    ])
  func read(text: String, json: String) throws {
    let check = try CheckSpecification(argument: text)
    let registration = ServiceRegistration(name: "w", port: try PortNumber(argument: "1"), checks: [check])
    let body = String(decoding: registration.json, as: UTF8.self)
    #expect(body.hasSuffix(#""Checks":[\#(json)]}"#), "\(body)")
  }

  @Test(
    "what is no check is refused with the reason",
    arguments: [
      ("", "'' is not a check"), ("http", "'http' is not a check"), ("http:", "nothing after the colon"),
      ("htpp:http://a", "there is no check 'htpp'; did you mean http?"), ("zebra:a", "there is no check 'zebra'; use"),
      ("http:a/h", "'a/h' is not a URL"), ("http:ftp://a", "'ftp://a' is not a URL"), ("http:http://", "is not a URL"),
      ("http:http:///x", "is not a URL"), ("http:http://a b", "is not a URL"), ("tcp:80", "'80' is not HOST:PORT"),
      ("tcp::80", "':80' is not HOST:PORT"), ("tcp:a:0", "'0' is not a port"), ("tcp:a:65536", "'65536' is not a port"),
      ("tcp:a:b", "'b' is not a port"), ("tcp:a:1/x", "is not HOST:PORT"), ("grpc:a", "'a' is not HOST:PORT"),
      ("ttl:30", "duration"), ("ttl:0s", "not above zero"), ("ttl:-1s", "not above zero"), ("ttl:x", "duration"),
      ("ttl:1s,interval=1s", "a ttl check has no interval"), ("ttl:1s,timeout=1s", "a ttl check has no timeout"),
      ("tcp:a:1,interval=0s", "interval: '0s' is not above zero"), ("tcp:a:1,timeout=x", "timeout: "),
      ("tcp:a:1,intervall=1s", "'intervall' is not an option of a check; did you mean interval?"),
      ("tcp:a:1,interval=1s,interval=2s", "interval is given twice"), ("tcp:a:1,", "is not a port"),
      (",interval=1s", "'' is not a check"), ("exec:a\nb", "control characters"), ("exec:\u{0}", "control characters"),
      ("exec:" + String(repeating: "a", count: 4096), "at most 4096 bytes"),
    ])
  func refused(text: String, reason: String) {
    let error = #expect(throws: CommandError.self) { try CheckSpecification(argument: text) }
    #expect(error?.code == .usage)
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  @Test("random text is read or refused")
  func random() {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "http", "tcp", "ttl", "exec", ":", "//", "a", "1", "80", "s", ",", "=", "interval", "timeout", "[", "]", "ü",
      "\u{0}",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...10, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      do throws(CommandError) {
        let check = try CheckSpecification(argument: text.joined())
        #expect(!check.summary.isEmpty)
      } catch {
        #expect(error.code == .usage && !error.message.isEmpty)
      }
    }
  }
}
