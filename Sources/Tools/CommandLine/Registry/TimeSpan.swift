internal import MusterTiming

/// A positive duration as people write it: `30s`, `1h30m`.
package struct TimeSpan: Equatable, Sendable, ExpressibleByArgument {
  /// The duration; above zero.
  package let duration: Duration

  /// The duration as the registry takes it.
  package var text: String { duration.goText }

  /// Makes one of whole seconds.
  package static func seconds(_ count: Int) -> TimeSpan {
    TimeSpan(duration: .seconds(count))
  }

  private init(duration: Duration) {
    self.duration = duration
  }

  /// Reads a number with a unit, or several: `ns`, `us`, `ms`, `s`, `m`, `h`.
  package init(argument: String) throws(CommandError) {
    do throws(DurationError) {
      duration = try Duration(goText: argument)
    } catch {
      throw CommandError(.usage, error.description)
    }
    guard duration > .zero else {
      throw CommandError(.usage, "'\(argument)' is not above zero")
    }
  }
}
