import MusterDiscovery
import Testing

@testable import Muster

@Suite("In which order a scope with a registration ends")
struct ScopeStateTests {
  private struct Failure: Error {}
  private typealias State = ScopeState<Int>

  @Test("the body's end ends the keeping, and that everything")
  func bodyEnds() throws {
    var state = State()
    #expect(state.take(.bodyEnded(.success(7))) == [.endKeeping])
    #expect(state.take(.keepingEnded(.success(true))) == [.cancelAll])
    #expect(state.take(.signal(.success(nil))) == [])
    #expect(try state.result() == 7)
  }

  @Test("a signal ends the keeping; the delay follows, and the body's end")
  func signal() throws {
    var state = State()
    #expect(state.take(.signal(.success(.terminate))) == [.tell(.terminate), .endKeeping])
    #expect(state.take(.keepingEnded(.success(true))) == [.drain])
    #expect(state.take(.drained) == [.cancelAll])
    #expect(state.take(.bodyEnded(.failure(CancellationError()))) == [.cancelAll])
    #expect(try state.result() == nil)
  }

  @Test("there is no delay for an instance that was never registered")
  func early() {
    var state = State()
    _ = state.take(.signal(.success(.interrupt)))
    #expect(state.take(.keepingEnded(.success(false))) == [.cancelAll])
  }

  @Test("a body that ends during the delay ends it")
  func quickBody() throws {
    var state = State()
    _ = state.take(.signal(.success(.terminate)))
    _ = state.take(.keepingEnded(.success(true)))
    #expect(state.take(.bodyEnded(.success(3))) == [.cancelAll])
    #expect(try state.result() == 3)
  }

  @Test("a refusal cancels the body and is what is thrown")
  func refusal() {
    var state = State()
    #expect(state.take(.keepingEnded(.failure(DiscoveryError(.refused, "no")))) == [.cancelAll])
    _ = state.take(.bodyEnded(.failure(CancellationError())))
    #expect(throws: DiscoveryError.self) { try state.result() }
  }

  @Test("a body's own error is thrown, with a signal too")
  func failure() {
    for signal in [nil, LifecycleSettings.Signal.terminate] {
      var state = State()
      _ = state.take(.signal(.success(signal)))
      _ = state.take(.bodyEnded(.failure(Failure())))
      #expect(throws: Failure.self) { try state.result() }
    }
  }

  @Test("a scope that is cancelled from outside throws what its body throws")
  func cancelled() {
    var state = State()
    #expect(state.take(.signal(.success(nil))) == [])
    #expect(state.take(.keepingEnded(.success(true))) == [])
    #expect(state.take(.bodyEnded(.failure(CancellationError()))) == [.cancelAll])
    #expect(throws: CancellationError.self) { try state.result() }
  }
}
