internal import MusterCommandLine
internal import MusterHTTPClient

/// What every command has that talks to the registry.
struct RegistryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("the registry's HOST:PORT or URL; default 127.0.0.1:8500", valueName: "ADDR"))
  var server: ServerAddress?

  /// A client for the registry these options and the environment name.
  func client() throws(CommandError) -> RegistryClient {
    let address = try ServerAddress.choose(option: server, environment: Environment.value)
    do throws(HTTPClientError) {
      return RegistryClient(address: address, token: Environment.value("MUSTER_TOKEN"), http: try HTTPClient())
    } catch {
      throw CommandError(.failed, error.message)
    }
  }
}
