internal import MusterCommandLine
internal import MusterThrift

/// A protocol as it is named on the command line.
enum CallProtocol: String, CaseIterable, ExpressibleByArgument {
  case binary, compact, json
  case oldBinary = "old-binary"
  case thriftPyJSON = "thriftpy-json"

  var value: ThriftProtocol {
    switch self {
    case .binary: .binary
    case .compact: .compact
    case .json: .json
    case .oldBinary: .oldBinary
    case .thriftPyJSON: .thriftPyJSON
    }
  }
}

/// A framing as the libraries name their transports.
enum CallFraming: String, CaseIterable, ExpressibleByArgument {
  case buffered, framed, header

  var value: ThriftFraming {
    switch self {
    case .buffered: .unframed
    case .framed: .framed
    case .header: .header
    }
  }
}
