/** A division without a result. */
exception DivisionByZero {
  1: string message
}

/** What the example serves. Every method is safe to repeat, so a call can move on to another instance. */
service Calculator {
  double add(1: double a, 2: double b),
  double subtract(1: double a, 2: double b),
  double multiply(1: double a, 2: double b),
  double divide(1: double a, 2: double b) throws (1: DivisionByZero undefined),
}
