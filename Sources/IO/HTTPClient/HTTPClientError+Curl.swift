internal import CCurl

extension HTTPClientError {
  /// The error for libcurl's result, `reason` being the system's or libcurl's words for it.
  init(result: CURLcode, reason: String, request: HTTPClientRequest) {
    let server = Self.server(of: request.url)
    switch result {
    case CURLE_URL_MALFORMAT:
      self.init(.invalidRequest, "'\(request.url)' is not a usable URL: \(reason)")
    case CURLE_COULDNT_RESOLVE_HOST:
      self.init(.couldNotResolve, "could not find the address of \(server)")
    case CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION:
      self.init(.couldNotConnect, "could not connect to \(server): \(reason)")
    case CURLE_OPERATION_TIMEDOUT:
      self.init(.timedOut, "no answer from \(server) within \(request.timeout)")
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE:
      self.init(connectionLost: reason, request: request)
    // The scheme is known to be HTTP, so an unsupported protocol is one that the server speaks.
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2:
      self.init(.invalidResponse, "\(server) did not answer in HTTP: \(reason)")
    default:
      self.init(.unavailable, "the request to \(server) failed: \(reason)")
    }
  }

  /// The error for a connection that ended before the answer did.
  init(connectionLost reason: String, request: HTTPClientRequest) {
    let server = Self.server(of: request.url)
    self.init(.connectionLost, "\(server) closed the connection before it had answered: \(reason)")
  }

  /// The host and port of a URL, for messages: no user, password or path.
  private static func server(of url: String) -> String {
    let afterScheme = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).dropFirst()
    let authority = afterScheme.first ?? Substring(url)
    return String(authority.split(separator: "@").last ?? authority)
  }
}
