internal import CUV
internal import MusterThreading

/// A thread that runs an event loop until it is stopped.
public final class EventLoopThread: Sendable {
  private let thread: WorkerThread
  private let sender: Locked<LoopSignal.Sender?>

  /// Starts a thread and returns when it is set up.
  ///
  /// - Parameters:
  ///   - name: shown by `top -H`; the system keeps its first 15 bytes.
  ///   - setUp: runs on the new thread, and opens what is to be open on the loop.
  /// - Throws: what `setUp` throws, and `EventLoopError` if the system can't start another thread or loop.
  public init(
    name: String, _ setUp: @escaping @Sendable (EventLoop) throws(EventLoopError) -> Void
  ) throws(EventLoopError) {
    let started = Mailbox<Result<LoopSignal.Sender, EventLoopError>>(capacity: 1)
    let slot = Locked<LoopSignal.Sender?>(nil)
    do {
      thread = try WorkerThread(name: name) { Self.run(setUp, started, slot) }
    } catch {
      throw EventLoopError(.system, error.message)
    }
    sender = slot
    guard let result = started.takeAll(upTo: 1, until: nil).first else { return }
    if case .failure(let error) = result {
      thread.join()
      throw error
    }
  }

  /// Closes all that is open on the loop and waits until the thread has ended; on the thread itself it does not wait.
  public func stop() {
    sender.withLock { $0?.send() }
    thread.join()
  }

  private static func run(
    _ setUp: (EventLoop) throws(EventLoopError) -> Void, _ started: Mailbox<Result<LoopSignal.Sender, EventLoopError>>,
    _ slot: Locked<LoopSignal.Sender?>
  ) {
    do {
      let loop = try EventLoop()
      let signal: LoopSignal
      do {
        signal = try LoopSignal(loop) { [unowned loop] in loop.closeAll() }
        try setUp(loop)
      } catch {
        loop.closeAll()
        loop.run()
        throw error
      }
      // From when it closes on, nobody may use it any more, though the loop has not ended yet.
      signal.atEnd = { slot.withLock { $0 = nil } }
      slot.withLock { $0 = signal.sender }
      started.push(.success(signal.sender))
      loop.run()
    } catch let error as EventLoopError {
      started.push(.failure(error))
    } catch {
      started.push(.failure(EventLoopError(.system, "\(error)")))
    }
  }
}
