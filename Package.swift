// swift-tools-version: 6.2
import PackageDescription

// The layers, from the bottom up; dependencies only point downwards.
// docs/architecture.md draws them.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A module map over a C library that the system's package manager installs.
func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/IO/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// The Swift target `Muster<name>` in `Sources/<layer>/<name>`.
func module(_ name: String, in layer: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: "Muster\(name)", dependencies: dependencies, path: "Sources/\(layer)/\(name)",
    swiftSettings: settings)
}

/// A command in `Sources/Tools/<name>`; one that is self-contained needs no Swift on the machine that it runs on.
func tool(_ name: String, isSelfContained: Bool = false, uses dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Sources/Tools/\(name)", swiftSettings: settings,
    linkerSettings: isSelfContained ? [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))] : [])
}

/// The tests of `Muster<name>`, in `Tests/<name>`.
func tests(of name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "Muster\(name)Tests", dependencies: [.target(name: "Muster\(name)")] + dependencies,
    path: "Tests/\(name)", swiftSettings: settings)
}

/// The program `example-<name>` in `Examples/Scenarios/<folder>`.
func scenario(_ name: String, in folder: String) -> Target {
  .executableTarget(
    name: "example-\(name)", dependencies: ["Muster", "MusterExampleSupport", "MusterThreading"],
    path: "Examples/Scenarios/\(folder)", swiftSettings: settings)
}

let package = Package(
  name: "muster",
  products: [
    .library(name: "Muster", targets: ["Muster"]),
    .library(name: "MusterThrift", targets: ["MusterThrift", "MusterThriftClient", "MusterThriftServer"]),
    .library(name: "MusterSharedCache", targets: ["MusterSharedCache"]),
    .library(name: "MusterDiscoveryConformance", targets: ["MusterDiscoveryConformance"]),
    .library(name: "MusterServer", targets: ["MusterServer"]),
    .library(name: "MusterEngine", targets: ["MusterEngine"]),
    .library(name: "MusterCatalog", targets: ["MusterCatalog"]),
    .library(name: "MusterTiming", targets: ["MusterTiming"]),
    .executable(name: "muster", targets: ["muster"]),
    .executable(name: "muster-bench", targets: ["muster-bench"]),
    .executable(name: "muster-sim", targets: ["muster-sim"]),
    .executable(name: "muster-thrift", targets: ["muster-thrift"]),
    .plugin(name: "MusterThriftPlugin", targets: ["MusterThriftPlugin"]),
  ],
  targets: [
    // Core: no I/O, no clock or random source of their own.
    module("Timing", in: "Core"),
    module("Threading", in: "Core"),
    module("Discovery", in: "Core", uses: ["MusterThreading"]),
    module("Balancing", in: "Core", uses: ["MusterDiscovery", "MusterThreading"]),
    module("Resilience", in: "Core", uses: ["MusterDiscovery", "MusterThreading"]),
    module("Sharding", in: "Core", uses: ["MusterBalancing", "MusterDiscovery", "MusterThreading"]),

    // Wire: codecs, no I/O.
    module("DNS", in: "Wire"),
    module("Thrift", in: "Wire"),
    module("ThriftIDL", in: "Wire", uses: ["MusterThrift"]),

    // IO: one small target for each library of the system.
    system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
    system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    system("CUV", pkgConfig: "libuv", apt: "libuv1-dev"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    system("CHiRedis", apt: "libhiredis-dev"),
    // RE2's pkg-config file names flags that the package manager refuses.
    system("CRE2System", apt: "libre2-dev"),
    .target(
      name: "CRE2", dependencies: ["CRE2System"], path: "Sources/IO/System/CRE2",
      linkerSettings: [.linkedLibrary("re2")]),
    // simdjson's names flags of that kind too.
    system("CSimdJSONSystem", apt: "libsimdjson-dev"),
    .target(
      name: "CSimdJSON", dependencies: ["CSimdJSONSystem"], path: "Sources/IO/System/CSimdJSON",
      linkerSettings: [.linkedLibrary("simdjson")]),
    system("CEpoll", apt: "libc6-dev"),
    module("Host", in: "IO"),
    module("Process", in: "IO", uses: ["MusterThreading"]),
    module("JSON", in: "IO", uses: ["CSimdJSON"]),
    module(
      "HTTPServer", in: "IO",
      uses: ["CMicroHTTPD", "CZlib", "MusterEventPoll", "MusterThreading", "MusterTiming"]),
    .systemLibrary(name: "CProcess", path: "Sources/IO/System/CProcess"),
    module("EventPoll", in: "IO", uses: ["CProcess", "MusterTiming"]),
    module("HTTPClient", in: "IO", uses: ["CCurl", "MusterEventPoll", "MusterThreading"]),
    module(
      "Probing", in: "IO",
      uses: [
        "CCurl", "CProcess", "MusterEventLoop", "MusterEventPoll", "MusterThreading", "MusterThrift", "MusterTiming",
      ]),
    .target(
      name: "CReferenceServer", dependencies: ["CMicroHTTPD"], path: "Sources/IO/System/CReferenceServer"),
    .target(
      name: "CReferenceClient", dependencies: ["CCurl"], path: "Sources/IO/System/CReferenceClient"),
    module(
      "Load", in: "IO",
      uses: ["CEpoll", "CReferenceClient", "CReferenceServer", "MusterHost", "MusterProcess", "MusterThreading"]),
    module("Redis", in: "IO", uses: ["CHiRedis", "MusterThreading"]),
    module("EventLoop", in: "IO", uses: ["CUV", "MusterThreading"]),

    // Client: what a service imports, and what stands beside one.
    module(
      "ConsulDiscovery", in: "Client",
      uses: ["MusterDiscovery", "MusterHTTPClient", "MusterHost", "MusterJSON", "MusterThreading"]),
    module("DiscoveryConformance", in: "Client", uses: ["MusterDiscovery", "MusterThreading"]),
    module(
      "Calling", in: "Client", uses: ["MusterBalancing", "MusterDiscovery", "MusterResilience", "MusterThreading"]),
    module(
      "ThriftClient", in: "Client",
      uses: [
        "MusterBalancing", "MusterCalling", "MusterDiscovery", "MusterEventLoop", "MusterResilience", "MusterThreading",
        "MusterThrift",
      ]),
    module("ThriftServer", in: "Client", uses: ["MusterEventLoop", "MusterThreading", "MusterThrift"]),
    module("SharedCache", in: "Client", uses: ["MusterRedis", "MusterResilience"]),
    .target(
      name: "Muster",
      dependencies: [
        "MusterBalancing", "MusterCalling", "MusterConsulDiscovery", "MusterDNS", "MusterDiscovery", "MusterEventLoop",
        "MusterHost", "MusterJSON", "MusterProcess", "MusterResilience", "MusterHTTPClient",
        "MusterSharding", "MusterThreading",
      ], path: "Sources/Client/Muster", swiftSettings: settings),
    module(
      "Proxy", in: "Client",
      uses: [
        "MusterBalancing", "MusterCalling", "MusterDiscovery", "MusterEventLoop", "MusterHTTPServer", "MusterJSON",
        "MusterResilience", "MusterThreading", "MusterThrift", "MusterTiming",
      ]),
    module(
      "Supervision", in: "Client", uses: ["MusterHTTPClient", "MusterProcess", "MusterThreading", "MusterTiming"]),

    // Registry: the server and its parts.
    module("Catalog", in: "Registry", uses: ["MusterTiming"]),
    module(
      "Journal", in: "Registry", uses: ["MusterCatalog", "MusterTiming", "MusterThreading", "MusterJSON", "CSQLite"]),
    module("Filter", in: "Registry", uses: ["CRE2"]),
    module(
      "Engine", in: "Registry",
      uses: ["MusterCatalog", "MusterJournal", "MusterHost", "MusterTiming", "MusterThreading"]),
    module(
      "Checks", in: "Registry",
      uses: ["MusterCatalog", "MusterEngine", "MusterEventPoll", "MusterProbing", "MusterThreading", "MusterTiming"]),
    module(
      "ConsulAPI", in: "Registry",
      uses: [
        "MusterCatalog", "MusterJournal", "MusterEngine", "MusterFilter", "MusterJSON", "MusterHTTPServer",
        "MusterThreading", "MusterTiming",
      ]),

    module(
      "RegistryDNS", in: "Registry",
      uses: ["MusterDNS", "MusterCatalog", "MusterEngine", "MusterEventLoop", "MusterThreading"]),

    module(
      "Server", in: "Registry",
      uses: [
        "MusterCatalog", "MusterChecks", "MusterConsulAPI", "MusterEngine", "MusterHost", "MusterHTTPServer",
        "MusterJournal", "MusterJSON", "MusterProbing", "MusterRegistryDNS", "MusterThreading", "MusterTiming",
      ]),

    // Tools: the commands.
    module("CommandLine", in: "Tools", uses: ["MusterJSON", "MusterTiming"]),
    tool(
      "muster", isSelfContained: true,
      uses: [
        "MusterCalling", "MusterCommandLine", "MusterConsulDiscovery", "MusterDefinitionFiles", "MusterDiscovery",
        "MusterHost", "MusterServer", "MusterHTTPClient", "MusterJSON", "MusterProcess", "MusterProxy",
        "MusterSupervision", "MusterThreading", "MusterThrift", "MusterThriftClient", "MusterThriftIDL", "MusterTiming",
      ]),
    .target(
      name: "MusterThriftSample", dependencies: ["MusterThrift"], path: "Sources/Tools/ThriftSample",
      swiftSettings: settings, plugins: ["MusterThriftPlugin"]),
    tool(
      "muster-bench",
      uses: [
        "MusterThrift", "MusterThriftSample",
        "Muster", "MusterBalancing", "MusterCalling", "MusterCommandLine", "MusterDiscovery", "MusterHost",
        "MusterHTTPClient", "MusterJSON", "MusterLoad", "MusterProcess", "MusterResilience", "MusterThreading",
      ]),

    module("Simulation", in: "Tools", uses: ["MusterBalancing", "MusterDiscovery", "MusterTiming"]),
    tool("muster-sim", uses: ["MusterBalancing", "MusterCommandLine", "MusterJSON", "MusterSimulation"]),

    module("DefinitionFiles", in: "Tools", uses: ["MusterThriftIDL"]),
    tool("muster-thrift", uses: ["MusterCommandLine", "MusterDefinitionFiles", "MusterThriftIDL"]),
    .plugin(
      name: "MusterThriftPlugin", capability: .buildTool(), dependencies: ["muster-thrift"],
      path: "Plugins/MusterThrift"),

    // Examples that the tests run.
    .executableTarget(
      name: "example-swift-service", dependencies: ["Muster", "MusterHTTPServer"], path: "Examples/swift-service",
      exclude: ["README.md"], swiftSettings: settings),
    .executableTarget(
      name: "example-sharded-worker", dependencies: ["Muster", "MusterJSON"], path: "Examples/ShardedWorker",
      exclude: ["README.md"], swiftSettings: settings),
    .target(
      name: "MusterExampleSupport", dependencies: ["MusterHTTPServer", "MusterServer", "MusterThreading"],
      path: "Examples/Scenarios/Support", swiftSettings: settings),
    scenario("registry", in: "Registry"),
    scenario("health-checking", in: "HealthChecking"),
    scenario("balancing", in: "Balancing"),
    scenario("client-by-name", in: "ClientByName"),
    scenario("fault-tolerance", in: "FaultTolerance"),

    // What several tests need: a clock moved by hand, a journal that fails, a server in this process, raw connections.
    .target(
      name: "MusterTestSupport",
      dependencies: [
        "MusterCatalog", "MusterConsulAPI", "MusterEngine", "MusterHTTPClient", "MusterHTTPServer", "MusterJournal",
        "MusterJSON", "MusterThreading", "MusterThrift", "MusterTiming",
      ], path: "Tests/Support", swiftSettings: settings),
    .executableTarget(
      name: "steady-load", dependencies: ["Muster", "MusterHTTPServer", "MusterThreading"],
      path: "Tests/Programs/SteadyLoad", swiftSettings: settings),
    .executableTarget(
      name: "thrift-interop",
      dependencies: [
        "MusterCalling", "MusterDiscovery", "MusterThreading", "MusterThrift", "MusterThriftClient",
        "MusterThriftServer",
      ], path: "Tests/Programs/ThriftInterop", swiftSettings: settings, plugins: ["MusterThriftPlugin"]),
    tests(of: "Timing"),
    tests(of: "Discovery", uses: ["MusterDiscoveryConformance", "MusterThreading"]),
    tests(of: "Balancing", uses: ["MusterDiscovery", "MusterTestSupport", "MusterThreading"]),
    tests(of: "Resilience", uses: ["MusterDiscovery", "MusterTestSupport", "MusterThreading"]),
    tests(
      of: "SharedCache",
      uses: [
        "MusterLoad", "MusterProcess", "MusterRedis", "MusterResilience", "MusterTestSupport", "MusterThreading",
      ]),
    tests(of: "Sharding", uses: ["MusterBalancing", "MusterDiscovery", "MusterDiscoveryConformance"]),
    tests(
      of: "ConsulDiscovery",
      uses: [
        "MusterDiscovery", "MusterDiscoveryConformance", "MusterHTTPServer", "MusterTestSupport",
        "MusterThreading",
      ]),
    tests(
      of: "Calling",
      uses: [
        "MusterBalancing", "MusterDiscovery", "MusterDiscoveryConformance", "MusterResilience", "MusterThreading",
      ]),
    .testTarget(
      name: "MusterTests",
      dependencies: [
        "Muster", "MusterDNS", "MusterDiscovery", "MusterDiscoveryConformance", "MusterEventLoop", "MusterHTTPServer",
        "MusterJSON",
        "MusterProcess", "MusterTestSupport", "MusterThreading",
      ], path: "Tests/Muster", swiftSettings: settings),
    tests(of: "EventLoop", uses: ["MusterThreading"]),
    tests(of: "DNS"),
    tests(of: "Thrift"),
    tests(
      of: "ThriftServer", uses: ["MusterEventLoop", "MusterTestSupport", "MusterThreading", "MusterThrift"]),
    tests(
      of: "ThriftClient",
      uses: [
        "MusterBalancing", "MusterCalling", "MusterDiscovery", "MusterEventLoop", "MusterResilience",
        "MusterTestSupport", "MusterThreading", "MusterThrift", "MusterThriftServer",
      ]),
    tests(of: "ThriftIDL", uses: ["MusterThrift"]),
    .testTarget(
      name: "MusterGeneratedThriftTests", dependencies: ["MusterThrift"], path: "Tests/GeneratedThrift",
      swiftSettings: settings, plugins: ["MusterThriftPlugin"]),
    tests(of: "JSON"),
    tests(of: "HTTPServer", uses: ["MusterHTTPClient"]),
    tests(of: "Catalog", uses: ["MusterTiming"]),
    tests(of: "Journal", uses: ["MusterCatalog", "MusterTiming"]),
    tests(of: "Filter"),
    tests(
      of: "Engine", uses: ["MusterCatalog", "MusterJournal", "MusterThreading", "MusterTiming", "MusterTestSupport"]),
    tests(
      of: "ConsulAPI",
      uses: [
        "MusterCatalog", "MusterEngine", "MusterHTTPClient", "MusterHTTPServer", "MusterJSON", "MusterThreading",
        "MusterTestSupport",
      ]),
    tests(
      of: "Server",
      uses: [
        "MusterCatalog", "MusterRegistryDNS", "MusterChecks", "MusterHTTPClient", "MusterHTTPServer", "MusterJSON",
        "MusterJournal", "MusterThreading",
        "MusterTiming",
        "MusterTestSupport",
      ]),
    tests(
      of: "RegistryDNS",
      uses: [
        "MusterDNS", "MusterCatalog", "MusterEngine", "MusterEventLoop", "MusterJournal", "MusterThreading",
      ]),
    tests(of: "Simulation", uses: ["MusterBalancing"]),
    tests(of: "CommandLine", uses: ["MusterJSON", "MusterTiming"]),
    tests(of: "Load", uses: ["MusterHTTPServer"]),
    tests(of: "HTTPClient"),
    tests(
      of: "Probing",
      uses: [
        "MusterEventPoll", "MusterHTTPServer", "MusterTestSupport", "MusterThreading", "MusterThrift",
        "MusterThriftServer",
      ]),
    tests(
      of: "Checks",
      uses: [
        "MusterCatalog", "MusterEngine", "MusterHTTPServer", "MusterJournal", "MusterProbing", "MusterThreading",
        "MusterTiming",
      ]),
    tests(of: "Process"),
    tests(of: "Supervision", uses: ["MusterProcess"]),
    tests(
      of: "Proxy",
      uses: [
        "MusterBalancing", "MusterCalling", "MusterDiscovery", "MusterEventLoop", "MusterJSON", "MusterResilience",
        "MusterTestSupport", "MusterThreading", "MusterThrift",
      ]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
