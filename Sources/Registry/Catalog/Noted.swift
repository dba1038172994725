/// That something is the case for a key, and how far it has come.
struct Noted<Key: Hashable & Sendable>: Keyed {
  let key: Key
  var step = 0
}
