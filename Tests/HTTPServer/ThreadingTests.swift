internal import MusterThreading
internal import Testing

@Suite("Threads and mailboxes")
struct ThreadingTests {
  @Test("a thread runs its closure once, and all who join wait for it")
  func joins() throws {
    let start = Mailbox<Int>(capacity: 1)
    let ran = Mailbox<Int>(capacity: 10)
    let thread = try WorkerThread(name: "a name that is longer than the system keeps") {
      _ = start.takeAll(upTo: 1, until: nil)
      ran.push(1)
    }
    let other = try WorkerThread(name: "joins") { thread.join() }
    #expect(ran.count == 0)
    start.push(1)
    thread.join()
    thread.join()
    other.join()
    #expect(ran.count == 1)
  }

  @Test("elements come out in order, not more than asked for")
  func order() {
    let mailbox = Mailbox<Int>(capacity: 10)
    for number in 1...5 { #expect(mailbox.push(number)) }
    #expect(mailbox.takeAll(upTo: 2, until: nil) == [1, 2])
    #expect(mailbox.takeAll(upTo: 9, until: nil) == [3, 4, 5])
    #expect(mailbox.count == 0)
  }

  @Test("a full mailbox refuses, and takes again once there is room")
  func bounded() {
    let mailbox = Mailbox<Int>(capacity: 2)
    #expect(mailbox.push(1) && mailbox.push(2))
    #expect(!mailbox.push(3))
    #expect(mailbox.takeAll(upTo: 1, until: nil) == [1])
    #expect(mailbox.push(4))
    #expect(mailbox.takeAll(upTo: 9, until: nil) == [2, 4])
  }

  @Test("waiting ends at the deadline", arguments: [-1, 0, 30])
  func deadline(milliseconds: Int) {
    let mailbox = Mailbox<Int>(capacity: 2)
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    #expect(mailbox.takeAll(upTo: 1, until: deadline).isEmpty)
    #expect(ContinuousClock.now >= deadline)
  }

  @Test("a closed mailbox refuses, gives out what is left, and then nothing at once")
  func close() throws {
    let mailbox = Mailbox<Int>(capacity: 2)
    mailbox.push(1)
    mailbox.close()
    #expect(mailbox.isClosed)
    #expect(!mailbox.push(2))
    #expect(mailbox.takeAll(upTo: 5, until: nil) == [1])
    #expect(mailbox.takeAll(upTo: 5, until: nil) == [])
  }

  @Test("closing wakes all who wait")
  func closeWakes() throws {
    let mailbox = Mailbox<Int>(capacity: 2)
    let waiters = try (0..<3).map { _ in try WorkerThread(name: "waits") { _ = mailbox.takeAll(upTo: 1, until: nil) } }
    mailbox.close()
    for waiter in waiters { waiter.join() }
  }

  @Test("many threads push to several takers, and nothing is lost or doubled")
  func contention() throws {
    let mailbox = Mailbox<Int>(capacity: 100_000)
    let taken = Mailbox<Int>(capacity: 100_000)
    let takers = try (0..<2).map { _ in
      try WorkerThread(name: "takes") {
        while true {
          let elements = mailbox.takeAll(upTo: 7, until: nil)
          if elements.isEmpty { return }
          for element in elements { taken.push(element) }
        }
      }
    }
    let pushers = try (0..<4).map { index in
      try WorkerThread(name: "pushes") { for number in 0..<5_000 { mailbox.push(index * 5_000 + number) } }
    }
    for pusher in pushers { pusher.join() }
    mailbox.close()
    for taker in takers { taker.join() }
    #expect(taken.takeAll(upTo: .max, until: nil).sorted() == Array(0..<20_000))
  }
}
