internal import CMicroHTTPD
internal import Glibc

extension Call {
  /// Whether the client takes gzip.
  var acceptsGzip: Bool {
    var value: UnsafePointer<CChar>?
    var count = 0
    let isThere = unsafe MHD_lookup_connection_value_n(
      connection.pointer, .HEADER_KIND, "Accept-Encoding", 15, &value, &count)
    guard isThere == .YES, let value = unsafe value else { return false }
    return unsafe value.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
      unsafe AcceptEncoding.allowsGzip(UnsafeBufferPointer(start: bytes, count: count).span)
    }
  }

  /// The value of a header field.
  func header(_ name: String) -> String? {
    unsafe MHD_lookup_connection_value(connection.pointer, .HEADER_KIND, name).map { unsafe String(cString: $0) }
  }

  /// Whether `Content-Length` is there more than once, and not always with the same value.
  var hasDifferingLengths: Bool {
    var lengths = Lengths()
    unsafe withUnsafeMutablePointer(to: &lengths) { pointer in
      _ = unsafe MHD_get_connection_values(connection.pointer, .HEADER_KIND, compareLength, pointer)
    }
    return lengths.differ
  }

  /// All header fields, in no particular order.
  var headers: [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    unsafe withUnsafeMutablePointer(to: &fields) { pointer in
      _ = unsafe MHD_get_connection_values(connection.pointer, .HEADER_KIND, addField, pointer)
    }
    return fields
  }
}

/// What has been seen of a request's `Content-Length` fields; the text belongs to the library.
@safe private struct Lengths {
  var first: UnsafePointer<CChar>?
  var differ = false
}

private func compareLength(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let context = unsafe context, let name = unsafe name, let value = unsafe value,
    unsafe strcasecmp(name, "Content-Length") == 0
  else { return .YES }
  let lengths = unsafe context.assumingMemoryBound(to: Lengths.self)
  if let first = unsafe lengths.pointee.first {
    if unsafe strcmp(first, value) != 0 { unsafe lengths.pointee.differ = true }
  } else {
    unsafe lengths.pointee.first = value
  }
  return .YES
}

private func addField(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let context = unsafe context, let name = unsafe name else { return .YES }
  let fields = unsafe context.assumingMemoryBound(to: [(name: String, value: String)].self)
  unsafe fields.pointee.append((String(cString: name), value.map { unsafe String(cString: $0) } ?? ""))
  return .YES
}
