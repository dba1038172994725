internal import CJansson

/// A value that Jansson parsed, which is freed with this owner.
@safe struct JanssonTree: ~Copyable {
  private let root: UnsafeMutablePointer<json_t>

  /// Parses the whole text, whose depth and number of values have been checked.
  init(parsing text: UnsafeBufferPointer<UInt8>) throws(JSONError) {
    guard let start = text.baseAddress, !text.isEmpty else {
      throw JSONError(code: .malformed, "the text is empty; a JSON value is expected")
    }
    var error = json_error_t()
    let flags = JSON_DECODE_ANY | JSON_ALLOW_NUL
    let loaded = unsafe start.withMemoryRebound(to: CChar.self, capacity: text.count) { start in
      unsafe json_loadb(start, text.count, Int(flags), &error)
    }
    guard let root = unsafe loaded else { throw JSONError(error) }
    unsafe self.root = root
  }

  deinit {
    unsafe json_decref(root)
  }

  /// The parsed value as a Swift value.
  func json() -> JSON {
    unsafe Self.convert(root)
  }

  /// Recursive: the depth was checked before.
  private static func convert(_ value: UnsafeMutablePointer<json_t>) -> JSON {
    switch unsafe value.pointee.type {
    case JSON_OBJECT: .object(unsafe members(of: value))
    case JSON_ARRAY: .array(unsafe elements(of: value))
    case JSON_STRING: .string(unsafe text(json_string_value(value), json_string_length(value)))
    case JSON_INTEGER: .integer(unsafe json_integer_value(value))
    case JSON_REAL: .number(unsafe json_real_value(value))
    case JSON_TRUE: .bool(true)
    case JSON_FALSE: .bool(false)
    default: .null
    }
  }

  private static func members(of object: UnsafeMutablePointer<json_t>) -> [JSON.Member] {
    var members: [JSON.Member] = []
    unsafe members.reserveCapacity(json_object_size(object))
    var next = unsafe json_object_iter(object)
    while let iterator = unsafe next {
      if let value = unsafe json_object_iter_value(iterator) {
        let key = unsafe text(json_object_iter_key(iterator), json_object_iter_key_len(iterator))
        members.append(JSON.Member(key: key, value: unsafe convert(value)))
      }
      unsafe next = json_object_iter_next(object, iterator)
    }
    return members
  }

  private static func elements(of array: UnsafeMutablePointer<json_t>) -> [JSON] {
    let count = unsafe json_array_size(array)
    var elements: [JSON] = []
    elements.reserveCapacity(count)
    for index in 0..<count {
      if let element = unsafe json_array_get(array, index) { elements.append(unsafe convert(element)) }
    }
    return elements
  }

  private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }
}
