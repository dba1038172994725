internal import CCurl
internal import Glibc
internal import MusterTiming

/// What came of one transfer.
struct TransferAnswer {
  /// libcurl's verdict.
  var result = CURLE_OK
  /// The HTTP status, 0 when there was none.
  var status = 0
  /// What the first line of the answer says after the status, such as `Not Found`.
  var phrase = ""
  /// The header fields and trailers of the last answer, names in lower case.
  var headers: [(name: String, value: String)] = []
  /// The beginning of the body.
  var body: [UInt8] = []
  /// Whether more of the body came and was not read.
  var isBodyCut = false
  /// Whether the headers were too many or too long.
  var hasTooManyHeaders = false
  /// An address that may not be probed.
  var refusedAddress: String?
  /// What the system said, 0 when it said nothing.
  var systemError: Int32 = 0
  /// How long it was given.
  var timeout = Duration.zero

  /// The body as text; what is not UTF-8 is replaced by U+FFFD.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// What went wrong, in words that are the same whenever the same goes wrong.
  func problem(redirectLimit: Int = 0) -> String {
    if let refusedAddress { return "\(refusedAddress) is not in a network that may be probed (--probe-network)" }
    if hasTooManyHeaders { return "the answer's headers are over \(TransferBuffer.headerLimit) bytes" }
    switch result {
    case CURLE_OPERATION_TIMEDOUT: return "timed out after \(timeout.goText)"
    case CURLE_COULDNT_RESOLVE_HOST: return "the host's name can't be resolved"
    case CURLE_TOO_MANY_REDIRECTS: return "more than \(redirectLimit) redirects"
    case CURLE_GOT_NOTHING: return "the connection was closed without an answer"
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return "the answer is not HTTP"
    case CURLE_HTTP2, CURLE_HTTP2_STREAM: return "the answer is not HTTP/2"
    case CURLE_URL_MALFORMAT: return "the address can't be understood"
    case CURLE_PEER_FAILED_VERIFICATION: return "the certificate can't be verified"
    case CURLE_WRITE_ERROR: return "the answer is longer than expected"
    case CURLE_COULDNT_CONNECT where systemError != 0: return Self.describe(systemError)
    default: return unsafe String(cString: curl_easy_strerror(result)).lowercased()
    }
  }

  /// Why this machine could not carry it out; nil when it could.
  var ownProblem: String? {
    switch result {
    case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT: return "no memory for the connection"
    case CURLE_COULDNT_CONNECT where [EMFILE, ENFILE, ENOMEM, ENOBUFS, EADDRNOTAVAIL].contains(systemError):
      return "no socket to be had: \(Self.describe(systemError))"
    default: return nil
    }
  }

  static func describe(_ number: Int32) -> String {
    (unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)").lowercased()
  }
}
