/// Where the registry is.
package struct RegistryAccess: Sendable {
  /// The URL before the paths of requests.
  package var url: String
  /// Sent with each request where there is one.
  package var token: String?

  /// Describes a registry.
  package init(url: String, token: String?) {
    self.url = url
    self.token = token
  }
}
