internal import Glibc

/// How many files the process may have open; a connection is one.
enum FileLimit {
  /// What the rest of the process needs beside connections: databases, logs, epoll sets, clients of its own.
  private static let reserve = 128

  /// Raises the limit to the most that the system allows, and refuses to go on if that is too little.
  static func raise(for configuration: HTTPServerConfiguration) throws(HTTPServerError) {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      throw HTTPServerError(.system, "can't read the limit of open files: \(systemMessage(errno))")
    }
    if limit.rlim_cur < limit.rlim_max {
      limit.rlim_cur = limit.rlim_max
      guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
        throw HTTPServerError(.system, "can't raise the limit of open files: \(systemMessage(errno))")
      }
    }
    try check(configuration, against: Int(clamping: limit.rlim_max))
  }

  /// Refuses a configuration whose connections do not fit.
  static func check(_ configuration: HTTPServerConfiguration, against most: Int) throws(HTTPServerError) {
    let connections = configuration.limits.maxConnections
    let needed = connections + reserve + 3 * configuration.threads
    guard needed <= most else {
      throw HTTPServerError(
        .fileLimit,
        """
        \(connections) connections need \(needed) open files, but the process may have \(most); \
        raise the limit (ulimit -Hn, LimitNOFILE=) or set fewer connections
        """)
    }
  }
}
