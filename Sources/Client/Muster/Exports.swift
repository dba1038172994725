@_exported public import MusterBalancing
@_exported public import MusterCalling
@_exported public import MusterConsulDiscovery
@_exported public import MusterDiscovery
@_exported public import MusterHTTPClient
@_exported public import MusterResilience
@_exported public import MusterSharding
