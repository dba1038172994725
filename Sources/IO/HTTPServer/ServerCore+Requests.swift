internal import CMicroHTTPD
internal import Glibc
internal import Synchronization

/// How much of a body that is refused is still read.
///
/// A client that is sending would lose the answer if the connection were closed under it; one that sends more than this
/// is cut off.
private let mostSkippedBytes = 8 << 20

/// The arguments of one call of the library.
@safe struct Call {
  let connection: ConnectionHandle
  let method: UnsafePointer<CChar>
  let upload: UnsafeBufferPointer<UInt8>

  /// Whether it is a GET, or a HEAD: the library leaves out the body of the answer by itself.
  var isGet: Bool {
    let isGET = unsafe method[0] == 0x47 && method[1] == 0x45 && method[2] == 0x54 && method[3] == 0
    return isGET || (unsafe strcmp(method, "HEAD") == 0)
  }
}

extension ServerCore {
  /// Takes a request one step further: its header, a piece of its body, its end, or its answer.
  ///
  /// - Returns: false to close the connection.
  func advance(_ state: Connection, _ call: Call) -> Bool {
    switch state.phase {
    case .started: return headerArrived(state, call)
    case .receiving:
      guard unsafe call.upload.isEmpty else { return bodyArrived(state, call) }
      state.tether.received.store(-1, ordering: .relaxed)
      return requestArrived(state, call)
    case .refusing:
      if unsafe call.upload.isEmpty, let refusal = state.refusal {
        return send(refusal, state, call, acceptsGzip: false)
      }
      unsafe state.skip(call.upload.count)
      state.tether.received.store(state.skippedBytes, ordering: .relaxed)
      return state.skippedBytes <= mostSkippedBytes
    case .waiting:
      guard let exchange = state.exchange else { return false }
      return carryOut(exchange.outcome(), exchange, state, call)
    }
  }

  static let malformedLine = HTTPResponse(
    status: 400, text: "the request line must be a method, a target and a version with one space between them")

  private static let twoLengths = HTTPResponse(
    status: 400, text: "Content-Length and Transfer-Encoding can't both be given: the body's end would be ambiguous")

  private static let differingLengths = HTTPResponse(
    status: 400, text: "Content-Length is given twice with different values: the body's end would be ambiguous")

  /// Answers at once and closes the connection.
  func refuse(_ response: HTTPResponse, _ state: Connection, _ call: Call) -> Bool {
    state.phase = .receiving
    return send(response, state, call, acceptsGzip: false)
  }

  /// The library closes the connection after an answer that is given here, so only what must not go on is.
  private func headerArrived(_ state: Connection, _ call: Call) -> Bool {
    state.tether.received.store(0, ordering: .relaxed)
    state.phase = .receiving
    if state.isTargetTooLong { state.refuse(targetTooLong) }
    guard let announced = call.header("Content-Length") else { return true }
    // A proxy in front might have gone by the other one: RFC 9112, section 6.3.
    guard !call.hasDifferingLengths else { return refuse(Self.differingLengths, state, call) }
    guard call.header("Transfer-Encoding") == nil else { return refuse(Self.twoLengths, state, call) }
    guard let length = Int(announced) else { return true }
    if length > limits.maxBodyBytes {
      state.refuse(bodyTooLarge)
      if length > mostSkippedBytes || call.header("Expect") != nil {
        return send(bodyTooLarge, state, call, acceptsGzip: false)
      }
    } else if state.phase == .receiving {
      // Not all at once: a length is easily claimed.
      state.reserve(min(length, 16_384))
    }
    return true
  }

  private func bodyArrived(_ state: Connection, _ call: Call) -> Bool {
    if unsafe state.body.count + call.upload.count > limits.maxBodyBytes {
      state.refuse(bodyTooLarge)
    } else {
      unsafe state.append(call.upload)
      state.tether.received.store(state.body.count, ordering: .relaxed)
    }
    return true
  }

  private func requestArrived(_ state: Connection, _ call: Call) -> Bool {
    guard !stopping else { return send(Self.stoppingResponse, state, call, acceptsGzip: false) }
    let acceptsGzip = call.acceptsGzip
    if call.isGet, state.body.isEmpty,
      let response = handler.quick(target: state.target.span, acceptsGzip: acceptsGzip)
    {
      return send(response, state, call, acceptsGzip: acceptsGzip)
    }
    return handleRequest(state, call, acceptsGzip: acceptsGzip)
  }

  private func handleRequest(_ state: Connection, _ call: Call, acceptsGzip: Bool) -> Bool {
    let request: HTTPRequest
    do {
      request = try HTTPRequest(
        method: unsafe String(cString: call.method), target: state.target, headers: call.headers,
        body: state.takeBody(),
        client: unsafe ClientAddress(http_connection_address(call.connection.pointer)))
    } catch {
      return send(HTTPResponse(status: 400, text: error.message), state, call, acceptsGzip: false)
    }
    switch handler.handle(request) {
    case .now(let response):
      return send(response, state, call, acceptsGzip: acceptsGzip)
    case .later(let start):
      let exchange = HTTPExchange(state.tether, acceptsGzip: acceptsGzip)
      state.phase = .waiting
      state.exchange = exchange
      start(exchange)
      return carryOut(exchange.parkUnlessAnswered(), exchange, state, call)
    }
  }

  private func carryOut(
    _ outcome: HTTPExchange.Outcome, _ exchange: HTTPExchange, _ state: Connection, _ call: Call
  ) -> Bool {
    switch outcome {
    case .wait: true
    case .close: false
    case .send(let response): send(response, state, call, acceptsGzip: exchange.acceptsGzip)
    }
  }

  private func send(_ response: HTTPResponse, _ state: Connection, _ call: Call, acceptsGzip: Bool) -> Bool {
    if let stream = response.stream {
      guard stream.attach(to: state.tether) else {
        let failure = HTTPResponse(status: 500, text: "the server sent one stream to two clients")
        return send(failure, state, call, acceptsGzip: false)
      }
      state.stream = stream
    }
    guard let handle = response.handle(acceptsGzip: acceptsGzip) else { return false }
    return unsafe MHD_queue_response(call.connection.pointer, UInt32(response.status), handle.pointer) == .YES
  }
}
