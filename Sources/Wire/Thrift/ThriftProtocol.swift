/// How values are written as bytes.
public enum ThriftProtocol: Hashable, Sendable, CaseIterable {
  /// Apache's binary protocol whose heads begin with a version.
  case binary
  /// The same with the heads of old libraries, which begin with the method's name.
  case oldBinary
  /// Apache's compact protocol.
  case compact
  /// Apache's JSON protocol, which names fields by number and says their types; `TApacheJSONProtocol` in ThriftPy.
  case json
  /// ThriftPy's own `TJSONProtocol`: a size and an object with `metadata` and `payload`, which names fields as the
  /// definition does and says no types. Its values can only be read and written with the definition's ``ThriftShapes``.
  case thriftPyJSON
}
