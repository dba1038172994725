/// Finds the word that was meant.
package enum Suggestion {
  /// The candidate that is nearest to `word`, if it is near: at most a third of the letters differ, and at most 3.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    // Comparing costs the product of the lengths, and the word comes from outside.
    guard (1...64).contains(word.count) else { return nil }
    let allowed = min(3, max(1, word.count / 3))
    return
      candidates
      // The word itself can have come to be known since it was looked for.
      .filter { $0 != word }
      .map { (candidate: $0, distance: distance(word, $0)) }
      .filter { $0.distance <= allowed }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?
      .candidate
  }

  /// "; did you mean X?" or nothing.
  package static func question(for word: String, among candidates: [String], prefix: String = "") -> String {
    nearest(to: word, among: candidates).map { "; did you mean \(prefix)\($0)?" } ?? ""
  }

  /// The fewest insertions, deletions, replacements and swaps of neighbours that make one word of the other.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let isSame = left[row] == right[column]
        var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
