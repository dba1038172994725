internal import MusterHTTPClient
internal import MusterJSON
internal import MusterLoad

/// What a server answered.
struct Answer {
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  var bodyBytes: Int { body.count }
  var text: String { String(decoding: body, as: UTF8.self) }

  /// A header's value; the name's case does not matter.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// Single requests beside the load.
struct Control {
  private let client: HTTPClient
  private let base: String

  init(port: UInt16) throws(LoadError) {
    base = "http://127.0.0.1:\(port)"
    do throws(HTTPClientError) { client = try HTTPClient() } catch { throw LoadError(.system, error.message) }
  }

  /// Gets what must be there.
  func get(_ target: String) throws(LoadError) -> Answer {
    let response: HTTPClientResponse
    do throws(HTTPClientError) {
      response = try client.request("GET", base + target)
    } catch {
      throw LoadError(.connectionLost, error.message)
    }
    guard response.status == 200 else {
      throw LoadError(.badAnswer, "GET \(target) was answered with \(response.status): \(response.text)")
    }
    return Answer(headers: response.headers.fields.map { ($0.name, $0.value) }, body: response.body)
  }

  /// A number of Muster's own status.
  func statusNumber(_ name: String) throws(LoadError) -> Int {
    let answer = try get("/v1/muster/status")
    let number: Int64?
    do throws(JSONError) {
      number = try JSON(parsing: answer.body)[name]?.integer
    } catch {
      throw LoadError(.badAnswer, error.message)
    }
    guard let number else { throw LoadError(.badAnswer, "the status has no number \(name): \(answer.text)") }
    return Int(clamping: number)
  }
}
