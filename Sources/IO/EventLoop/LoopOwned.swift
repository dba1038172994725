/// A value that the thread of one loop alone uses, for properties that change with every event.
///
/// Swift makes sure while a program runs that no two accesses to a class's property overlap, which costs more than most changes of
/// such properties. Here nothing is checked: what changes the value in place must not come back to it before it is done. A
/// value type whose own methods make the change can't.
@propertyWrapper public struct LoopOwned<Value> {
  @usableFromInline let storage: LoopStorage<Value>

  /// Holds a value.
  @inlinable
  public init(wrappedValue: Value) { storage = LoopStorage(wrappedValue) }

  /// The value.
  @inlinable
  public var wrappedValue: Value {
    @inline(__always) _read { yield unsafe storage.value }
    @inline(__always) nonmutating _modify { yield unsafe &storage.value }
  }
}

/// Where the value is.
@usableFromInline final class LoopStorage<Value> {
  @exclusivity(unchecked) @usableFromInline var value: Value

  @inlinable
  init(_ value: Value) { unsafe self.value = value }
}
