/// What the regular expressions of one filter have used up of their limits.
struct PatternBudget {
  var count = 0
  var bytes = 0
}
