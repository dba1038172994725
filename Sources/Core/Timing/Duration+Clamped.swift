extension Duration {
  /// Whole nanoseconds, rounded toward zero; the nearest `Int64` where there are more.
  public var nanosecondsClamped: Int64 {
    Int64(clamping: attoseconds / 1_000_000_000)
  }

  /// Whole milliseconds, rounded toward zero; the nearest `Int64` where there are more.
  public var millisecondsClamped: Int64 {
    Int64(clamping: attoseconds / 1_000_000_000_000_000)
  }
}
