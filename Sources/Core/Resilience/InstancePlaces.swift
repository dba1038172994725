/// Where each instance of a list stands in it, so that what is known of the instances can be kept in lists of the same order.
package struct InstancePlaces: Sendable {
  /// The ids; of several that are the same only the first counts.
  package let ids: [String]
  private let places: [String: Int]

  /// The places in a list.
  package init(_ list: some Sequence<String>) {
    var ids: [String] = []
    var places: [String: Int] = [:]
    for id in list where places[id] == nil {
      places[id] = ids.count
      ids.append(id)
    }
    self.ids = ids
    self.places = places
  }

  /// The place of an id, which is probably at `hint`: to make sure of that costs a comparison, to look it up a hash.
  ///
  /// - Returns: nil if the id is not in the list.
  package func place(of id: String, near hint: Int) -> Int? {
    ids.indices.contains(hint) && ids[hint] == id ? hint : places[id]
  }
}
