internal import Glibc

/// A thread of its own that runs one closure and ends.
///
/// It is for loops that block in system calls, which Swift's task pool must not do.
/// Letting go of the object does not stop the thread: tell the closure to return, then `join()`.
public final class WorkerThread: Sendable {
  private let thread: pthread_t
  private let isJoined = Locked(false)

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - name: shown by `top -H` and debuggers; the system keeps its first 15 bytes.
  ///   - body: runs once on the new thread.
  /// - Throws: `ThreadingError` if the system can't start another thread.
  public init(name: String, _ body: @escaping @Sendable () -> Void) throws(ThreadingError) {
    let start = unsafe Unmanaged.passRetained(Start(name: name, body: body))
    var thread = pthread_t()
    let result = unsafe pthread_create(&thread, nil, runWorkerThread, start.toOpaque())
    guard result == 0 else {
      unsafe start.release()
      throw ThreadingError(
        errorNumber: result, message: "can't start the thread '\(name)': \(systemMessage(result))")
    }
    self.thread = thread
  }

  deinit {
    isJoined.withLock { isJoined in
      if !isJoined { pthread_detach(thread) }
    }
  }

  /// Whether it is the calling thread.
  public var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

  /// Waits until the closure has returned.
  ///
  /// Any thread may call it, any number of times; on the thread itself it returns at once.
  public func join() {
    guard !isCurrent else { return }
    isJoined.withLock { isJoined in
      if !isJoined { pthread_join(thread, nil) }
      isJoined = true
    }
  }
}

/// What a new thread needs to begin.
private final class Start: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runWorkerThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
  nameThisThread(start.name)
  start.body()
  return nil
}

/// Names the calling thread; one without a name works as well.
///
/// glibc's own call for this is hidden behind _GNU_SOURCE; the file does the same.
private func nameThisThread(_ name: String) {
  let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  let bytes = Array(name.utf8.prefix(15))
  _ = unsafe write(file, bytes, bytes.count)
  close(file)
}

private func systemMessage(_ number: Int32) -> String {
  unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
}
