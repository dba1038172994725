extension ConsulAPI {
  /// Everything that is served.
  static let routes: [String: [String: Route]] =
    agentRoutes
    .merging(agentHealthRoutes) { first, _ in first }
    .merging(catalogRoutes) { first, _ in first }
    .merging(healthRoutes) { first, _ in first }
    .merging(operationRoutes) { first, _ in first }
}
