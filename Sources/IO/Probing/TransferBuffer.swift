internal import CCurl
internal import Glibc

/// Takes what arrives of one transfer, as libcurl's callbacks hand it over.
final class TransferBuffer {
  /// The most bytes of one answer's headers.
  static let headerLimit = 65_536
  /// Fields beyond this number are passed over.
  private static let fieldLimit = 256

  let settings: ProbeSettings
  private let bodyLimit: Int
  private var headerBytes = 0
  var answer = TransferAnswer()

  init(bodyLimit: Int, settings: ProbeSettings) {
    self.bodyLimit = bodyLimit
    self.settings = settings
  }

  /// Takes one line of the head or of the trailers; false ends the transfer.
  func receive(line bytes: UnsafeRawBufferPointer) -> Bool {
    if unsafe bytes.starts(with: "HTTP/".utf8) {
      beginAnswer(unsafe String(decoding: bytes, as: UTF8.self))
      return true
    }
    headerBytes += bytes.count
    guard headerBytes <= Self.headerLimit else {
      answer.hasTooManyHeaders = true
      return false
    }
    // Only gRPC says anything in its fields.
    guard unsafe bytes.starts(with: "grpc-".utf8), answer.headers.count < Self.fieldLimit else { return true }
    let line = unsafe String(decoding: bytes, as: UTF8.self)
    guard let colon = line.firstIndex(of: ":") else { return true }
    let value = line[line.index(after: colon)...].drop(while: \.isWhitespace).prefix { !$0.isNewline }
    answer.headers.append((line[..<colon].lowercased(), String(value)))
    return true
  }

  /// Takes a piece of the body; false ends the transfer.
  func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
    let room = bodyLimit - answer.body.count
    unsafe answer.body.append(contentsOf: bytes.prefix(max(0, room)))
    guard bytes.count > room else { return true }
    answer.isBodyCut = true
    return false
  }

  /// Opens a socket to an address that may be probed.
  func openSocket(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
    let target = unsafe muster_curl_address(address).flatMap { unsafe NetworkAddress($0) }
    guard let target, settings.allows(target) else {
      answer.refusedAddress = target?.text ?? "an address that is not of IP"
      return -1
    }
    let (family, type, number) = unsafe (address.pointee.family, address.pointee.socktype, address.pointee.protocol)
    let opened = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
    if opened < 0 { answer.systemError = errno }
    return opened
  }

  /// After a redirect or an interim answer only the last one counts.
  private func beginAnswer(_ line: String) {
    headerBytes = 0
    answer.headers = []
    answer.body = []
    let words = line.split(whereSeparator: \.isWhitespace)
    answer.phrase = words.dropFirst(2).joined(separator: " ").cut(toBytes: 80)
  }
}

func receiveProbeHeader(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  unsafe receive(bytes, size * count, context) { unsafe $0.receive(line: $1) }
}

func receiveProbeBody(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  unsafe receive(bytes, size * count, context) { unsafe $0.receive(body: $1) }
}

func openProbeSocket(
  context: UnsafeMutableRawPointer?, purpose: curlsocktype, address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let context = unsafe context, let address = unsafe address else { return -1 }
  return unsafe Unmanaged<TransferBuffer>.fromOpaque(context).takeUnretainedValue().openSocket(address)
}

/// Any other count than the one given makes libcurl end the transfer.
private func receive(
  _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
  by take: (TransferBuffer, UnsafeRawBufferPointer) -> Bool
) -> Int {
  guard count > 0, let bytes = unsafe bytes, let context = unsafe context else { return 0 }
  let buffer = unsafe Unmanaged<TransferBuffer>.fromOpaque(context).takeUnretainedValue()
  return unsafe take(buffer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
}
