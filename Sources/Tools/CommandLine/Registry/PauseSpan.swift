internal import MusterTiming

/// A time to wait, which may be none: `2s`, `0s`.
package struct PauseSpan: Equatable, Sendable, ExpressibleByArgument {
  /// The duration; not below zero.
  package let duration: Duration

  /// Reads a number with a unit, or several: `ns`, `us`, `ms`, `s`, `m`, `h`; or `0`.
  package init(argument: String) throws(CommandError) {
    do throws(DurationError) {
      duration = try Duration(goText: argument)
    } catch {
      throw CommandError(.usage, error.description)
    }
    guard duration >= .zero else {
      throw CommandError(.usage, "'\(argument)' is below zero")
    }
  }
}
