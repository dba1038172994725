/// A binary min-heap: the smallest element is first, adding and removing take O(log n).
@usableFromInline
package struct BinaryHeap<Element: Comparable> {
  @usableFromInline var elements: [Element]

  /// A heap of these elements, in O(n).
  @inlinable
  package init(_ elements: [Element] = []) {
    self.elements = elements
    for index in stride(from: elements.count / 2 - 1, through: 0, by: -1) { siftDown(from: index) }
  }

  @inlinable package var count: Int { elements.count }
  @inlinable package var first: Element? { elements.first }

  @inlinable
  package mutating func reserveCapacity(_ count: Int) { elements.reserveCapacity(count) }

  @inlinable
  package mutating func insert(_ element: Element) {
    elements.append(element)
    var index = elements.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard elements[index] < elements[parent] else { return }
      elements.swapAt(index, parent)
      index = parent
    }
  }

  /// Removes the smallest element, if there is one.
  @inlinable
  package mutating func removeFirst() {
    guard let last = elements.popLast(), !elements.isEmpty else { return }
    replaceFirst(with: last)
  }

  /// Puts `element` in the place of the smallest one of a heap that is not empty.
  @inlinable
  package mutating func replaceFirst(with element: Element) {
    elements[0] = element
    siftDown(from: 0)
  }

  @inlinable
  mutating func siftDown(from start: Int) {
    var index = start
    while true {
      var smallest = index
      for child in [2 * index + 1, 2 * index + 2] where child < elements.count {
        if elements[child] < elements[smallest] { smallest = child }
      }
      if smallest == index { return }
      elements.swapAt(index, smallest)
      index = smallest
    }
  }
}

extension BinaryHeap: Sendable where Element: Sendable {}
