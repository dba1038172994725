extension Refusal {
  /// Bodies that are no object of JSON.
  static let jsonBodies: [Refusal] = [
    Refusal(register, 400, #"the body is not valid JSON: the text is empty; a JSON value is expected"#),
    Refusal(
      register, #"{"#, 400, #"the body is not valid JSON: string or '}' expected near end of file at line 1, column 2"#),
    Refusal(register, #"[]"#, 400, #"the body must be a JSON object"#),
    Refusal(register, #"null"#, 400, #"the body must be a JSON object"#),
    Refusal(register, #""web""#, 400, #"the body must be a JSON object"#),
    Refusal(register, #"5"#, 400, #"the body must be a JSON object"#),
    Refusal(
      register, #"{"Name":"new"} x"#, 400,
      #"the body is not valid JSON: end of file expected near 'x' at line 1, column 16"#),
    Refusal(
      register, #"{"Name":"ne"#, 400,
      #"the body is not valid JSON: premature end of input near '"ne' at line 1, column 12"#),
    Refusal(
      register, #"{"Name":"new",}"#, 400,
      #"the body is not valid JSON: string expected near '}' at line 1, column 15"#),
    Refusal(
      register, #"{'Name':'new'}"#, 400,
      #"the body is not valid JSON: string or '}' expected near ''' at line 1, column 2"#),
    Refusal(
      register, #"{{[*40}}{{]*40}}"#, 400,
      #"""
      the body is not valid JSON: more than 32 arrays and objects are inside each other at line 1, \#
      column 33
      """#),
    Refusal(
      register, #"[{{1,*20001}}1]"#, 400,
      #"the body is not valid JSON: there are more than 20000 values at line 1, column 40000"#),
    Refusal(
      register, #"{"Name":"new","Port":1e999}"#, 400,
      #"""
      the body is not valid JSON: real number overflow near '1e999': numbers are at most about \#
      1.8e308, at line 1, column 22
      """#),
    Refusal(
      register, #"{"Name":"new","Port":99999999999999999999}"#, 400,
      #"""
      the body is not valid JSON: too big integer near '99999999999999999999': integers are from \#
      -9223372036854775808 to 9223372036854775807, at line 1, column 22
      """#),
    Refusal(
      register, #"{"Name":"new","Meta":{"a":"\ud800"}}"#, 400,
      #"the body is not valid JSON: invalid Unicode '\ud800': half of a surrogate pair at line 1, column 28"#),
    Refusal(
      register, #"{"Name":"new","Notes":"{{x*524288}}"}"#, 413,
      #"the request's body is longer than the 524288 bytes that are allowed"#),
  ]
}
