internal import MusterLoad

/// Knot DNS as a child on the server's processor, with the same records in a zone of its own.
struct Knot {
  private let child: ChildProcess
  let port: UInt16

  /// Starts one; nil when Knot is not installed.
  init?(ifInstalledFor bench: Bench) throws(LoadError) {
    guard let program = ProgramFolder.find("knotd") else { return nil }
    port = try FreePort.next()
    let folder = bench.folder.path
    let zone = try bench.folder.write(DNSZone.records, as: "consul.zone")
    let configuration = try bench.folder.write(
      """
      server:
        listen: 127.0.0.1@\(port)
        rundir: \(folder)
        udp-workers: 1
        tcp-workers: 1
        background-workers: 1
      log:
        - target: stderr
          any: error
      database:
        storage: \(folder)/knot
      zone:
        - domain: consul.
          file: \(zone)
      """, as: "knot.conf")
    child = try ChildProcess(
      [program, "-c", configuration], processor: bench.serverProcessor, log: "\(folder)/servers.log")
  }
}
